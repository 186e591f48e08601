"""VTIMEZONE blocks: one per zone, the same bytes as long as the zone's rules stay the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lna.core.ical.lines import fold, local

HOME_ZONES = {  # no clock of theirs has turned since 1975, and none is going to
    "Asia/Bangkok": "+0700",
    "Asia/Ho_Chi_Minh": "+0700",
    "Asia/Phnom_Penh": "+0700",
    "Asia/Vientiane": "+0700",
    "Asia/Yangon": "+0630",
}
FIRST_YEAR, LAST_YEAR = 2010, 2037  # fixed, so a block does not change with the day it is made
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Change(NamedTuple):
    """One turn of the clocks: the local time just before it, and what it turns to."""

    onset: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool


@cache
def block(zone: str) -> bytes:
    """The VTIMEZONE of an IANA zone: constant for a home zone, else complete from 2010 on."""
    home = HOME_ZONES.get(zone)
    observances = _steady(home) if home else b"".join(_observances(ZoneInfo(zone)))
    named = b"BEGIN:VTIMEZONE\r\n" + fold(f"TZID:{zone}".encode())
    return named + observances + b"END:VTIMEZONE\r\n"


def _steady(offset: str) -> bytes:
    return (
        "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\n"
        f"TZNAME:{offset.removesuffix('00')}\r\nEND:STANDARD\r\n"
    ).encode()


def _observances(zone: ZoneInfo) -> Iterator[bytes]:
    begin = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    offset = begin.utcoffset() or timedelta()
    onset = begin.replace(tzinfo=None)
    yield _observance(Change(onset, offset, offset, str(begin.tzname()), bool(begin.dst())))
    changes = sorted(_changes(zone), key=_kind)
    for _, alike in groupby(changes, key=_kind):
        yield from _regular_and_other(list(alike))


def _kind(change: Change) -> tuple[timedelta, timedelta, str, bool]:
    return change[1:]


def _changes(zone: ZoneInfo) -> Iterator[Change]:
    """Every change of offset from the first to the last year, by halving each day that has one."""
    at, end = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    while at < end:
        later = at + timedelta(days=1)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            yield _turn(zone, at, later)
        at = later


def _turn(zone: ZoneInfo, early: datetime, late: datetime) -> Change:
    before = early.astimezone(zone).utcoffset() or timedelta()
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) // 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    new = late.astimezone(zone)
    onset = (late + before).replace(tzinfo=None)
    return Change(onset, before, new.utcoffset() or timedelta(), str(new.tzname()), bool(new.dst()))


def _regular_and_other(changes: list[Change]) -> Iterator[bytes]:
    """The years to the end that follow one rule as a rule, the others each on their own.

    Never an RDATE: clients read rules and single dates right, lists of dates less often.
    """
    for first in range(len(changes)):
        if rule := _yearly_rule(changes[first:]):
            yield from map(_observance, changes[:first])
            yield _observance(changes[first], rule)
            return
    yield from map(_observance, changes)


def _yearly_rule(changes: list[Change]) -> str:
    """`FREQ=YEARLY;…` if the changes are one a year to the last, on the same weekday of a month."""
    onsets = [change.onset for change in changes]
    years = [onset.year for onset in onsets]
    months, weekdays = {o.month for o in onsets}, {o.weekday() for o in onsets}
    if years != list(range(years[0], LAST_YEAR + 1)) or len(years) < 3:
        return ""
    if len(months) > 1 or len(weekdays) > 1 or len({onset.time() for onset in onsets}) > 1:
        return ""
    positions = set.intersection(*map(_positions, onsets))
    if not positions:
        return ""
    weekday = WEEKDAYS[weekdays.pop()]
    return f"RRULE:FREQ=YEARLY;BYMONTH={months.pop()};BYDAY={min(positions)}{weekday}"


def _positions(onset: datetime) -> set[int]:
    """Which one of its weekdays in the month it is: 2 the second, -1 the last."""
    is_last = (onset + timedelta(days=7)).month != onset.month
    return {(onset.day + 6) // 7} | ({-1} if is_last else set())


def _observance(change: Change, rule: str = "") -> bytes:
    kind = "DAYLIGHT" if change.is_daylight else "STANDARD"
    lines = [
        f"BEGIN:{kind}",
        f"DTSTART:{local(change.onset)}",
        f"TZOFFSETFROM:{_offset(change.before)}",
        f"TZOFFSETTO:{_offset(change.after)}",
        f"TZNAME:{change.name}",
        rule,
        f"END:{kind}",
    ]
    return b"".join(fold(said.encode()) for said in lines if said)


def _offset(offset: timedelta) -> str:
    """`+0630`; seconds only where a zone has them."""
    sign = "-" if offset < timedelta() else "+"
    hours, rest = divmod(abs(offset), timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    seconds = f"{rest.seconds:02}" if rest else ""
    return f"{sign}{hours:02}{minutes:02}{seconds}"
