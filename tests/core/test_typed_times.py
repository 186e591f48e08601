from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lna.core.refusal import Refused
from lna.core.typed_times import (
    instant,
    midnight,
    read_day,
    read_number,
    read_time,
    zones,
)

SCRIPTS = {"Khmer": "០", "Lao": "໐", "Burmese": "၀", "Thai": "๐", "Arabic": "٠"}
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def in_script(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in text)


@pytest.mark.parametrize("zero", SCRIPTS.values(), ids=SCRIPTS)
@given(day=DAYS, at=st.times())
def test_every_day_and_time_is_read_in_every_script(zero, day, at):
    assert read_day(in_script(day.isoformat(), zero)) == day
    assert read_time(in_script(f"{at:%H:%M}", zero)) == at.replace(second=0, microsecond=0)


@given(text=st.text(max_size=12))
def test_any_text_is_a_day_or_refused(text):
    with suppress(Refused):
        assert isinstance(read_day(text), date)


@given(text=st.text(max_size=8))
def test_any_text_is_a_time_or_refused(text):
    with suppress(Refused):
        assert isinstance(read_time(text), time)


@given(year=st.integers(2400, 2700))
def test_a_buddhist_year_is_asked_about(year):
    with pytest.raises(Refused, match=f"Did you mean {year - 543}"):
        read_day(f"{year}-02-09")


@pytest.mark.parametrize(
    "text", ["2027-02-30", "2027-13-01", "2027-00-10", "9/2/2027", "0001-01-01", "9999-01-01", "x"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Refused):
        read_day(text)


@pytest.mark.parametrize("text", ["24:00", "12:60", "9", "noon", "-1:00", "12:30:99x"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Refused):
        read_time(text)


def test_ways_to_write_a_day_and_a_time():
    assert read_day(" 2027.2.9 ") == read_day("2027/02/09") == date(2027, 2, 9)
    assert read_time("9.30") == read_time("09h30") == read_time("09:30:15") == time(9, 30)


@given(day=DAYS, at=st.times(), zone=st.sampled_from(zones()))
def test_a_moment_shows_the_clock_it_was_written_by_or_is_refused(day, at, zone):
    try:
        moment = instant(day, at, zone)
    except Refused:  # clocks are put forward over it: a minute on, or an hour or a day, they exist
        assert _gap_around(day, at, zone)
        return
    local = moment.astimezone(ZoneInfo(zone))
    assert (local.date(), local.time()) == (day, at)
    assert moment.tzinfo is UTC


def _gap_around(day: date, at: time, zone: str) -> bool:
    naive = datetime.combine(day, at)
    before, after = (
        (naive + timedelta(days=shift)).replace(tzinfo=ZoneInfo(zone)).utcoffset()
        for shift in (-2, 2)
    )
    return before != after


@pytest.mark.parametrize(
    ("day", "at", "zone"),
    [
        ("2027-03-28", "02:30", "Europe/Paris"),
        ("2027-03-14", "02:00", "America/New_York"),
        ("2018-11-04", "00:30", "America/Sao_Paulo"),
        ("2011-12-30", "12:00", "Pacific/Apia"),
    ],
)
def test_a_time_that_does_not_exist_is_refused_by_its_day_and_zone(day, at, zone):
    with pytest.raises(Refused) as refusal:
        instant(date.fromisoformat(day), time.fromisoformat(at), zone)

    assert at in str(refusal.value.reason)
    assert zone.split("/")[1].replace("_", " ") in str(refusal.value.reason)


def test_of_a_time_that_comes_twice_the_first_is_meant():
    moment = instant(date(2027, 10, 31), time(2, 30), "Europe/Paris")

    assert moment == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@given(day=DAYS, zone=st.sampled_from(zones()))
def test_midnight_begins_the_day(day, zone):
    begins = midnight(day, zone).astimezone(ZoneInfo(zone))

    assert begins.date() == day or _gap_around(day, time(), zone)
    earlier = (midnight(day, zone) - timedelta(microseconds=1)).astimezone(ZoneInfo(zone))
    assert earlier.date() <= day


def test_home_zones_come_first():
    assert set(zones()[:5]) == {
        "Asia/Bangkok",
        "Asia/Ho_Chi_Minh",
        "Asia/Phnom_Penh",
        "Asia/Vientiane",
        "Asia/Yangon",
    }


@pytest.mark.parametrize("text", ["1_000", "1,000", "nan", "1e3", "-1", "١٢x", "1" * 13, "", "²"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(Refused):
        read_number(text)


@given(number=st.integers(0, 1_000_000_000))
def test_numbers_are_read_in_any_script(number):
    assert {read_number(in_script(str(number), zero)) for zero in SCRIPTS.values()} == {number}
