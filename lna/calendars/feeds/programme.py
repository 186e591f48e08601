"""The public programme as feeds: what any list of activities shows, and each activity."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from lna.activities.criteria import Criteria
from lna.activities.queries import Programme, activity_ids, programme
from lna.calendars import queries
from lna.calendars.feeds.feed import PAST, Feed, first_day_shown, joined, kept
from lna.calendars.feeds.subscription import title
from lna.config import settings
from lna.core.ical import CalendarHead

ALL_PAST = datetime.min.replace(tzinfo=UTC)


def of_choice(criteria: Criteria, *, with_cancelled: bool = True) -> Feed:
    """What the activity list shows for these criteria, and what of it was over lately.

    Someone who asks for the past or for certain days gets exactly these, however long ago.
    """
    choice, present = criteria.but(sort=""), programme()
    since = first_day_shown() if choice.period == "coming" else ALL_PAST
    turns = list(_turned(present)) if choice.open or choice.when else []

    def make() -> Feed:
        ids = None if choice == Criteria() else set(activity_ids(choice, past=PAST))
        found = [
            entry
            for entry in queries.public_entries()
            if entry.ends_at >= since
            and (ids is None or entry.activity_id in ids)
            and (with_cancelled or entry.status != "cancelled")
        ]
        source = settings().address(choice.at("/activities.ics"))
        head = CalendarHead(name=title(choice, present.index.names), source=source)
        return joined(head, found, [*_left(since), *turns])

    return kept(f"{choice} {with_cancelled} {turns}", make)


def of_activity(code: str) -> Feed | None:
    """One activity with its sessions; None when there is none or it is not public."""
    activity = queries.public_activity(code)
    if activity is None:
        return None
    source = settings().address(f"/activities/{code}.ics")
    head = CalendarHead(name=str(activity.title), source=source)

    def make() -> Feed:
        entries = queries.public_entries()
        return joined(head, [entry for entry in entries if entry.activity_id == activity.id])

    return kept(f"activity {code}", make)


def _left(since: datetime) -> Iterator[datetime]:
    """The midnight at which the last entry fell out of the days shown."""
    ends = [entry.ends_at for entry in queries.public_entries() if entry.ends_at < since]
    if ends:
        yield datetime.combine(max(ends) + timedelta(days=1), time(), UTC) + PAST


def _turned(present: Programme) -> Iterator[datetime]:
    """When the last activity began, ended, or opened or closed its registration."""
    if phase := present.index.phase(present.now):
        yield present.index.moments[phase - 1]
