"""Next year's regional meeting, with its days and sessions."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from lna.accounts.models import Role
from lna.accounts.queries import users_with_role
from lna.activities import actions
from lna.activities.actions import Move, Outline, Part, Place, Plan, Session
from lna.activities.models import Activity, Stage
from lna.core import clock
from lna.core.multilingual import Multilingual
from lna.partners.models import Organisation
from lna.themes.queries import themes_by_code

ZONE = "Asia/Vientiane"
NAME = {
    "en": "Annual regional consultation meeting",
    "lo": "ກອງປະຊຸມປຶກສາຫາລືປະຈຳປີລະດັບພາກພື້ນ",
    "vi": "Hội nghị tham vấn khu vực thường niên",
    "km": "កិច្ចប្រជុំពិគ្រោះយោបល់ប្រចាំឆ្នាំថ្នាក់តំបន់",
}
SESSIONS = (
    (0, "13:30", "17:00", "Preparatory meetings of the thematic groups"),
    (1, "08:30", "10:00", "Opening: what became of last year's action points"),
    (1, "10:30", "12:00", "Priorities from the four countries"),
    (1, "13:30", "15:00", "Working groups, mixed by country and actor group"),
    (1, "15:30", "17:00", "Open microphone"),
    (2, "08:30", "10:30", "Thematic groups finish their proposals"),
    (2, "11:00", "12:00", "Ballot"),
    (2, "13:30", "15:30", "Joint planning: who does what by when"),
    (2, "16:00", "17:00", "Closing: liked, missed"),
)


def plant_meeting(partners: dict[str, Organisation]) -> Activity:
    """The annual regional consultation meeting in February or March of next year."""
    outline = _outline(_tuesday(date(clock.today(ZONE).year + 1, 2, 20)), partners)
    meeting = actions.plan(Plan(outline=outline, another_reason="It is held every year."), by=None)
    actions.publish(meeting, by=None)
    actions.move(meeting, Move(to=Stage.CALL_OPEN, reason="Decided by the last meeting."), by=None)
    return meeting


def _outline(first: date, partners: dict[str, Organisation]) -> Outline:
    return Outline(
        title=Multilingual("en", {code: f"{name} {first.year}" for code, name in NAME.items()}),
        summary=Multilingual.of(
            "Ninety people of four countries compare what their national consultations ranked, "
            "choose what to work on together and agree who does what by when."
        ),
        description=Multilingual.of(
            "Twelve people a country, at least forty per cent of them women, at most four"
            " officials. **Costs are covered** for participants from the four countries."
        ),
        type="practical_collaboration",
        meeting_kind="regional_meeting",
        countries=("KH", "LA", "MM", "VN"),
        places=(Place(country="LA", province="LA-VT", town="Vientiane", is_public=True),),
        mode="hybrid",
        timezone=ZONE,
        starts_at=_at(first, "13:30"),
        ends_at=_at(first + timedelta(days=2), "17:00"),
        sessions=tuple(_session(first, *row) for row in SESSIONS),
        languages=("en",),
        interpreted=("km", "lo", "my", "vi"),
        theme_ids=(themes_by_code()["policy-tracking"].id, themes_by_code()["Policy-law"].id),
        network_id=partners["ILC"].id,
        organisers=(Part(organisation_id=partners["MRLG"].id),),
        responsible_id=users_with_role(Role.REGIONAL_COORDINATOR)[0].id,
        relevance=Multilingual.of(
            "Country priorities overlap, and no one country can follow them alone."
        ),
        framework=Multilingual.of(
            "Framework A6.3, policy dialogue: reform actors plan at one table."
        ),
        impact=Multilingual.of("Every action point leaves with an owner and a date."),
        planned_participants=90,
        planned_products=2,
        amount_usd=68_000,
        capacity=90,
        admission="approval",
        registration_closes_at=_at(first - timedelta(days=30), "17:00"),
    )


def _session(first: date, day: int, begin: str, end: str, title: str) -> Session:
    there = first + timedelta(days=day)
    return Session(
        title=Multilingual.of(title), starts_at=_at(there, begin), ends_at=_at(there, end)
    )


def _tuesday(day: date) -> date:
    return day + timedelta(days=(2 - day.isoweekday()) % 7)


def _at(day: date, clock_time: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock_time), ZoneInfo(ZONE))
