import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from lna.accounts.models import Grant, Role
from lna.activities import actions
from lna.activities.actions import Move, Outline, Place, Plan, Session
from lna.activities.models import ACTIVITY_TYPES, Activity, Stage
from lna.activities.queries.staff import get_plan
from lna.core import clock
from lna.core.audit import AuditLine
from lna.core.db import db
from lna.core.multilingual import Multilingual
from tests.activities.plan_forms import typed
from tests.factories import make_activity, make_organisation, make_theme, make_user

NINE = datetime(2027, 2, 9, 2, tzinfo=UTC)
SENTENCE = Multilingual.of("Concessions overlap with village land.")


@pytest.fixture
def coordinator(signed_in):
    return signed_in(make_user(role=Role.REGIONAL_COORDINATOR))


@pytest.fixture
def facilitator(signed_in):
    return signed_in(make_user(role=Role.NATIONAL_FACILITATOR, country="KH"))


def text_of(response):
    return html.unescape(" ".join(re.sub("<[^>]+>", " ", response.text).split()))


def planned(**fields):
    defaults = {
        "title": Multilingual("lo", {"lo": "ການຢ້ຽມຢາມ", "en": "Visit"}),
        "summary": SENTENCE,
        "type": "learning_visit",
        "countries": ("LA",),
        "timezone": "Asia/Vientiane",
        "starts_at": NINE,
        "ends_at": NINE + timedelta(days=2, hours=7),
    }
    activity = actions.plan(Plan(outline=Outline(**defaults | fields)), by=None)
    db.session.commit()
    return activity


def everything():
    """An outline in which every field says something."""
    user, theme = make_user(role=Role.NATIONAL_FACILITATOR, country="LA"), make_theme()
    return {
        "description": Multilingual("lo", {"lo": "**ຍາວ**", "en": "Long\n\n- and listed"}),
        "secondary_types": ("training",),
        "meeting_kind": "forum",
        "countries": ("LA", "VN"),
        "origin_countries": ("VN", "TH"),
        "is_cross_border": True,
        "mode": "hybrid",
        "places": (
            Place(country="LA", province="LA-CH", town="Pakse", venue="Office", is_public=True),
            Place(country="VN", province="VN-HN"),
        ),
        "online_link": "https://meet.example.org/abc",
        "sessions": (
            Session(
                title=Multilingual("en", {"en": "Opening", "lo": "ເປີດ"}),
                starts_at=NINE,
                ends_at=NINE + timedelta(hours=3),
                place="Pakse",
            ),
            Session(
                title=Multilingual.of("Night walk"),
                starts_at=NINE + timedelta(hours=14),
                ends_at=NINE + timedelta(hours=18),
            ),
        ),
        "languages": ("lo", "vi"),
        "interpreted": ("en",),
        "theme_ids": (theme.id,),
        "network_id": make_organisation("Land network", kind="network").id,
        "no_network_reason": "Or none",
        "group_id": make_organisation("Investment group", kind="group").id,
        "organisers": (actions.Part(organisation_id=make_organisation("CARE").id, part="host"),),
        "responsible_id": user.id,
        "actor_groups": ("government", "cso"),
        "relevance": SENTENCE,
        "framework": SENTENCE,
        "impact": SENTENCE,
        "beneficiaries": ("women",),
        "beneficiaries_number": 1200,
        "planned_participants": 24,
        "planned_products": 2,
        "products": Multilingual.of("A case study"),
        "actual_participants": 0,
        "actual_products": 1,
        "amount_usd": 9000,
        "source": "https://example.org/report",
        "capacity": 24,
        "admission": "approval",
        "registration_opens_at": NINE - timedelta(days=60),
        "registration_closes_at": NINE - timedelta(days=10),
        "hides_participants": True,
        "dates_tentative": True,
    }


def test_the_form_offers_the_eight_types_verbatim_and_in_order(coordinator):
    page = coordinator.get("/activities/new").text

    radios = re.findall(r'name="type" value="(\w+)"[^>]*><span>([^<]+)', page)
    assert [(code, html.unescape(words)) for code, words in radios] == [
        (code, str(words)) for code, words in ACTIVITY_TYPES.items()
    ]


def test_an_idea_needs_a_title_only(coordinator):
    form = typed(coordinator.get("/activities/new").text)

    answer = coordinator.post("/activities/new", data=form | {"title-en": "Something on rubber"})

    activity = db.session.scalars(db.select(Activity)).one()
    assert (answer.status_code, answer.location) == (303, f"/activities/{activity.code}/plan")
    assert (activity.stage, activity.type, activity.starts_at) == (Stage.IDEA, "", None)


def test_without_a_title_everything_typed_stays(coordinator):
    form = typed(coordinator.get("/activities/new").text) | {
        "summary-en": "Short",
        "organisers-0-name": "Nobody & sons",
        "starts_on": "2027-02-30",
        "capacity": "many",
    }

    answer = coordinator.post("/activities/new", data=form)

    assert answer.status_code == 422
    assert "Please fill this in, in one language at least." in answer.text
    assert "There is no such day" in answer.text
    assert "Please write a whole number" in answer.text
    assert "No organisation is called so" in answer.text
    again = typed(answer.text)
    for name in "summary-en", "organisers-0-name", "starts_on", "capacity", "key":
        assert [form[name]] == again[name] or form[name] == again[name]
    assert db.session.scalars(db.select(Activity)).all() == []


def test_what_is_saved_comes_back_unchanged_from_the_form(coordinator):
    activity = planned(**everything())
    before = Outline.of(activity)

    form = typed(coordinator.get(f"/activities/{activity.code}/edit").text)
    answer = coordinator.post(f"/activities/{activity.code}/edit", data=form)

    assert answer.status_code == 303
    db.session.expire_all()
    assert Outline.of(get_plan(activity.code)).differing(before) == frozenset()
    last = db.session.scalars(db.select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert last.action == "activities.plan"  # nothing was revised


@pytest.mark.parametrize(
    "dates",
    [
        {"starts_at": None, "ends_at": None},
        {
            "all_day": True,
            "starts_at": NINE.replace(hour=17),
            "ends_at": NINE + timedelta(hours=63),
        },
        {"starts_at": NINE, "ends_at": NINE.replace(hour=17)},  # until midnight there
    ],
)
def test_dates_come_back_unchanged_from_the_form(coordinator, dates):
    activity = planned(**dates)
    before = Outline.of(activity)

    form = typed(coordinator.get(f"/activities/{activity.code}/edit").text)
    coordinator.post(f"/activities/{activity.code}/edit", data=form | {"amount_usd": "5"})

    db.session.expire_all()
    assert Outline.of(get_plan(activity.code)).differing(before) == {"amount_usd"}


def test_native_digits_and_native_names_are_understood(coordinator):
    make_organisation("ສະມາຄົມ", acronym="SMK")
    form = typed(coordinator.get("/activities/new").text) | {
        "original": "lo",
        "title-lo": "ການຢ້ຽມຢາມ",
        "timing": "timed",
        "timezone": "Asia/Yangon",
        "starts_on": "၂၀၂၇-၀၂-၀၉",
        "starts_time": "໐໙:໐໐",
        "ends_time": "១៦:៣០",
        "capacity": "២៤",
        "organisers-0-name": "smk",
    }

    assert coordinator.post("/activities/new", data=form).status_code == 303

    activity = db.session.scalars(db.select(Activity)).one()
    assert activity.starts_at == datetime(2027, 2, 9, 2, 30, tzinfo=UTC)
    assert activity.ends_at == datetime(2027, 2, 9, 10, tzinfo=UTC)
    assert (activity.capacity, activity.title.original) == (24, "lo")
    assert len(activity.organisers) == 1


BAD = [
    ({"starts_on": "2570-02-09"}, "Did you mean 2027?"),
    ({"starts_on": "2027-02-30"}, "There is no such day"),
    ({"starts_on": "9/2/2027"}, "year-month-day"),
    ({"starts_on": "0001-01-01"}, "from 1900 to 2199"),
    ({"starts_time": "25:00"}, "hours and minutes"),
    ({"ends_on": "2027-02-08"}, "It ends before it starts."),
    ({"ends_time": "08:59"}, "It ends before it starts."),
    ({"starts_time": ""}, "Please fill this in."),
    ({"timezone": "Asia/Atlantis"}, "Please choose one of the list."),
    (
        {"timezone": "Europe/Paris", "starts_on": "2027-03-28", "starts_time": "02:30"},
        "there is no 02:30",
    ),
    ({"title-en": "x" * 201}, "At most 200 characters, you have 201."),
    ({"capacity": "1_000"}, "whole number"),
    ({"capacity": "nan"}, "whole number"),
    ({"capacity": "1" + "0" * 30}, "whole number"),
    ({"capacity": "0"}, "from 1 to"),
    ({"amount_usd": "-5"}, "whole number"),
    ({"online_link": "javascript:alert(1)"}, "begins with https://"),
    ({"network": "999999"}, "Please choose one of the list."),
    ({"network": "'; DROP TABLE"}, "Please choose one of the list."),
    ({"type": "party"}, "Please choose one of the list."),
    ({"strategy_themes": "x"}, "Please choose one of the list."),
    ({"languages": ["lo"], "interpreted": ["lo"]}, "either spoken or interpreted"),
    ({"places-0-town": "Pakse"}, "Please choose a country."),
    ({"places-0-country": "KH"}, "not one of the activity's"),
    ({"places-0-country": "LA", "places-0-province": "KH-1"}, "lies in another country"),
    ({"sessions-0-title-en": "Opening"}, "Please fill this in."),
    (
        {
            "sessions-0-title-en": "Opening",
            "sessions-0-on": "2028-02-09",
            "sessions-0-starts": "09:00",
            "sessions-0-ends": "10:00",
        },
        "is on another day",
    ),
    ({"registration_opens_time": "09:00"}, "Please write the day too."),
    (
        {"registration_opens_on": "2027-01-02", "registration_closes_on": "2027-01-01"},
        "closes before it opens",
    ),
    ({"key": "garbage"}, "Please open the form again."),
]


@pytest.mark.parametrize(("fields", "sentence"), BAD)
def test_what_cannot_be_is_said_in_one_sentence_and_kept(coordinator, fields, sentence):
    good = typed(coordinator.get("/activities/new").text) | {
        "title-en": "Visit",
        "countries": ["LA"],
        "starts_on": "2027-02-09",
        "starts_time": "09:00",
        "ends_on": "2027-02-09",
        "ends_time": "16:00",
    }

    answer = coordinator.post("/activities/new", data=good | fields)

    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)
    kept = typed(answer.text)
    for name, value in fields.items():
        if name not in {"timezone", "network", "type", "strategy_themes"}:
            assert kept[name] == ([value] if isinstance(value, str) else value)


def test_controls_are_removed_and_markup_is_shown_literally(coordinator):
    form = typed(coordinator.get("/activities/new").text) | {
        "title-en": "A\x00B <script>alert(1)</script>",
        "description-en": "<img src=x onerror=alert(1)> **bold** [a](javascript:alert(1))",
    }

    code = coordinator.post("/activities/new", data=form).location.split("/")[2]

    page = coordinator.get(f"/activities/{code}/plan").text
    assert "AB &lt;script&gt;" in page
    assert "<script>alert" not in page


def test_a_preview_shows_markdown_safely_and_keeps_everything(coordinator):
    form = typed(coordinator.get("/activities/new").text) | {
        "title-en": "Visit",
        "description-en": "**bold** <b onclick=x>raw</b>",
        "amount_usd": "12x",
        "step": "preview",
    }

    answer = coordinator.post("/activities/new", data=form)

    assert answer.status_code == 200
    assert "<strong>bold</strong> &lt;b onclick=x&gt;" in answer.text
    assert typed(answer.text)["amount_usd"] == ["12x"]
    assert db.session.scalars(db.select(Activity)).all() == []


def test_rows_are_added_and_taken_out_without_losing_what_was_typed(coordinator):
    first = {
        "title-en": "Visit",
        "sessions-0-title-en": "Opening",
        "sessions-0-on": "2027-02-09",
        "sessions-0-starts": "09:00",
        "sessions-0-ends": "12:00",
        "sessions-0-place": "Pakse",
    }
    form = typed(coordinator.get("/activities/new").text) | first | {"step": "add-sessions"}

    two = typed(coordinator.post("/activities/new", data=form).text)

    assert two["sessions-0-title-en"] == ["Opening"]
    assert two["sessions-1-on"] == ["2027-02-09"]
    assert two["sessions-1-starts"] == [""]
    second = {"sessions-1-title-en": "Walk", "sessions-1-ends": "15:00", "summary-en": "Why"}
    answer = coordinator.post("/activities/new", data=two | second | {"step": "remove-sessions-0"})
    one = typed(answer.text)
    assert one["sessions-0-title-en"] == ["Walk"]
    assert "sessions-1-title-en" not in one
    assert one["summary-en"] == ["Why"]


@pytest.mark.parametrize(
    "step",
    [
        "add-title",
        "remove-sessions-99",
        "remove-places-x",
        "remove-places-" + "9" * 5000,
        "x",
        "add-",
    ],
)
def test_unknown_steps_change_nothing(coordinator, step):
    form = typed(coordinator.get("/activities/new").text) | {"title-en": "Visit"}

    answer = coordinator.post("/activities/new", data=form | {"step": step})

    assert answer.status_code == 200
    assert {name: kept for name, kept in typed(answer.text).items() if name != "csrf_token"} == {
        name: value if isinstance(value, list) else [value]
        for name, value in form.items()
        if name != "csrf_token"
    }


def test_a_row_that_was_added_and_left_alone_is_left_out(coordinator):
    form = typed(coordinator.get("/activities/new").text) | {
        "title-en": "Visit",
        "starts_on": "2027-02-09",
        "starts_time": "09:00",
        "ends_time": "12:00",
        "step": "add-sessions",
    }

    more = typed(coordinator.post("/activities/new", data=form).text)

    assert more["sessions-1-on"] == ["2027-02-09"]
    assert coordinator.post("/activities/new", data=more).status_code == 303


def test_rows_have_an_end(coordinator):
    form = typed(coordinator.get("/activities/new").text) | {"title-en": "Visit", "countries": "LA"}
    rows = {f"places-{number}-country": "LA" for number in range(21)}

    assert "At most 20 rows." in coordinator.post("/activities/new", data=form | rows).text


def test_sending_twice_makes_one_activity(coordinator):
    form = typed(coordinator.get("/activities/new").text) | {"title-en": "Visit"}

    first = coordinator.post("/activities/new", data=form)
    second = coordinator.post("/activities/new", data=form)

    assert first.location == second.location
    assert len(db.session.scalars(db.select(Activity)).all()) == 1


def test_a_look_alike_is_shown_and_a_yes_with_a_reason_goes_on(coordinator):
    theme = make_theme()
    first = planned(theme_ids=(theme.id,), countries=("LA",))
    form = typed(coordinator.get("/activities/new").text) | {
        "title-en": "Another visit",
        "countries": "LA",
        "key_themes": str(theme.id),
        "starts_on": "2027-03-09",
        "starts_time": "09:00",
        "ends_time": "12:00",
    }

    asked = coordinator.post("/activities/new", data=form)
    assert asked.status_code == 422
    assert f'/activities/{first.code}/plan"' in asked.text
    silent = coordinator.post("/activities/new", data=typed(asked.text) | {"is_another": "y"})
    assert silent.status_code == 422
    assert "Please say in a few words why." in silent.text

    yes = typed(silent.text) | {"another_reason": "In the south"}
    answer = coordinator.post("/activities/new", data=yes)

    assert answer.status_code == 303
    assert "In the south" in coordinator.get(answer.location).text


def test_two_editors_at_once_lose_nothing(coordinator, signed_in):
    activity = planned()
    where = f"/activities/{activity.code}/edit"
    other = signed_in(make_user(role=Role.PIU_MANAGER))
    mine, theirs = typed(coordinator.get(where).text), typed(other.get(where).text)
    changes = {"amount_usd": "700", "summary-en": "Their summary"}
    assert other.post(where, data=theirs | changes).status_code == 303

    answer = coordinator.post(where, data=mine | {"capacity": "20", "summary-en": "My summary"})

    assert answer.status_code == 422
    assert "Somebody else has changed this activity" in answer.text
    assert "Their summary" in answer.text
    shown = typed(answer.text)
    assert (shown["amount_usd"], shown["capacity"], shown["summary-en"]) == (
        ["700"],
        ["20"],
        ["My summary"],
    )
    assert coordinator.post(where, data=shown).status_code == 303
    db.session.expire_all()
    saved = get_plan(activity.code)
    assert (saved.amount_usd, saved.capacity, str(saved.summary)) == (700, 20, "My summary")


def test_editors_of_different_places_are_told_too(coordinator, signed_in):
    activity = planned(**everything())
    where = f"/activities/{activity.code}/edit"
    mine, theirs = typed(coordinator.get(where).text), typed(coordinator.get(where).text)
    other = signed_in(make_user(role=Role.PIU_MANAGER))
    changes = {
        "places-1-country": "",
        "places-1-province": "",
        "languages": ["lo"],
        "responsible": "",
        "timing": "open",
        "hides_participants": [],
        "organisers-0-name": "",
        "sessions-0-title-en": "",
    }
    gone = [name for name in theirs if name.startswith(("sessions", "places-1"))]
    kept = {name: value for name, value in theirs.items() if name not in gone}
    assert other.post(where, data=kept | changes).status_code == 303

    answer = coordinator.post(where, data=mine | {"capacity": "25"})

    assert answer.status_code == 422
    assert coordinator.post(where, data=typed(answer.text)).status_code == 303
    db.session.expire_all()
    saved = get_plan(activity.code)
    assert (saved.capacity, saved.starts_at, saved.sessions) == (25, None, [])


def test_seats_that_are_taken_are_not_taken_away(coordinator):
    activity = planned(capacity=20)
    activity.seats_taken = 12
    db.session.commit()
    form = typed(coordinator.get(f"/activities/{activity.code}/edit").text)

    answer = coordinator.post(f"/activities/{activity.code}/edit", data=form | {"capacity": "11"})

    assert answer.status_code == 422
    assert "12 seats are taken already" in answer.text
    assert typed(answer.text)["capacity"] == ["11"]


def test_a_draft_is_read_by_all_staff_and_by_nobody_else(client, facilitator, signed_in):
    draft = planned()  # in Laos

    assert facilitator.get(f"/activities/{draft.code}/plan").status_code == 200
    assert client.get(f"/activities/{draft.code}").status_code == 404
    assert client.get(f"/activities/{draft.code}/plan").status_code == 303  # to sign in
    assert signed_in(make_user()).get(f"/activities/{draft.code}/plan").status_code == 403
    assert facilitator.get("/activities/XX-LV-2027-9/plan").status_code == 404


STEPS = {
    "edit": {},
    "stage": {"to": "concept_note"},
    "comments": {"comments": "No"},
    "publication": {},
    "draft": {},
    "cancellation": {"cancelled_reason-en": "Flood"},
    "restoration": {"reason": "After all"},
    "copy": {},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", [None, *Role])
def test_nobody_changes_what_is_not_theirs_by_direct_post(signed_in, role, step):
    user = make_user(role=role, country="KH" if role is Role.NATIONAL_FACILITATOR else None)
    is_regional = role in {Role.REGIONAL_COORDINATOR, Role.PIU_MANAGER, Role.ADMINISTRATOR}
    foreign = planned()

    answer = signed_in(user).post(f"/activities/{foreign.code}/{step}", data=STEPS[step])

    decides = role in {Role.REGIONAL_COORDINATOR, Role.PIU_MANAGER}
    allowed = decides if step == "comments" else is_regional
    assert (answer.status_code != 403) is allowed


def test_a_substitute_edits_in_its_period(signed_in):
    substitute = make_user()
    now = clock.now()
    substitute.grants.append(
        Grant(
            role=Role.NATIONAL_FACILITATOR,
            country="LA",
            since=now - timedelta(days=1),
            until=now + timedelta(days=1),
            substitute_for_id=make_user(role=Role.NATIONAL_FACILITATOR, country="LA").id,
        )
    )
    activity, client = planned(), signed_in(substitute)

    form = typed(client.get(f"/activities/{activity.code}/edit").text)
    answer = client.post(f"/activities/{activity.code}/edit", data=form | {"capacity": "9"})

    assert answer.status_code == 303


def ready(**fields):
    user = make_user(role=Role.NATIONAL_FACILITATOR, country="LA")
    statements = dict.fromkeys(("relevance", "framework", "impact"), SENTENCE)
    activity = planned(**statements, responsible_id=user.id, no_network_reason="None yet", **fields)
    actions.move(activity, Move(to=Stage.APPRAISAL, reason="Agreed"), by=None)
    db.session.commit()
    return activity


def test_above_the_limit_only_the_piu_manager_sees_and_presses_approve(coordinator, signed_in):
    activity = ready(amount_usd=10_001)
    plan, stage = f"/activities/{activity.code}/plan", f"/activities/{activity.code}/stage"
    manager = signed_in(make_user(role=Role.PIU_MANAGER))

    assert "<button>Approve" not in coordinator.get(plan).text
    assert "Waits for the PIU manager" in coordinator.get(plan).text
    assert coordinator.post(stage, data={"to": "approved"}).status_code == 403
    assert coordinator.post(stage, data={"to": "planned", "reason": "x"}).status_code == 403

    assert "<button>Approve" in manager.get(plan).text
    assert manager.post(stage, data={"to": "approved"}).status_code == 303
    db.session.expire_all()
    assert get_plan(activity.code).stage is Stage.APPROVED


def test_below_the_limit_the_coordinator_approves_and_a_facilitator_proposes(
    coordinator, signed_in
):
    activity = ready(amount_usd=10_000)
    stage = f"/activities/{activity.code}/stage"
    local = signed_in(make_user(role=Role.NATIONAL_FACILITATOR, country="LA"))

    assert "Waits for the regional coordinator" in text_of(
        local.get(f"/activities/{activity.code}/plan")
    )
    assert local.post(stage, data={"to": "approved"}).status_code == 403
    assert coordinator.post(stage, data={"to": "approved"}).status_code == 303


def test_closed_gates_say_what_is_missing_and_link_there(coordinator):
    activity = planned(type="", summary=Multilingual())

    page = coordinator.get(f"/activities/{activity.code}/plan")

    assert (
        f'href="/activities/{activity.code}/edit#type">Choose one of the eight types.' in page.text
    )
    assert "Move to: Concept note" not in page.text
    answer = coordinator.post(f"/activities/{activity.code}/stage", data={"to": "concept_note"})
    assert answer.status_code == 422
    assert "Choose one of the eight types." in answer.text


def test_skipping_asks_for_a_reason_and_keeps_the_choice(coordinator):
    activity = planned()

    answer = coordinator.post(f"/activities/{activity.code}/stage", data={"to": "appraisal"})

    assert answer.status_code == 422
    assert "Please write why" in answer.text
    assert re.search(r'<option selected value="appraisal"', answer.text)


@pytest.mark.parametrize("to", ["", "nowhere", "cancelled", "idea"])
def test_impossible_steps_are_refused(coordinator, to):
    activity = planned()

    answer = coordinator.post(f"/activities/{activity.code}/stage", data={"to": to, "reason": "x"})

    assert answer.status_code == 422


def test_comments_send_a_proposal_back(coordinator):
    activity = ready()

    answer = coordinator.post(
        f"/activities/{activity.code}/comments", data={"comments": "Who are the hosts?"}
    )

    assert answer.status_code == 303
    assert "Who are the hosts?" in coordinator.get(f"/activities/{activity.code}/plan").text


def test_publishing_makes_it_visible_and_a_draft_hides_it(coordinator, client):
    activity = planned()
    page = f"/activities/{activity.code}"

    assert coordinator.post(f"{page}/publication").status_code == 303
    assert client.get(page).status_code == 200
    assert coordinator.post(f"{page}/draft").status_code == 303
    assert client.get(page).status_code == 404


def test_a_cancelled_activity_shows_its_reason_and_can_be_restored(coordinator, client):
    activity = planned()
    page = f"/activities/{activity.code}"
    coordinator.post(f"{page}/publication")

    empty = coordinator.post(f"{page}/cancellation", data={"cancelled_reason-lo": "  "})
    assert empty.status_code == 422
    done = coordinator.post(
        f"{page}/cancellation",
        data={"cancelled_reason-original": "lo", "cancelled_reason-lo": "ນ້ຳຖ້ວມ"},
    )
    assert done.status_code == 303
    assert "ນ້ຳຖ້ວມ" in client.get(page).text
    assert coordinator.post(f"{page}/restoration", data={"reason": "Dry"}).status_code == 303
    assert "ນ້ຳຖ້ວມ" not in client.get(page).text


def test_a_copy_is_made_a_year_later_and_linked(coordinator):
    activity = planned()
    form = typed(coordinator.get(f"/activities/{activity.code}/copy").text, "copy")
    assert form["starts_on"] == ["2028-02-09"]

    answer = coordinator.post(f"/activities/{activity.code}/copy", data=form)

    assert answer.status_code == 303
    assert f"/activities/{activity.code}/plan" in coordinator.get(answer.location).text
    copy = get_plan(answer.location.split("/")[2])
    assert copy.starts_at.date() == date(2028, 2, 9)


def test_a_second_copy_shows_the_first(coordinator):
    activity = planned(theme_ids=(make_theme().id,))
    where = f"/activities/{activity.code}/copy"
    coordinator.post(where, data={"starts_on": "2028-02-09"})

    asked = coordinator.post(where, data={"starts_on": "2028-02-16"})

    assert asked.status_code == 422
    assert "/activities/LA-LV-2028-1/plan" in asked.text
    again = typed(asked.text, "copy") | {"is_another": "y", "another_reason": "Twice"}
    assert coordinator.post(where, data=again).status_code == 303


def test_the_list_says_what_needs_doing(coordinator):
    planned(title=Multilingual.of("Lacks everything"))
    ready(title=Multilingual.of("Waits for a decision"), countries=("KH",))

    page = coordinator.get("/activities/plan?need=decision")

    assert "Waits for a decision" in page.text
    assert "Lacks everything" not in page.text
    assert "Decision on the proposal" in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"One", "Two"}),
        ("?country=KH", {"Two"}),
        ("?stage=cancelled", {"Three"}),
        ("?stage=idea", {"One"}),
        ("?published=yes", {"Two"}),
        ("?published=no", {"One"}),
        ("?responsible=0", {"One", "Two"}),
        ("?need=report", {"Two"}),
        ("?need=nonsense", set()),
        ("?q=wo", {"Two"}),
        ("?q=LA-LV", {"One"}),
        ("?page=99", set()),
        ("?page=x&published=maybe&unknown=1", {"One", "Two"}),
    ],
)
def test_the_list_is_chosen_by_filters(coordinator, query, found):
    planned(title=Multilingual.of("One"))
    past = clock.now() - timedelta(days=60)
    make_activity(title=Multilingual.of("Two"), starts_at=past, ends_at=past + timedelta(hours=3))
    make_activity(title=Multilingual.of("Three"), stage=Stage.CANCELLED)
    db.session.commit()

    page = coordinator.get(f"/activities/plan{query}").text

    assert {name for name in ("One", "Two", "Three") if f">{name}</a></h2>" in page} == found


def test_the_list_is_read_in_as_many_statements_at_1_and_at_30_rows(coordinator, statements):
    planned()
    coordinator.get("/activities/plan")  # fills what is remembered
    with statements() as at_one:
        coordinator.get("/activities/plan")
    for _ in range(29):
        make_activity(countries=("KH", "LA"))
    db.session.commit()
    with statements() as at_thirty:
        coordinator.get("/activities/plan")

    assert len(at_thirty) == len(at_one)


@pytest.mark.parametrize("page", ["new", "plan", "{code}/plan", "{code}/edit", "{code}/copy"])
@pytest.mark.parametrize("language", ["en", "th"])
def test_pages_are_strict_html_in_any_language(coordinator, page, language):
    import html5lib

    activity = planned(**everything())

    answer = coordinator.get(f"/activities/{page.format(code=activity.code)}?lang={language}")

    assert answer.status_code == 200
    html5lib.HTMLParser(strict=True).parse(answer.text)
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))


def test_a_facilitators_form_begins_with_the_own_country(facilitator):
    form = typed(facilitator.get("/activities/new").text)

    assert (form["countries"], form["timezone"]) == (["KH"], ["Asia/Phnom_Penh"])
