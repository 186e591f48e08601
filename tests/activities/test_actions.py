from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lna.accounts.models import Role
from lna.activities import actions
from lna.activities.actions import Outline, Part, Place, Plan, Revise, Session, record
from lna.activities.models import ACTIVITY_TYPES, Activity, ActivityCountry, Stage
from lna.activities.queries.staff import get_plan
from lna.core import clock
from lna.core.audit import AuditLine
from lna.core.db import db
from lna.core.ical import StoredEntry
from lna.core.multilingual import Multilingual
from lna.core.refusal import Refused
from lna.core.versions import versions_of
from tests.factories import make_activity, make_organisation, make_theme, make_user

NINE = datetime(2027, 2, 9, 2, tzinfo=UTC)  # 09:00 in Vientiane


def outline(**fields):
    defaults = {
        "title": Multilingual.of("Learning visit"),
        "type": "learning_visit",
        "countries": ("LA",),
        "timezone": "Asia/Vientiane",
        "starts_at": NINE,
        "ends_at": NINE + timedelta(hours=7),
    }
    return Outline(**defaults | fields)


def planned(**fields):
    return actions.plan(Plan(outline=outline(**fields)), by=None)


def coordinator():
    return make_user(role=Role.REGIONAL_COORDINATOR)


def test_a_planned_activity_is_an_unpublished_idea_with_a_history():
    ana = coordinator()

    activity = actions.plan(Plan(outline=outline()), by=ana)

    assert (activity.stage, activity.published_at) == (Stage.IDEA, None)
    assert [(each.from_stage, each.to_stage) for each in activity.stage_changes] == [
        (None, Stage.IDEA)
    ]
    assert activity.created_by_id == ana.id


def test_codes_are_readable_counted_and_never_given_twice():
    assert [planned().code for _ in range(2)] == ["LA-LV-2027-1", "LA-LV-2027-2"]
    assert planned(countries=("LA", "VN")).code == "REG-LV-2027-1"
    assert planned(type="", countries=()).code == "REG-ID-2027-1"


def test_every_type_has_initials_of_its_own():
    codes = {planned(type=kind, countries=("KH",)).code for kind in ACTIVITY_TYPES}

    assert len(codes) == 8
    assert all(code.endswith("-1") for code in codes)


def test_the_code_stays_when_type_country_and_year_change():
    activity = planned()

    changed = outline(type="training", countries=("KH",), starts_at=None, ends_at=None)
    actions.revise(activity, Revise(outline=changed), by=None)

    assert activity.code == "LA-LV-2027-1"


def test_the_year_of_a_code_is_that_of_the_place():
    new_year = datetime(2027, 1, 1, 1, tzinfo=ZoneInfo("Asia/Vientiane"))  # still 2026 in UTC

    assert planned(starts_at=new_year, ends_at=new_year + timedelta(hours=1)).code.split("-")[
        2
    ] == ("2027")


def test_sending_the_same_form_twice_makes_one_activity():
    ana, key = coordinator(), "8a5ab2ba-9f3b-4b4c-9c52-6d3ecf0d9b1b"
    command = Plan(outline=outline(), key=key)

    assert actions.plan(command, by=ana) is actions.plan(command, by=ana)
    assert actions.plan(command, by=coordinator()).uid != actions.plan(command, by=ana).uid


def test_everything_said_is_kept():
    theme, host, network = make_theme(), make_organisation(), make_organisation(kind="network")
    said = outline(
        title=Multilingual("lo", {"lo": "ການຢ້ຽມຢາມ", "en": "Visit"}),
        countries=("LA", "VN"),
        origin_countries=("VN", "TH"),
        is_cross_border=True,
        places=(Place(country="LA", province="LA-CH", town="Pakse", is_public=True),),
        languages=("lo", "vi"),
        interpreted=("en",),
        theme_ids=(theme.id,),
        network_id=network.id,
        organisers=(Part(organisation_id=host.id, part="host"),),
        actor_groups=("government", "cso"),
        beneficiaries=("women",),
        sessions=(
            Session(
                title=Multilingual.of("Opening"),
                starts_at=NINE,
                ends_at=NINE + timedelta(hours=3),
                place="Pakse",
            ),
        ),
        amount_usd=4000,
    )

    activity = actions.plan(Plan(outline=said), by=None)
    db.session.expire_all()

    kept = Outline.of(activity)
    assert kept.differing(said) == {"sessions"}  # they have ids now
    assert [session.title for session in kept.sessions] == [Multilingual.of("Opening")]


def test_a_session_that_stays_keeps_its_row():
    first = Session(title=Multilingual.of("One"), starts_at=NINE, ends_at=NINE + timedelta(hours=1))
    activity = planned(sessions=(first,))
    kept, uid = Outline.of(activity).sessions[0], activity.sessions[0].uid
    second = Session(
        title=Multilingual.of("Two"),
        starts_at=NINE + timedelta(hours=1),
        ends_at=NINE + timedelta(hours=2),
    )

    moved = Session(
        id=kept.id,
        title=kept.title,
        starts_at=NINE + timedelta(hours=2),
        ends_at=NINE.replace(hour=5),
    )
    fields = actions.revise(activity, Revise(outline=outline(sessions=(moved, second))), by=None)

    db.session.expire_all()
    assert fields == {"sessions"}
    assert [str(session.title) for session in activity.sessions] == ["Two", "One"]
    assert activity.sessions[1].uid == uid


def test_someone_elses_session_cannot_be_taken():
    stolen = Outline.of(
        planned(
            sessions=(
                Session(title=Multilingual.of("One"), starts_at=NINE, ends_at=NINE.replace(hour=3)),
            )
        )
    ).sessions[0]
    activity = planned()

    actions.revise(activity, Revise(outline=outline(sessions=(stolen,))), by=None)

    db.session.expire_all()
    assert activity.sessions[0].id != stolen.id


def test_the_cross_border_flag_follows_from_the_origin():
    assert planned(origin_countries=("VN",)).is_cross_border
    assert planned(type="cross_border_learning").is_cross_border
    assert planned(is_cross_border=True).is_cross_border
    assert not planned(origin_countries=("LA",)).is_cross_border


def test_moments_are_kept_to_the_minute():
    activity = planned(starts_at=NINE.replace(second=7), ends_at=NINE.replace(hour=5, second=59))

    assert (activity.starts_at, activity.ends_at) == (NINE, NINE.replace(hour=5))


def test_a_change_is_audited_by_field_and_raises_the_version():
    activity = planned()
    db.session.commit()
    before = versions_of("activities")

    fields = actions.revise(activity, Revise(outline=outline(amount_usd=7)), by=None)

    line = db.session.scalars(db.select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.action, line.object, line.fields) == (
        "activities.revise",
        f"Activity {activity.id}",
        ["amount_usd"],
    )
    assert fields == {"amount_usd"}
    assert versions_of("activities") != before


def test_saving_the_same_again_changes_nothing():
    activity = planned()
    db.session.commit()
    before = versions_of("activities"), activity.changed_at

    assert actions.revise(activity, Revise(outline=outline()), by=None) == frozenset()
    assert (versions_of("activities"), activity.changed_at) == before


def test_what_is_found_by_search_holds_public_places_only():
    said = {
        "title": Multilingual("en", {"en": "Land concessions", "km": "ដីធ្លី"}),
        "places": (
            Place(country="LA", province="LA-CH", town="Pakse", is_public=True),
            Place(country="LA", province="LA-XE", town="Hiddenville"),
        ),
    }

    words = planned(**said).search_text.split()

    assert {"land", "concess", "champasak", "paks"} <= set(words)
    assert not any("hidden" in word for word in words)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": Multilingual()}, "title"),
        ({"type": "party"}, "type"),
        ({"countries": ("XX",)}, "countries"),
        ({"ends_at": NINE}, "ends_on"),
        ({"ends_at": None}, "ends_on"),
        ({"mode": "by carrier pigeon"}, "mode"),
        ({"timezone": "Asia/Atlantis"}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"all_day": True}, "ends_on"),
        ({"places": (Place(country="KH"),)}, "places"),
        ({"places": (Place(country="LA", province="KH-1"),)}, "places"),
        ({"languages": ("lo",), "interpreted": ("lo",)}, "interpreted"),
        ({"theme_ids": (999,)}, "themes"),
        ({"network_id": 999}, "network"),
        ({"organisers": (Part(organisation_id=999),)}, "organisers"),
        ({"registration_opens_at": NINE, "registration_closes_at": NINE}, "registration_closes_on"),
        (
            {"sessions": (Session(title=Multilingual.of("x"), starts_at=NINE, ends_at=NINE),)},
            "sessions",
        ),
        (
            {
                "sessions": (
                    Session(
                        title=Multilingual.of("x"),
                        starts_at=NINE + timedelta(days=365),
                        ends_at=NINE + timedelta(days=365, hours=1),
                    ),
                )
            },
            "sessions",
        ),
    ],
)
def test_what_breaks_a_rule_is_refused_at_its_field(fields, field):
    with pytest.raises(Refused) as refusal:
        planned(**fields)

    assert refusal.value.field == field


def test_an_organisation_has_one_part():
    host = make_organisation("CARE")

    with pytest.raises(Refused, match="CARE") as refusal:
        planned(organisers=(Part(organisation_id=host.id), Part(organisation_id=host.id)))

    assert refusal.value.field == "organisers"


def test_nobody_loses_a_seat_when_the_capacity_falls():
    activity = planned(capacity=20)
    activity.seats_taken = 12
    db.session.flush()

    with pytest.raises(Refused, match="12 seats are taken") as refusal:
        actions.revise(activity, Revise(outline=outline(capacity=11)), by=None)

    assert refusal.value.field == "capacity"
    db.session.rollback()


def test_a_facilitator_plans_in_own_countries_only():
    sok = make_user(role=Role.NATIONAL_FACILITATOR, country="KH")

    assert actions.plan(Plan(outline=outline(countries=("KH", "LA"))), by=sok)
    with pytest.raises(Refused) as refusal:
        actions.plan(Plan(outline=outline(countries=("LA",))), by=sok)
    assert refusal.value.field == "countries"


def test_a_facilitator_does_not_push_an_activity_out_of_the_own_country():
    sok = make_user(role=Role.NATIONAL_FACILITATOR, country="KH")
    activity = actions.plan(Plan(outline=outline(countries=("KH",))), by=sok)

    with pytest.raises(Refused) as refusal:
        actions.revise(activity, Revise(outline=outline(countries=("VN",))), by=sok)

    assert refusal.value.field == "countries"


@pytest.mark.parametrize(
    ("shift", "is_alike"),
    [(timedelta(days=30), True), (timedelta(days=90), False), (-timedelta(days=60), False)],
)
def test_a_second_activity_like_it_in_the_quarter_shows_the_first(shift, is_alike):
    theme = make_theme()
    first = planned(theme_ids=(theme.id,))
    second = outline(
        theme_ids=(theme.id,), starts_at=NINE + shift, ends_at=NINE + shift + timedelta(hours=1)
    )

    if not is_alike:
        assert actions.plan(Plan(outline=second), by=None)
        return
    with pytest.raises(Refused, match=first.code) as refusal:
        actions.plan(Plan(outline=second), by=None)
    assert refusal.value.field == "is_another"

    other = actions.plan(Plan(outline=second, another_reason="In the south"), by=None)
    assert other.stage_changes[0].reason == f"Another activity than {first.code}: In the south"


@pytest.mark.parametrize(
    "different", [{"countries": ("VN",)}, {"theme_ids": ()}, {"starts_at": None, "ends_at": None}]
)
def test_another_country_theme_or_time_is_not_alike(different):
    theme = make_theme()
    planned(theme_ids=(theme.id,))

    assert planned(**{"theme_ids": (theme.id,)} | different)


def test_a_cancelled_activity_is_nobodys_double():
    theme = make_theme()
    first = planned(theme_ids=(theme.id,))
    actions.cancel(first, actions.Cancel(reason=Multilingual.of("No money")), by=None)

    assert planned(theme_ids=(theme.id,))


def test_a_locked_activity_is_read_afresh_with_all_that_belongs_to_it():
    activity = get_plan(planned().code)
    assert [each.country for each in activity.countries] == ["LA"]
    db.session.execute(db.update(ActivityCountry).values(country="VN"))
    db.session.execute(
        db.update(Activity).values(capacity=7), execution_options={"synchronize_session": False}
    )

    record.lock(activity)

    assert ([each.country for each in activity.countries], activity.capacity) == (["VN"], 7)


def test_two_editors_are_told_of_each_other():
    activity = planned()
    seen = Outline.of(activity).prints()
    actions.revise(activity, Revise(outline=outline(amount_usd=5), seen=seen), by=None)

    with pytest.raises(Refused) as refusal:
        actions.revise(activity, Revise(outline=outline(capacity=20), seen=seen), by=None)

    assert refusal.value.field == "seen"
    merged = actions.merge(outline(capacity=20), Outline.of(activity), seen)
    assert (merged.outline.amount_usd, merged.outline.capacity) == (5, 20)
    assert (merged.taken, merged.clashing) == ({"amount_usd"}, set())


def test_where_two_editors_clash_the_own_text_stays_and_is_named():
    activity = planned()
    seen = Outline.of(activity).prints()
    actions.revise(activity, Revise(outline=outline(amount_usd=5), seen=seen), by=None)

    merged = actions.merge(outline(amount_usd=9), Outline.of(activity), seen)

    assert merged.outline.amount_usd == 9
    assert (merged.taken, merged.clashing) == (set(), {"amount_usd"})


def test_two_editors_who_say_the_same_are_not_told():
    activity = planned()
    seen = Outline.of(activity).prints()
    actions.revise(activity, Revise(outline=outline(amount_usd=5), seen=seen), by=None)

    assert not actions.revise(activity, Revise(outline=outline(amount_usd=5), seen=seen), by=None)


def test_watchers_hear_which_fields_changed(monkeypatch):
    heard = []
    watcher = lambda activity, fields: heard.append((activity.code, fields))  # noqa: E731
    monkeypatch.setattr(record, "watchers", [watcher])

    activity = planned(capacity=3)
    actions.revise(activity, Revise(outline=outline(capacity=30)), by=None)

    assert heard[-1] == ("LA-LV-2027-1", {"capacity"})


def test_a_copy_is_a_new_idea_a_year_later_with_the_same_hours():
    seat = {"capacity": 10, "actual_participants": 9, "actual_products": 1, "source": "a report"}
    session = Session(title=Multilingual.of("One"), starts_at=NINE, ends_at=NINE.replace(hour=3))
    original = planned(sessions=(session,), **seat)
    original.seats_taken, original.stage = 9, Stage.COMPLETED
    db.session.flush()

    copy = actions.copy(original, actions.Copy(), by=None)

    assert (copy.code, copy.copied_from_id) == ("LA-LV-2028-1", original.id)
    assert (copy.stage, copy.published_at, copy.seats_taken) == (Stage.IDEA, None, 0)
    assert copy.starts_at == NINE.replace(year=2028)
    assert copy.sessions[0].starts_at == NINE.replace(year=2028)
    assert copy.sessions[0].uid != original.sessions[0].uid
    assert (copy.actual_participants, copy.source, copy.capacity) == (None, "", 10)
    assert copy.dates_tentative


def test_a_copy_keeps_the_hour_when_the_clocks_change_between():
    zone = ZoneInfo("Europe/Paris")
    winter = datetime(2027, 2, 9, 9, tzinfo=zone)
    original = planned(
        timezone="Europe/Paris", starts_at=winter, ends_at=winter + timedelta(hours=1)
    )

    copy = actions.copy(original, actions.Copy(starts_on=date(2027, 7, 6)), by=None)

    assert copy.starts_at == datetime(2027, 7, 6, 9, tzinfo=zone)


def test_a_copy_of_the_last_day_of_february_starts_on_one():
    assert actions.a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_second_copy_is_asked_about():
    original = planned(theme_ids=(make_theme().id,))
    actions.copy(original, actions.Copy(), by=None)

    with pytest.raises(Refused) as refusal:
        actions.copy(original, actions.Copy(), by=None)

    assert refusal.value.field == "is_another"


def entries_of(activity):
    wanted = db.select(StoredEntry).filter_by(source_kind="activity", source_id=activity.id)
    return {each.uid: each for each in db.session.scalars(wanted)}


def published(**fields):
    activity = planned(summary=Multilingual.of("Why we go"), **fields)
    actions.publish(activity, by=None)
    return activity


def test_a_draft_is_in_no_calendar_and_a_published_activity_is():
    activity = planned(summary=Multilingual.of("Why we go"))
    assert entries_of(activity) == {}

    actions.publish(activity, by=None)

    entry = entries_of(activity)[activity.uid]
    assert (entry.scope, entry.status, entry.sequence) == ("public", "tentative", 0)
    assert b"DTSTART;TZID=Asia/Vientiane:20270209T090000" in entry.rendered
    actions.unpublish(activity, by=None)
    assert entries_of(activity)[activity.uid].scope == "withdrawn"


def test_text_keeps_the_sequence_and_a_new_time_raises_it():
    activity = published()

    text = outline(summary=Multilingual.of("Why we really go"))
    actions.revise(activity, Revise(outline=text), by=None)
    assert entries_of(activity)[activity.uid].sequence == 0
    later = outline(summary=text.summary, ends_at=NINE + timedelta(hours=8))
    actions.revise(activity, Revise(outline=later), by=None)
    assert entries_of(activity)[activity.uid].sequence == 1


def test_several_days_are_a_banner_and_their_sessions():
    session = Session(
        title=Multilingual.of("Opening"), starts_at=NINE, ends_at=NINE.replace(hour=5)
    )
    activity = published(ends_at=NINE + timedelta(days=2, hours=7), sessions=(session,))

    entries = entries_of(activity)

    banner, part = entries[activity.uid].rendered, entries[activity.sessions[0].uid].rendered
    assert b"DTSTART;VALUE=DATE:20270209" in banner
    assert b"DTEND;VALUE=DATE:20270212" in banner
    assert b"TRANSP:TRANSPARENT" in banner
    assert f"RELATED-TO;RELTYPE=PARENT:{activity.uid}".encode() in part
    assert b"DTSTART;TZID=Asia/Vientiane:20270209T090000" in part


def test_a_calendar_names_the_province_and_a_venue_only_if_it_is_public():
    hidden = Place(country="LA", province="LA-CH", town="Pakse", venue="Hotel One")
    activity = published(places=(hidden,))

    rendered = entries_of(activity)[activity.uid].rendered.decode()

    assert "Champasak" in rendered
    assert "Hotel One" not in rendered
    assert "GEO" not in rendered


@pytest.mark.parametrize("is_public", [True, False])
def test_the_place_of_a_session_is_as_public_as_the_places(is_public):
    activity = published(
        ends_at=NINE + timedelta(days=2),
        places=(Place(country="LA", province="LA-CH", is_public=is_public),),
        sessions=(
            Session(
                title=Multilingual.of("Walk"),
                starts_at=NINE,
                ends_at=NINE.replace(hour=5),
                place="Bachieng",
            ),
        ),
    )

    rendered = entries_of(activity)[activity.sessions[0].uid].rendered

    assert (b"Bachieng" in rendered) is is_public


def test_a_cancelled_activity_stays_in_the_calendar_as_cancelled():
    activity = published()

    actions.cancel(activity, actions.Cancel(reason=Multilingual.of("Flood")), by=None)

    entry = entries_of(activity)[activity.uid]
    assert (entry.scope, entry.status, entry.sequence) == ("public", "cancelled", 1)


@pytest.mark.parametrize("field", ["type", "countries", "summary"])
def test_publishing_needs_what_the_public_page_shows(field):
    empty = {"type": "", "countries": (), "summary": Multilingual()}
    activity = planned(**{"summary": Multilingual.of("Why"), field: empty[field]})

    with pytest.raises(Refused):
        actions.publish(activity, by=None)


def test_publishing_twice_keeps_the_first_moment():
    activity = published()
    moment = activity.published_at

    actions.publish(activity, by=None)

    assert activity.published_at == moment


def test_an_approved_activity_keeps_what_it_was_approved_for():
    statement = Multilingual.of("Because land is contested.")
    whole = {
        "summary": statement,
        "relevance": statement,
        "framework": statement,
        "impact": statement,
        "no_network_reason": "None works on it",
        "responsible_id": coordinator().id,
    }
    activity = planned(**whole)
    actions.move(activity, actions.Move(to=Stage.APPROVED, reason="Agreed in the meeting"), by=None)

    with pytest.raises(Refused) as refusal:
        actions.revise(
            activity, Revise(outline=outline(**whole | {"impact": Multilingual()})), by=None
        )

    assert refusal.value.field == "impact"
    db.session.rollback()


def test_activities_from_before_the_rules_can_still_be_changed():
    activity = make_activity(countries=("LA",))  # approved, and none of its statements written
    present = Outline.of(activity)

    assert actions.revise(
        activity, Revise(outline=outline(title=present.title, type=present.type)), by=None
    )


def test_the_clock_is_asked_in_one_place(monkeypatch):
    monkeypatch.setattr(clock, "read", lambda: datetime(2030, 1, 1, tzinfo=UTC))

    assert planned(starts_at=None, ends_at=None).code == "LA-LV-2030-1"
    assert db.session.scalar(db.select(db.func.count()).select_from(Activity)) == 1
