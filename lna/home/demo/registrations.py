"""Invented people who register: nobody of this name exists, and most left only a phone number."""

from collections.abc import Iterator
from itertools import cycle, islice

from lna.accounts.models import User
from lna.activities.models import Activity
from lna.core.vocabulary import COUNTRIES
from lna.registrations.actions import Details, SignUp, sign_up

NAMES = {
    "KH": ("Sokha", "Dara", "Bopha", "Vuthy", "Sreymom", "Rithy", "Channary", "Piseth"),
    "LA": ("Somsy", "Bounmy", "Khamla", "Noy", "Viengkham", "Souk", "Manivanh", "Thongdy"),
    "MM": ("Daw Aye", "U San", "Ma Hnin", "Ko Min", "Daw Mya", "U Tun", "Nan Moe", "Saw Eh"),
    "VN": ("Hoa", "Minh", "Lan", "Tuấn", "Hương", "Dũng", "Mai", "Sơn"),
}
ASKED = {"learning_visit": 14, "training": 11, "national_consultation": 22, "webinar": 31}
MEETING = 12
GROUPS = ("cso", "government", "farmer_org", "private_sector", "research", "indigenous_org")
LANGUAGES = {"KH": "km", "LA": "lo", "MM": "my", "VN": "vi"}
SHARING = "What we tried in our district, and what we would do differently."


def plant_registrations(activities: list[Activity], by: User) -> int:
    """Let people register for what is open; how many did. `by` only says who is asking."""
    number = 0
    for activity in activities:
        wanted = _wanted(activity)
        for details in islice(_people(activity), wanted):
            number += 1
            sign_up(activity, SignUp(details=details, key=f"demo-{number}"), by=by)
    return number


def _wanted(activity: Activity) -> int:
    if activity.stage != "call_open" or activity.admission == "closed":
        return 0
    if activity.meeting_kind == "regional_meeting":
        return MEETING
    return ASKED.get(activity.meeting_kind or activity.type, 6)


def _people(activity: Activity) -> Iterator[Details]:
    countries = [code for code in activity.country_codes if code in NAMES] or list(NAMES)
    order = cycle((country, name) for name in range(8) for country in countries)
    for place, (country, at) in enumerate(order):
        turn = place // (8 * len(countries))
        yield Details(
            name=f"{NAMES[country][at]} Example" + (f" {turn + 1}" if turn else ""),
            phone=_phone(country, activity.id, place),
            actor_group=GROUPS[place % len(GROUPS)],
            country=country,
            language=LANGUAGES[country],
            sex="female" if at % 2 == 0 else "male",
            age_band=("25_34", "35_49", "50_64")[place % 3],
            organisation="Example organisation",
            sharing=SHARING if place % 3 == 0 else "",
        )


def _phone(country: str, activity: int, place: int) -> str:
    """A number of the country's form that nobody was given."""
    return f"{COUNTRIES[country].dial}20{activity % 100:02}{place:04}00"[:15]
