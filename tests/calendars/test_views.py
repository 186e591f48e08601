"""Feeds over HTTP as calendar applications ask for them, and the page that explains them."""

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from lna.core import clock
from lna.core.multilingual import Multilingual
from tests.calendars.factories import kept, make_dated

ALL = "/activities.ics"


def test_a_feed_is_served_as_one(client: FlaskClient) -> None:
    make_dated()
    answer = client.get(ALL)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert answer.headers["ETag"].startswith('"')
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Accept-Language" not in answer.headers["Vary"]
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "X-Robots-Tag" not in answer.headers


def test_it_is_the_same_whatever_language_and_type_are_asked_for(client: FlaskClient) -> None:
    make_dated()
    plain = client.get(ALL)
    other = client.get(ALL, headers={"Accept-Language": "km", "Accept": "text/html"})
    assert (other.data, other.headers["ETag"]) == (plain.data, plain.headers["ETag"])


def test_packed_and_plain_are_the_same_calendar_under_two_tags(client: FlaskClient) -> None:
    make_dated()
    plain = client.get(ALL)
    packed = client.get(ALL, headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["ETag"] != plain.headers["ETag"]
    unpacked = client.get(ALL, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in unpacked.headers


def test_head_says_what_get_would(client: FlaskClient) -> None:
    make_dated()
    get, head = client.get(ALL), client.head(ALL)
    assert head.data == b""
    for name in "Content-Length", "ETag", "Last-Modified", "Content-Type":
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"other", {tag}', '"a", W/"b",{tag}', "*"])
@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_what_the_client_has_is_not_sent_again(
    client: FlaskClient, form: str, encoding: str
) -> None:
    make_dated()
    asked = {"Accept-Encoding": encoding}
    tag = client.get(ALL, headers=asked).headers["ETag"]
    again = client.get(ALL, headers={**asked, "If-None-Match": form.format(tag=tag)})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert "Accept-Encoding" in again.headers["Vary"]


def test_a_tag_counts_before_a_date(client: FlaskClient) -> None:
    make_dated()
    first = client.get(ALL)
    dates = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(ALL, headers=dates).status_code == 304
    assert client.get(ALL, headers={**dates, "If-None-Match": '"other"'}).status_code == 200
    early = {"If-Modified-Since": "Thu, 01 Jan 2015 00:00:00 GMT"}
    assert client.get(ALL, headers=early).status_code == 200
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get(ALL, headers={**early, **tag}).status_code == 304
    assert client.get(ALL, headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_a_change_is_sent_at_the_next_look(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = make_dated()
    first = client.get(ALL)
    monkeypatch.setattr(clock, "read", lambda: datetime.now(UTC) + timedelta(minutes=1))
    activity.title = Multilingual.of("Changed")
    kept(activity)
    known = {
        "If-None-Match": first.headers["ETag"],
        "If-Modified-Since": first.headers["Last-Modified"],
    }
    again = client.get(ALL, headers=known)
    assert again.status_code == 200
    assert b"SUMMARY;LANGUAGE=en:Changed" in again.data
    dates = {"If-Modified-Since": first.headers["Last-Modified"]}
    assert client.get(ALL, headers=dates).status_code == 200


def test_time_alone_changes_a_feed_for_those_who_ask_by_date(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "read", lambda: datetime(2026, 7, 1, tzinfo=UTC))
    make_dated(starts_at=start, ends_at=start + timedelta(hours=7))
    first = client.get(ALL)
    assert first.headers["Last-Modified"] == "Wed, 01 Jul 2026 00:00:00 GMT"
    dates = {"If-Modified-Since": first.headers["Last-Modified"]}
    monkeypatch.setattr(clock, "read", lambda: datetime(2026, 11, 20, tzinfo=UTC))
    assert client.get(ALL, headers=dates).status_code == 304
    monkeypatch.setattr(clock, "read", lambda: datetime(2026, 11, 29, 5, tzinfo=UTC))
    last = client.get(ALL, headers=dates)
    assert last.status_code == 200
    assert b"BEGIN:VEVENT" not in last.data
    assert last.headers["Last-Modified"] == "Sun, 29 Nov 2026 00:00:00 GMT"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_feeds_are_only_read(client: FlaskClient, method: str) -> None:
    answer = client.open(ALL, method=method)
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= {each.strip() for each in answer.headers["Allow"].split(",")}


@pytest.mark.parametrize(
    "query", ["country=XX", "type=party", "theme=none", "group=none", "when=soon", "cancelled=1"]
)
def test_an_unknown_value_is_404_with_a_sentence(client: FlaskClient, query: str) -> None:
    answer = client.get(f"{ALL}?{query}")
    assert answer.status_code == 404
    assert answer.mimetype == "text/plain"
    assert answer.text.strip().endswith(".")


def test_an_unknown_parameter_does_not_count(client: FlaskClient) -> None:
    assert client.get(f"{ALL}?utm_source=letter").data == client.get(ALL).data


def test_equal_filters_share_a_validator(client: FlaskClient) -> None:
    make_dated("KH", "LA")
    one = client.get(f"{ALL}?country=LA&country=KH&type=learning_visit&sort=title&page=3")
    other = client.get(f"{ALL}?type=learning_visit&country=KH&country=LA&country=LA")
    assert one.data == other.data
    assert one.headers["ETag"] == other.headers["ETag"]


def test_an_unknown_activity_has_no_feed(client: FlaskClient) -> None:
    answer = client.get("/activities/no-such.ics")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")


def test_the_page_links_the_calendar_that_was_chosen(client: FlaskClient) -> None:
    make_dated("LA")
    answer = client.get("/calendar/subscribe?country=LA&type=")
    assert answer.status_code == 200
    assert "http://127.0.0.1:8000/activities.ics?country=LA" in answer.text
    assert "webcal://127.0.0.1:8000/activities.ics?country=LA" in answer.text
    google = "calendar.google.com/calendar/render?cid=webcal%3A%2F%2F127.0.0.1%3A8000%2Factivities"
    assert google in answer.text
    assert "outlook.live.com" in answer.text
    assert "<svg" in answer.text
    assert "8 to 24 hours" in answer.text
    assert '<option value="LA" selected>' in answer.text


def test_the_page_offers_only_calendars_that_hold_something(client: FlaskClient) -> None:
    make_dated("LA")
    text = client.get("/calendar/subscribe").text
    assert "country=LA" in text
    assert "country=TH" not in text


def test_what_else_was_chosen_stays_chosen(client: FlaskClient) -> None:
    make_dated("LA")
    text = client.get("/calendar/subscribe?country=LA&q=forest&cross_border=1").text
    assert "/activities.ics?q=forest&amp;country=LA&amp;cross_border=1" in text
    assert '<input type="hidden" name="q" value="forest">' in text


def test_addresses_of_feeds_are_short(client: FlaskClient) -> None:
    """Google reads no address of more than 256 characters."""
    make_dated("LA", "KH")
    query = "country=KH&country=LA&type=cross_border_learning&language=km&open=1"
    text = client.get(f"/calendar/subscribe?{query}").text
    (address,) = re.findall(r'id="calendar-address" readonly value="([^"]+)"', text)
    assert len(address) <= 200


def test_an_edit_that_no_calendar_shows_is_not_sent_again(client: FlaskClient) -> None:
    activity = make_dated()
    tag = client.get(ALL).headers["ETag"]
    activity.planned_participants = 40
    kept(activity)
    assert client.get(ALL, headers={"If-None-Match": tag}).status_code == 304
