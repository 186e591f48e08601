"""What one's own page adds to a calendar: the entries everyone gets, under the same UIDs."""

from lna.activities.feeds import KIND
from lna.activities.models import Activity
from lna.core.i18n import plain
from lna.core.ical import CalendarHead, calendar
from lna.core.ical.keep import entries_of


def activity_calendar(activity: Activity) -> bytes:
    """The activity and its sessions; nothing of the person, and never the personal link."""
    shown = [entry for entry in entries_of(KIND, activity.id) if entry.scope == "public"]
    head = CalendarHead(name=plain(activity.title))
    return calendar(head, [entry.rendered for entry in shown], {entry.zone for entry in shown})
