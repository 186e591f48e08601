"""The public programme as feeds: what any list of activities shows, and each activity."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from lna.activities.criteria import Criteria
from lna.activities.queries import Programme, activity_ids, programme
from lna.calendars import queries
from lna.calendars.feeds.feed import PAST, Feed, first_day_shown, joined, kept
from lna.calendars.feeds.subscription import address, title
from lna.calendars.queries import ALL_PAST
from lna.core.ical import CalendarHead


def of_choice(criteria: Criteria, *, with_cancelled: bool = True) -> Feed:
    """What the activity list shows for these criteria, and what of it was over lately.

    Someone who asks for the past or for certain days gets exactly these, however long ago.
    """
    choice, present = criteria.but(sort=""), programme()
    since = first_day_shown() if choice.period == "coming" else ALL_PAST
    turns = list(_turned(present)) if choice.open or choice.when else []

    def make() -> Feed:
        ids = None if choice == Criteria() else set(activity_ids(choice, past=PAST))
        found = queries.public_entries(since, ids, with_cancelled=with_cancelled)
        source = address(choice.at("/activities.ics"))
        head = CalendarHead(name=title(choice, present.index.names), source=source)
        return joined(head, found, [*_left(since), *turns])

    return kept(f"{choice} {with_cancelled} {turns}", make)


def of_activity(code: str) -> Feed | None:
    """One activity with its sessions; None when there is none or it is not public."""
    activity = queries.public_activity(code)
    if activity is None:
        return None
    head = CalendarHead(name=str(activity.title), source=address(f"/activities/{code}.ics"))
    return kept(f"activity {code}", lambda: joined(head, queries.entries_of_activity(activity.id)))


def _left(since: datetime) -> Iterator[datetime]:
    """The midnight at which the last entry fell out of the days shown."""
    if since > ALL_PAST and (end := queries.last_end_before(since)):
        yield datetime.combine(end + timedelta(days=1), time(), UTC) + PAST


def _turned(present: Programme) -> Iterator[datetime]:
    """When the last activity began, ended, or opened or closed its registration."""
    if phase := present.index.phase(present.now):
        yield present.index.moments[phase - 1]
