"""A new activity after the pattern of an old one."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from lna.accounts.models import User
from lna.activities.actions.outline import Outline
from lna.activities.actions.planning import Plan, plan
from lna.activities.actions.rules import look_alikes
from lna.activities.models import Activity
from lna.activities.queries.staff import Alike
from lna.core.multilingual import Multilingual


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Copy with all days shifted so that it starts on `starts_on`; None means a year later.

    `key` and `another_reason` are those of `Plan`.
    """

    starts_on: date | None = None
    title: Multilingual | None = None
    key: str = ""
    another_reason: str = ""


def copy(activity: Activity, command: Copy, *, by: User | None) -> Activity:
    """The same plan anew: an idea with a new code, linked to the original, its dates tentative.

    Times of day stay what they are on the clock. Registrations, results and the source of facts
    are not copied.
    """
    new = Plan(
        outline=pattern(activity, command),
        key=command.key,
        another_reason=command.another_reason,
    )
    return plan(new, by=by, copied_from=activity)


def alike_to_copy(activity: Activity, command: Copy) -> list[Alike]:
    """What the copy would look like, besides its original."""
    return look_alikes(pattern(activity, command), but=activity.id)


def pattern(activity: Activity, command: Copy) -> Outline:
    """The outline of the copy."""
    outline = Outline.of(activity)
    return replace(
        _shifted(outline, _days(activity, command.starts_on)),
        title=command.title or outline.title,
        dates_tentative=outline.starts_at is not None,
        actual_participants=None,
        actual_products=None,
        source="",
    )


def a_year_later(day: date) -> date:
    """The same day of the next year; the last of February stays one."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def a_year_after(activity: Activity) -> date | None:
    """The first day of the activity, a year later; None while its dates are open."""
    begins = _first_day(activity)
    return begins and a_year_later(begins)


def _first_day(activity: Activity) -> date | None:
    at = activity.starts_at
    return at.astimezone(ZoneInfo(activity.timezone)).date() if at else None


def _days(activity: Activity, starts_on: date | None) -> timedelta:
    begins = _first_day(activity)
    return (starts_on or a_year_later(begins)) - begins if begins else timedelta()


def _shifted(outline: Outline, days: timedelta) -> Outline:
    def later(at: datetime | None) -> datetime | None:
        return at and _same_clock(at, days, outline.timezone)

    sessions = tuple(
        replace(
            session,
            id=None,
            starts_at=_same_clock(session.starts_at, days, outline.timezone),
            ends_at=_same_clock(session.ends_at, days, outline.timezone),
        )
        for session in outline.sessions
    )
    return replace(
        outline,
        sessions=sessions,
        starts_at=later(outline.starts_at),
        ends_at=later(outline.ends_at),
        registration_opens_at=later(outline.registration_opens_at),
        registration_closes_at=later(outline.registration_closes_at),
    )


def _same_clock(at: datetime, days: timedelta, zone: str) -> datetime:
    """The same time of day so many days later, whatever the clocks do between."""
    return (at.astimezone(ZoneInfo(zone)) + days).astimezone(UTC)
