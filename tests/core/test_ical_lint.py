"""The strict reader finds what is wrong, so that its silence means something."""

from datetime import UTC, datetime

import pytest

from lna.core.ical import CalendarEntry, CalendarHead, calendar
from lna.core.ical.entry import render
from tests.core import ical_lint

pytestmark = pytest.mark.pure
VEVENT = render(
    CalendarEntry(
        uid="00000000-0000-0000-0000-000000000007",
        summary="Đất, ដី",
        start=datetime(2027, 2, 9, 2, 0, tzinfo=UTC),
        end=datetime(2027, 2, 9, 9, 0, tzinfo=UTC),
        zone="Asia/Yangon",
        url="https://example.org/a",
    ),
    sequence=0,
    last_modified=datetime(2026, 11, 20, tzinfo=UTC),
)
GOOD = calendar(CalendarHead(name="Activities"), [VEVENT])


def test_a_good_calendar_has_no_problems():
    assert ical_lint.problems(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\n"),
        (b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\r\nCOLOR:" + b"x" * 70 + b"\r\n"),
        ("Đ".encode(), b"\xc4\r\n \x90"),
        (b"\\,", b"\\\r\n ,"),
        (b"\\,", b","),
        (b"\\,", b"\x07"),
        (b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\r\nSTATUS:CONFIRMED\r\n"),
        (b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\r\nLOCATION:\r\n"),
        (b"STATUS:CONFIRMED\r\n", b"STATUS:CONFIRMED\r\nATTENDEE:mailto:a@example.org\r\n"),
        (b"DTSTAMP:20261120T000000Z", b"DTSTAMP:20261120T000001Z"),
        (b"DTEND;TZID=Asia/Yangon:20270209T153000", b"DTEND;TZID=Asia/Yangon:20270209T083000"),
        (b"TZID:Asia/Yangon\r\n", b"TZID:Asia/Elsewhere\r\n"),
        (b"END:VEVENT\r\n", b"END:VEVENT\r\n" + VEVENT),
        (b"VERSION:2.0\r\n", b"VERSION:2.0\r\nUID:1\r\n"),
        (b"END:VCALENDAR\r\n", b""),
        (b"https://example.org/a\r\nEND", "https://example.org/ដី\r\nEND".encode()),
    ],
)
def test_a_spoilt_one_has(old, new):
    assert old in GOOD
    assert ical_lint.problems(GOOD.replace(old, new)) != []
