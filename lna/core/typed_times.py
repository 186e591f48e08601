"""Days, times of day and numbers as people type them: understood, or asked about, never guessed.

Digits of any script are read. Years are those of the common era; a Buddhist one is asked about.
"""

import re
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from flask_babel import lazy_gettext as _

from lna.core.i18n import BUDDHIST_ERA, day, zone_label
from lna.core.ical.zones import HOME_ZONES
from lna.core.refusal import Refused
from lna.core.typed_text import fold_digits

FIRST_YEAR, LAST_YEAR = 1900, 2199
BUDDHIST_YEARS = range(2400, 2701)
LARGEST = 1_000_000_000
_DAY = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})")
_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?::(\d{2})(?:\.\d+)?)?")


def read_day(text: str) -> date:
    """A day written as year, month, day; anything else is `Refused` with what to write."""
    found = _DAY.fullmatch(fold_digits(text).strip())
    if not found:
        raise Refused(_("Please write the day as year-month-day, for example 2027-02-09."))
    year, month, number = map(int, found.groups())
    if year in BUDDHIST_YEARS:
        common = year - BUDDHIST_ERA
        raise Refused(
            _("Did you mean %(common)s? Please write the year of the common era.", common=common)
        )
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            _("Please write a year from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
        )
    try:
        return date(year, month, number)
    except ValueError:
        raise Refused(_("There is no such day in the calendar.")) from None


def read_time(text: str) -> time:
    """A time of day by the 24-hour clock, `9:30` or `09:30`."""
    found = _TIME.fullmatch(fold_digits(text).strip())
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    if hour > 23 or minute > 59:
        raise Refused(_("Please write the time as hours and minutes, for example 09:30 or 16:00."))
    return time(hour, minute)


def read_number(text: str, *, least: int = 0, most: int = LARGEST) -> int:
    """A whole number in digits of any script, nothing else between them."""
    digits = fold_digits(text).strip()
    if not re.fullmatch(r"\d{1,12}", digits):
        raise Refused(_("Please write a whole number in digits, for example 1200."))
    if not least <= int(digits) <= most:
        raise Refused(
            _("Please write a number from %(least)s to %(most)s.", least=least, most=most)
        )
    return int(digits)


def instant(on: date, at: time, zone: str) -> datetime:
    """The moment in UTC; `Refused` when clocks are put forward over that time on that day.

    Of a time that comes twice, when clocks are put back, the first one is meant.
    """
    local = datetime.combine(on, at, ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise Refused(
            _(
                "On %(day)s there is no %(time)s (%(zone)s): the clocks are put forward.",
                day=day(on),
                time=f"{at:%H:%M}",
                zone=zone_label(zone, moment),
            )
        )
    return moment


def midnight(on: date, zone: str) -> datetime:
    """When a day begins in a zone, in UTC; where clocks skip midnight, the first moment after."""
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(UTC)


@cache
def zones() -> tuple[str, ...]:
    """Zones to choose from: those of the five home countries, then all the others by name."""
    continents = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/")
    further = (name for name in available_timezones() if name.startswith((*continents, "Pacific/")))
    return (*HOME_ZONES, *sorted(set(further).difference(HOME_ZONES)), "UTC")
