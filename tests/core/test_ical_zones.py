"""Clients that know no zone of their own arrive at the same moments by the blocks we send."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from lna.core.ical.zones import HOME_ZONES, block

pytestmark = pytest.mark.pure
FURTHER = (
    "Europe/Paris",
    "Europe/Dublin",
    "America/New_York",
    "America/Santiago",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "UTC",
)


def client_zone(zone):
    """The zone as a client builds it from the block alone."""
    calendar = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + block(zone) + b"END:VCALENDAR\r\n"
    return vobject.readOne(calendar.decode()).vtimezone.tzinfo


@pytest.mark.parametrize("zone", [*HOME_ZONES, *FURTHER])
def test_a_block_tells_every_offset_of_its_zone(zone):
    theirs, truth = client_zone(zone), ZoneInfo(zone)
    day = datetime(2010, 1, 2, 12)  # noqa: DTZ001
    while day.year < 2037:
        assert theirs.utcoffset(day) == truth.utcoffset(day), day
        day += timedelta(days=5)


def test_a_block_is_made_once_and_stays_the_same():
    assert block("Europe/Paris") is block("Europe/Paris")
    block.cache_clear()
    assert block("Asia/Yangon") == (
        b"BEGIN:VTIMEZONE\r\nTZID:Asia/Yangon\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        b"TZOFFSETFROM:+0630\r\nTZOFFSETTO:+0630\r\nTZNAME:+0630\r\nEND:STANDARD\r\n"
        b"END:VTIMEZONE\r\n"
    )


@pytest.mark.parametrize("zone", HOME_ZONES)
def test_the_clocks_of_the_home_zones_do_not_turn(zone):
    truth, at = ZoneInfo(zone), datetime(1976, 1, 1, tzinfo=UTC)
    offsets = {
        (at + timedelta(days=30 * month)).astimezone(truth).utcoffset() for month in range(760)
    }
    assert len(offsets) == 1
