"""Where an activity stands for somebody who might take part: decided in one place."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from lna.activities.models import Stage

OVER = frozenset({Stage.COMPLETED, Stage.CANCELLED})
"""Stages in which nothing more is to come, whatever the dates say."""


class Standing(StrEnum):
    """The one thing a badge says."""

    CANCELLED = "cancelled"
    PAST = "past"
    UNDER_WAY = "under_way"
    OPEN = "open"
    FULL = "full"
    OPENS_LATER = "opens_later"
    CLOSED = "closed"
    PLANNED = "planned"


class Scheduled(Protocol):
    """What must be known of an activity: the model has it, and every row of a list."""

    @property
    def stage(self) -> Stage: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def admission(self) -> str: ...
    @property
    def registration_opens_at(self) -> datetime | None: ...
    @property
    def registration_closes_at(self) -> datetime | None: ...


class Seated(Scheduled, Protocol):
    """The same with its seats."""

    @property
    def capacity(self) -> int | None: ...
    @property
    def seats_taken(self) -> int: ...


def is_past(activity: Scheduled, now: datetime) -> bool:
    """Over by its dates; without dates, by its stage."""
    if end := activity.ends_at or activity.starts_at:
        return end <= now
    return activity.stage in OVER


def has_begun(activity: Scheduled, now: datetime) -> bool:
    return activity.starts_at is not None and activity.starts_at <= now


def may_take_registrations(activity: Scheduled) -> bool:
    """Whether people can register at some time: approved, not over, open to the public."""
    return (
        activity.admission != "closed"
        and activity.stage.is_approved
        and activity.stage not in {*OVER, Stage.FOLLOW_UP}
    )


def takes_registrations(activity: Scheduled, now: datetime) -> bool:
    """Whether people can register now, for a seat or for the waiting list."""
    opens, closes = activity.registration_opens_at, activity.registration_closes_at
    return (
        may_take_registrations(activity)
        and not has_begun(activity, now)
        and (opens is None or opens <= now)
        and (closes is None or now < closes)
    )


def is_full(activity: Seated) -> bool:
    return activity.capacity is not None and activity.seats_taken >= activity.capacity


def standing(activity: Seated, now: datetime) -> Standing:
    """The first of these that is true."""
    if activity.stage is Stage.CANCELLED:
        return Standing.CANCELLED
    if is_past(activity, now):
        return Standing.PAST
    if has_begun(activity, now):
        return Standing.UNDER_WAY
    if takes_registrations(activity, now):
        return Standing.FULL if is_full(activity) else Standing.OPEN
    if not may_take_registrations(activity):
        return Standing.PLANNED
    opens = activity.registration_opens_at
    return Standing.OPENS_LATER if opens and opens > now else Standing.CLOSED


def local_days(
    starts_at: datetime | None, ends_at: datetime | None, zone: str
) -> tuple[date, date] | None:
    """First and last calendar day in the activity's own zone; None while the dates are open.

    An end at midnight belongs to the day before it, as that of an all-day activity does.
    """
    if starts_at is None:
        return None
    here = ZoneInfo(zone)
    first = starts_at.astimezone(here).date()
    if ends_at is None:
        return first, first
    return first, max(first, (ends_at - timedelta(microseconds=1)).astimezone(here).date())
