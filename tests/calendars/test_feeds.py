"""What subscribers see through the life of activities, read as calendar applications read it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import ics
import pytest
import vobject
from flask import Flask
from flask.testing import FlaskClient

from lna.activities.models import ActivityCountry, ActivitySession, Stage
from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from tests.calendars.factories import kept, make_dated
from tests.core import ical_lint
from tests.factories import make_activity, make_theme

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
NINE_IN_YANGON = datetime(2027, 2, 9, 2, 30, tzinfo=UTC)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock the test moves: `time(minutes=5)`."""
    at = [NOW]
    monkeypatch.setattr(clock, "read", lambda: at[0])

    def pass_by(**long: float) -> datetime:
        at[0] += timedelta(**long)
        return at[0]

    return pass_by


def feed(client: FlaskClient, address: str = "/activities.ics") -> bytes:
    """The bytes of a public feed, which are always without fault."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert ical_lint.problems(answer.data) == []
    return answer.data


def titles(body: bytes) -> list[str]:
    """The titles as a client that is not ours reads them."""
    return sorted(event.name for event in ics.Calendar(body.decode()).events)


def stamps(body: bytes, uid: str) -> dict[str, str]:
    (event,) = [each for each in ical_lint.events(body) if ("UID", "", uid) in each]
    return {line.name: line.value for line in event}


def day_of(at: datetime, **fields: Any) -> dict[str, Any]:
    return {"starts_at": at, "ends_at": at + timedelta(hours=7), **fields}


def test_an_activity_keeps_its_uid_all_its_life(client: FlaskClient, time: Any) -> None:
    activity = make_dated("MM", timezone="Asia/Yangon", **day_of(NINE_IN_YANGON))
    born = stamps(feed(client), activity.uid)
    assert (born["SEQUENCE"], born["LAST-MODIFIED"]) == ("0", "20261120T080000Z")

    time(hours=1)
    activity.title = Multilingual.of("A better title")
    kept(activity)
    retold = stamps(feed(client), activity.uid)
    assert (retold["SEQUENCE"], retold["LAST-MODIFIED"]) == ("0", "20261120T090000Z")
    assert retold["SUMMARY"] == "A better title"

    time(hours=1)
    activity.starts_at, activity.ends_at = (
        NINE_IN_YANGON + timedelta(days=1),
        NINE_IN_YANGON + timedelta(days=1, hours=7),
    )
    kept(activity)
    moved = stamps(feed(client), activity.uid)
    assert (moved["SEQUENCE"], moved["DTSTART"]) == ("1", "20270210T090000")

    time(hours=1)
    activity.stage = Stage.CANCELLED
    kept(activity)
    gone = stamps(feed(client), activity.uid)
    assert (gone["SEQUENCE"], gone["STATUS"]) == ("2", "CANCELLED")
    assert gone["SUMMARY"] == "Cancelled: A better title"
    assert gone["TRANSP"] == "TRANSPARENT"


def test_nine_in_yangon_is_the_same_moment_for_every_reader(client: FlaskClient) -> None:
    make_dated("MM", timezone="Asia/Yangon", **day_of(NINE_IN_YANGON))
    body = feed(client)
    assert b"DTSTART;TZID=Asia/Yangon:20270209T090000\r\n" in body
    (event,) = ics.Calendar(body.decode()).events
    assert event.begin.datetime == NINE_IN_YANGON
    read = vobject.readOne(body.decode()).vevent
    assert read.dtstart.value == NINE_IN_YANGON
    assert read.dtstart.value.utcoffset() == timedelta(hours=6, minutes=30)


def test_a_visit_of_several_days_is_a_banner_with_its_sessions(client: FlaskClient) -> None:
    activity = make_activity(("LA",), timezone="Asia/Vientiane")
    at = activity.starts_at
    assert at
    activity.sessions.append(
        ActivitySession(
            title=Multilingual.of("Field day"), starts_at=at, ends_at=at + timedelta(hours=3)
        )
    )
    kept(activity)
    body = feed(client)
    banner = stamps(body, activity.uid)
    assert len(banner["DTSTART"]) == len("20270209")
    assert banner["TRANSP"] == "TRANSPARENT"
    (session,) = (each for each in ical_lint.events(body) if each[0].value != activity.uid)
    assert ("RELATED-TO", ";RELTYPE=PARENT", activity.uid) in session

    activity.sessions.clear()
    kept(activity)
    after = feed(client)
    assert stamps(after, session[0].value)["STATUS"] == "CANCELLED"
    assert stamps(after, activity.uid) == banner


def test_two_fetches_are_byte_identical_a_restart_between_them(app: Flask) -> None:
    for number in range(5):
        make_dated("KH", "LA", title=Multilingual.of(f"ដី, {number}; \\N"))
    first = feed(app.test_client())
    app.extensions["lna_caches"].clear()
    assert feed(app.test_client()) == first


def test_an_edit_leaves_all_other_entries_as_they_were(client: FlaskClient, time: Any) -> None:
    edited, *_ = [make_dated() for _ in range(4)]
    before = ical_lint.vevents(feed(client))
    time(minutes=5)
    edited.title = Multilingual.of("Another")
    kept(edited)
    after = ical_lint.vevents(feed(client))
    assert [uid for uid in after if after[uid] != before[uid]] == [edited.uid]


def test_drafts_are_in_no_feed(client: FlaskClient) -> None:
    draft = kept(make_activity(published_at=None, title=Multilingual.of("Secret")))
    assert b"Secret" not in feed(client)
    assert client.get(f"/activities/{draft.code}.ics").status_code == 404


def test_what_is_no_longer_public_leaves_at_once(client: FlaskClient) -> None:
    activity = make_dated()
    assert activity.uid.encode() in feed(client)
    activity.published_at = None
    kept(activity)
    assert activity.uid.encode() not in feed(client)
    assert client.get(f"/activities/{activity.code}.ics").status_code == 404


def test_tentative_dates_say_so(client: FlaskClient) -> None:
    activity = make_dated(dates_tentative=True)
    assert stamps(feed(client), activity.uid)["STATUS"] == "TENTATIVE"


def test_a_feed_has_exactly_the_activities_of_the_list(client: FlaskClient) -> None:
    theme = make_theme("Gender")
    make_dated("KH", title=Multilingual.of("Cambodia"))
    both = make_dated("LA", "VN", title=Multilingual.of("Laos and Viet Nam"), type="training")
    both.themes.append(theme)
    kept(both)
    make_dated("MM", title=Multilingual.of("Myanmar"), type="training", dates_tentative=True)

    def read(query: str) -> list[str]:
        return titles(feed(client, f"/activities.ics?{query}"))

    assert read("country=KH") == ["Cambodia"]
    assert read("country=KH&country=LA") == ["Cambodia", "Laos and Viet Nam"]
    assert read("type=training") == ["Laos and Viet Nam", "Myanmar"]
    assert read(f"theme={theme.code}&type=training") == ["Laos and Viet Nam"]
    assert read("country=TH") == []
    assert titles(feed(client)) == ["Cambodia", "Laos and Viet Nam", "Myanmar"]


@pytest.mark.parametrize(
    "query",
    ["when=all", "country=LA&when=all", "type=training&type=learning_visit&when=all", "when=past"]
    + ["from=2026-01-01&to=2027-12-31", "stage=cancelled&when=all", "language=km&when=all"],
)
def test_list_and_feed_of_the_same_address_agree(
    client: FlaskClient, time: Any, query: str
) -> None:
    for number, country in enumerate(["KH", "LA", "MM", "LA"]):
        at = NOW + timedelta(days=200 * number - 400)
        kind = "training" if number % 2 else "learning_visit"
        make_dated(country, type=kind, **day_of(at), stage=[*Stage][-1 - number])
    listed = client.get(f"/activities.json?{query}").json
    uids = {each["uid"] for each in listed["activities"]}
    assert set(ical_lint.vevents(feed(client, f"/activities.ics?{query}"))) == uids


def test_where_it_takes_place_moves_it_between_feeds(client: FlaskClient) -> None:
    activity = make_dated("KH", title=Multilingual.of("Dialogue"))
    assert titles(feed(client, "/activities.ics?country=KH")) == ["Dialogue"]
    activity.countries = [ActivityCountry(country="TH", position=0)]
    kept(activity)
    assert titles(feed(client, "/activities.ics?country=KH")) == []
    assert titles(feed(client, "/activities.ics?country=TH")) == ["Dialogue"]


def test_half_a_year_of_past_is_kept_and_no_more(client: FlaskClient, time: Any) -> None:
    make_dated(**day_of(NOW - timedelta(days=170)), title=Multilingual.of("Lately"))
    make_dated(**day_of(NOW - timedelta(days=400)), title=Multilingual.of("Long ago"))
    assert titles(feed(client)) == ["Lately"]
    assert titles(feed(client, "/activities.ics?country=KH")) == ["Lately"]
    assert titles(feed(client, "/activities.ics?when=all")) == ["Lately", "Long ago"]
    assert titles(feed(client, "/activities.ics?to=2025-12-31")) == ["Long ago"]
    time(days=11)
    assert titles(feed(client)) == []


def test_tombstones_can_be_left_out(client: FlaskClient) -> None:
    make_dated(title=Multilingual.of("Planned"))
    make_dated(title=Multilingual.of("Off"), stage=Stage.CANCELLED)
    assert titles(feed(client)) == ["Cancelled: Off", "Planned"]
    assert titles(feed(client, "/activities.ics?cancelled=hide")) == ["Planned"]


def test_a_calendar_of_nothing_is_whole(client: FlaskClient) -> None:
    body = feed(client)
    assert titles(body) == []
    assert vobject.readOne(body.decode()).getChildValue("x_wr_calname") == "Learning & Alliance"


def test_a_broken_entry_does_not_end_the_feed(client: FlaskClient) -> None:
    from lna.core.ical import StoredEntry

    broken = make_dated(title=Multilingual.of("Broken"))
    make_dated(title=Multilingual.of("Whole"))
    db.session.get(StoredEntry, broken.uid).rendered = b"BEGIN:VEV"
    db.session.commit()
    assert titles(feed(client)) == ["Whole"]


def test_one_activity_has_a_feed_of_its_own(client: FlaskClient) -> None:
    activity = make_dated(title=Multilingual.of("Visit"), **day_of(NOW - timedelta(days=900)))
    make_dated()
    body = feed(client, f"/activities/{activity.code}.ics")
    assert titles(body) == ["Visit"]
    assert f"SOURCE;VALUE=URI:http://127.0.0.1:8000/activities/{activity.code}.ics" in body.decode()


def test_hostile_words_stay_words(client: FlaskClient) -> None:
    words = "Land; \\N forum, “ដី”\u2028BEGIN:VEVENT 🌾\x00" + "ကြောင့်" * 90
    activity = make_dated(title=Multilingual.of(words.replace("\x00", "")))
    shown = vobject.readOne(feed(client).decode()).vevent.summary.value
    assert shown == str(activity.title).replace("\u2028", "\n")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "Learning & Alliance"),
        ("country=LA&country=KH", "Learning & Alliance: Cambodia, Laos"),
        ("type=learning_visit&open=1", "Structured learning visit, open for registration"),
        ("when=past&language=vi", "Vietnamese, past"),
        ("from=2027-02-01&q=forest;land", "forest;land, from 1 Feb 2027"),
    ],
)
def test_a_calendar_is_called_after_what_was_chosen(
    client: FlaskClient, query: str, name: str
) -> None:
    body = client.get(f"/activities.ics?{query}", headers={"Accept-Language": "km"}).data
    assert ical_lint.problems(body) == []
    read = vobject.readOne(body.decode())
    assert read.getChildValue("x_wr_calname").endswith(name)
    assert read.getChildValue("name") == read.getChildValue("x_wr_calname")
