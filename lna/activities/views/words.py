"""Words and dates of activities for templates, as filters."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lna.activities import queries
from lna.activities.queries import labels
from lna.activities.views import bp
from lna.core.i18n import language, zone_label
from lna.core.multilingual import Multilingual, Shown


@bp.app_template_filter()
def coded(code: str, name: str) -> str:
    """A code of a closed list in words: `activity.type | coded("type")`."""
    return labels.coded(name, code)


@bp.app_template_filter()
def place(at: tuple[str, str]) -> str:
    """A country and a province (which may be empty) in words."""
    return labels.place_name(*at)


@bp.app_template_filter()
def second_title(title: Multilingual, spoken: Iterable[str] = ()) -> Shown | None:
    """The title in one more language, if there is one."""
    return queries.second_title(title, language(), spoken)


@bp.app_template_filter()
def other_titles(title: Multilingual) -> list[Shown]:
    """The title in every other language."""
    return queries.other_titles(title, language())


@bp.app_template_filter()
def local_day(at: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


@bp.app_template_filter()
def local_time(at: datetime, zone: str) -> str:
    """The time of day of a moment in a zone, which must be named beside it."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


@bp.app_template_filter("zone_label")
def zone_words(zone: str, at: datetime) -> str:
    """A zone by its city and its distance from UTC at a moment."""
    return zone_label(zone, at)


@bp.app_template_filter()
def differs(zone: str, other: str, at: datetime) -> bool:
    """Whether clocks in two zones show different times at a moment."""
    return at.astimezone(ZoneInfo(zone)).utcoffset() != at.astimezone(ZoneInfo(other)).utcoffset()
