"""Choosing, counting and ordering the public programme, alike on every database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lna.activities import queries
from lna.activities.criteria import Criteria
from lna.activities.models import ActivitySession, Stage
from lna.activities.queries import Standing
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.page import caches
from lna.core.versions import raise_version
from tests.activities.programme import NINE_IN_LAOS, NOW, at, publish, saved
from tests.factories import make_activity, make_organisation, make_theme


@pytest.fixture(autouse=True)
def _now(monkeypatch, app):
    at(monkeypatch, NOW)


def found(reader="en", **criteria):
    """The codes of the list, in order, on all its pages."""
    programme = queries.programme()
    places = programme.places(Criteria(**criteria), reader)
    return [programme.index.entries[place].code for place in places]


def test_vietnamese_rubber_in_laos_is_found_from_both_sides_and_across_the_border():
    rubber = publish(("LA",), origins=["VN"], is_cross_border=True, title="Rubber in Laos")
    publish(("VN",))
    assert found(country=("LA",)) == [rubber.code]
    assert found(origin=("VN",)) == [rubber.code]
    assert found(cross_border=True) == [rubber.code]
    assert found(country=("LA",), origin=("VN",), cross_border=True) == [rubber.code]


def test_values_of_one_filter_add_up_and_filters_narrow():
    visit = publish(("LA",), languages=["lo"], type="learning_visit")
    training = publish(("LA", "VN"), type="training", secondary_types=["coaching_pairing"])
    publish(("KH",), type="training")
    assert set(found(country=("LA", "VN"))) == {visit.code, training.code}
    assert found(country=("LA", "VN"), type=("training",)) == [training.code]
    assert found(type=("coaching_pairing",)) == [training.code]
    assert found(language=("lo",)) == [visit.code]


def test_groups_networks_and_themes_are_found_by_their_codes():
    group, network = make_organisation(kind="group"), make_organisation(kind="network")
    gender = make_theme("Gender")
    activity = publish(group_id=group.id, network_id=network.id, themes=[gender])
    publish()
    assert found(group=(group.slug,)) == found(group=(network.slug,)) == [activity.code]
    assert found(theme=(gender.code,)) == [activity.code]


def test_a_hidden_organisation_is_no_filter_and_has_no_name():
    hidden = make_organisation("Hidden network", is_public=False)
    activity = publish(network_id=hidden.id, organisers=[hidden])
    programme = queries.programme()
    assert hidden.slug not in programme.index.choices["group"]
    [row] = queries.list_page(programme, Criteria(), "en").rows
    assert (row.code, row.network, row.organisers) == (activity.code, None, [])


def test_drafts_are_nowhere():
    publish(published_at=None)
    assert found() == found(when="all") == []
    assert queries.activity_ids(Criteria()) == []


def test_counts_are_those_of_the_lists_they_lead_to():
    gender = make_theme("Gender")
    publish(("LA", "VN"), type="training", themes=[gender], languages=["lo", "en"])
    publish(("LA",), type="learning_visit", themes=[gender])
    publish(("KH",), type="training", stage=Stage.CANCELLED, origins=["VN"])
    publish(("KH",), starts_at=NOW - timedelta(days=9), ends_at=NOW - timedelta(days=8))
    programme = queries.programme()
    for chosen in (
        Criteria(),
        Criteria(country=("LA",)),
        Criteria(type=("training",), q="activity"),
    ):
        names = ("type", "country", "theme", "language", "origin", "stage")
        for name, counts in programme.counts(chosen, names).items():
            for value, count in counts.items():
                led_to = chosen.but(**{name: (value,)})
                assert len(programme.places(led_to, "en")) == count, (chosen, name, value)
    assert programme.counts(Criteria(), ["when"]) == {"when": {"coming": 3, "past": 1, "all": 4}}


def test_what_is_running_or_without_dates_is_still_coming():
    running = publish(starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1))
    undated = publish(starts_at=None, ends_at=None, stage=Stage.APPROVED)
    over = publish(starts_at=NOW - timedelta(hours=2), ends_at=NOW)
    done = publish(starts_at=None, ends_at=None, stage=Stage.COMPLETED)
    assert found() == [running.code, undated.code]
    assert found(when="past") == [over.code, done.code]


def test_a_list_changes_when_its_time_has_come_and_nothing_else_happened(monkeypatch):
    activity = publish(registration_closes_at=NOW + timedelta(days=1))
    before = queries.programme()
    assert found(open=True) == [activity.code]
    at(monkeypatch, NOW + timedelta(hours=23))
    assert queries.programme().version == before.version
    at(monkeypatch, NOW + timedelta(days=1))
    assert queries.programme().version != before.version
    assert found(open=True) == []
    at(monkeypatch, activity.ends_at)
    assert (found(), found(when="past")) == ([], [activity.code])


def test_feeds_may_keep_what_is_just_over():
    over = publish(starts_at=NOW - timedelta(days=9), ends_at=NOW - timedelta(days=8))
    old = publish(starts_at=NOW - timedelta(days=99), ends_at=NOW - timedelta(days=98))
    coming = publish()
    assert queries.activity_ids(Criteria()) == [coming.id]
    assert queries.activity_ids(Criteria(), past=timedelta(days=30)) == [over.id, coming.id]
    assert queries.activity_ids(Criteria(when="past")) == [old.id, over.id]


def test_days_are_those_of_the_place():
    """21:00 UTC on the 9th is already the 10th in Laos."""
    late = datetime(2027, 2, 9, 21, tzinfo=UTC)
    activity = publish(starts_at=late, ends_at=late + timedelta(hours=1))
    undated = publish(starts_at=None, ends_at=None)
    assert found(first=date(2027, 2, 10), last=date(2027, 2, 10)) == [activity.code]
    assert found(last=date(2027, 2, 9)) == []
    assert undated.code not in found(first=date(2027, 1, 1))


def test_all_day_ends_with_its_last_day():
    midnight = datetime(2027, 2, 8, 17, tzinfo=UTC)  # 9 February begins in Laos
    publish(starts_at=midnight, ends_at=midnight + timedelta(days=2), all_day=True)
    [row] = queries.list_page(queries.programme(), Criteria(), "en").rows
    assert row.days == (date(2027, 2, 9), date(2027, 2, 10))


def test_orders():
    third = publish(title={"en": "Ängste"}, starts_at=NINE_IN_LAOS + timedelta(days=1), code="C")
    first = publish(title={"en": "beginning"}, starts_at=NINE_IN_LAOS, code="A")
    second = publish(title={"en": "Zebu", "km": "ក"}, starts_at=NINE_IN_LAOS, code="B")
    undated = publish(title={"en": "Cattle"}, starts_at=None, ends_at=None, code="D")
    assert found() == ["A", "B", "C", "D"]
    assert found(sort="latest") == ["C", "B", "A", "D"]
    assert found(sort="title") == ["C", "A", "D", "B"]
    assert found(sort="title", reader="km")[-1] == second.code
    first.changed_at = NOW + timedelta(hours=1)
    undated.changed_at = NOW + timedelta(hours=2)
    saved()
    assert found(sort="changed")[:2] == [undated.code, first.code]
    assert third.code in found(sort="changed")


SIX_SCRIPTS = [
    ({"km": "ការរំលោភ\u200bយកដីធ្លី"}, "រំលោភយក"),
    ({"km": "ដីធ្លី"}, "ដី"),
    ({"lo": "ການນໍາໃຊ້ທີ່ດິນ"}, "ນຳໃຊ້"),
    ({"my": "မြေယာ စီမံခန့်ခွဲမှု"}, "မြေယာ"),
    ({"th": "การจดทะเบียนที่ดินชุมชน"}, "ที่ดิน"),
    ({"vi": "Quyền sử dụng đất"}, "dat"),
    ({"en": "Community lands registered"}, "registering LAND"),
]


@pytest.mark.parametrize(("title", "q"), SIX_SCRIPTS, ids=lambda value: str(value))
def test_a_word_is_found_in_every_script(title, q):
    activity = publish(title=title)
    publish(title="Something else")
    assert found(q=q) == [activity.code]


@pytest.mark.parametrize(
    ("title", "q"), [("ដីធ្លី", "ដីធ្លា"), ("မြေယာ", "မြိုယော"), ("Thailand", "land")]
)
def test_no_word_is_found_in_another(title, q):
    publish(title=title)
    assert found(q=q) == []


def test_searches_read_like_those_of_the_library():
    visit = publish(title="Learning visit to plantation companies", code="LA-LV-1")
    tenure = publish(title="Customary tenure", summary=Multilingual.of("Forest and plantations"))
    assert set(found(q="plantation")) == {visit.code, tenure.code}
    assert found(q="plantation -customary") == [visit.code]
    assert found(q='"learning visit"') == [visit.code]
    assert found(q='"visit learning"') == []
    assert set(found(q="tenure OR companies")) == {visit.code, tenure.code}
    assert found(q="compan*") == [visit.code]
    assert found(q="LA-LV-1") == [visit.code]
    assert set(found(q="((( ***")) == {visit.code, tenure.code}


def test_a_page_too_far_is_the_last():
    for _ in range(51):
        publish()
    page = queries.list_page(queries.programme(), Criteria(page=9), "en")
    assert (page.page, page.pages, page.total, len(page.rows)) == (2, 2, 51, 1)


def test_a_list_takes_five_statements_at_most_however_long_it_is(statements):
    gender, group = make_theme(), make_organisation(kind="group")
    for _ in range(10):
        publish(themes=[gender], languages=["lo"], group_id=group.id, organisers=[group])

    def first_page():
        queries.list_page(queries.programme(), Criteria(), "en")

    def from_nothing():
        caches().clear()
        db.session.rollback()
        first_page()

    with statements() as at_ten:
        from_nothing()
    for _ in range(90):
        publish(themes=[gender], languages=["lo"], group_id=group.id, organisers=[group])
    with statements() as at_hundred:
        from_nothing()
    assert len(at_hundred) == len(at_ten) <= 5
    with statements() as again:
        first_page()
    assert len(again) <= 2


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({}, Standing.OPEN),
        ({"admission": "approval"}, Standing.OPEN),
        ({"admission": "closed"}, Standing.PLANNED),
        ({"stage": Stage.CONCEPT_NOTE}, Standing.PLANNED),
        ({"capacity": 3, "seats_taken": 3, "waiting": 2}, Standing.FULL),
        ({"registration_opens_at": NOW + timedelta(days=1)}, Standing.OPENS_LATER),
        ({"registration_closes_at": NOW}, Standing.CLOSED),
        ({"starts_at": NOW, "ends_at": NOW + timedelta(days=1)}, Standing.UNDER_WAY),
        ({"starts_at": NOW - timedelta(days=1), "ends_at": NOW}, Standing.PAST),
        ({"stage": Stage.CANCELLED}, Standing.CANCELLED),
        ({"starts_at": None, "ends_at": None}, Standing.OPEN),
    ],
)
def test_where_an_activity_stands(fields, standing):
    publish(**fields)
    [row] = queries.list_page(queries.programme(), Criteria(when="all"), "en").rows
    assert row.standing is standing
    assert bool(found(when="all", open=True)) is (standing in (Standing.OPEN, Standing.FULL))


def test_a_place_is_known_to_its_province_unless_it_is_public():
    activity = publish(provinces=["LA-CH"])
    activity.sessions = [
        ActivitySession(
            title=Multilingual.of("Opening"),
            starts_at=NINE_IN_LAOS,
            ends_at=NINE_IN_LAOS + timedelta(hours=1),
            place="Ban Secret",
        )
    ]
    saved()
    coarse = queries.detail_of(queries.get_activity(activity.code), queries.programme())
    assert [(place.province, place.town, place.venue) for place in coarse.venues] == [
        ("LA-CH", "", "")
    ]
    assert [part.place for part in coarse.sessions] == [""]

    activity.places[0].is_public = True
    saved()
    fine = queries.detail_of(queries.get_activity(activity.code), queries.programme())
    assert (fine.venues[0].town, fine.sessions[0].place) == ("Ban Secret", "Ban Secret")


def test_planned_and_actual_without_dividing_by_zero():
    activity = publish(planned_participants=24, actual_participants=18, planned_products=0)
    detail = queries.detail_of(queries.get_activity(activity.code), queries.programme())
    assert (detail.participants.percent, detail.outputs.percent) == ("75 %", "-")
    activity.actual_products = 3
    saved()
    detail = queries.detail_of(queries.get_activity(activity.code), queries.programme())
    assert detail.outputs.percent == "-"


def test_the_second_title_is_the_original_or_a_language_spoken_there():
    title = Multilingual("lo", {"lo": "ຢ້ຽມຢາມ", "en": "Visit", "km": "ទស្សនា"})
    assert queries.second_title(title, "en").text == "ຢ້ຽມຢາມ"
    in_english = Multilingual("en", title.texts)
    assert queries.second_title(in_english, "en", ["km"]).text == "ទស្សនា"
    assert queries.second_title(title, "lo", ["km"]).text == "Visit"
    assert queries.second_title(Multilingual.of("Visit"), "km") is None


def test_a_month_has_whole_weeks_and_what_happens_on_each_day():
    visit = publish()
    long = publish(starts_at=NOW, ends_at=NOW + timedelta(days=60))
    publish(("KH",))
    programme = queries.programme()
    month = queries.month_of(
        programme, Criteria(country=("LA",)), date(2027, 2, 1), date(2027, 2, 9)
    )
    assert (month.days[0].date, month.days[-1].date) == (date(2027, 2, 1), date(2027, 2, 28))
    busy = {day.date.day: [each.code for each in day.activities] for day in month.days}
    assert {day for day, codes in busy.items() if codes} == {9, 10}
    assert busy[9] == [visit.code]
    assert [each.code for each in month.running] == [long.code]
    assert [day.date.day for day in month.days if day.today] == [9]
    assert (month.previous, month.next) == (date(2027, 1, 1), date(2027, 3, 1))


def test_changes_that_are_not_saved_are_not_remembered():
    make_activity(("LA",))
    raise_version("activities")
    assert found() != []
    db.session.rollback()
    assert found() == []
