"""Showing an activity to everyone, and taking it back."""

from flask_babel import lazy_gettext as _

from lna.accounts.models import User
from lna.activities import policies
from lna.activities.actions import record
from lna.activities.models import Activity
from lna.activities.models.gates import PUBLISHING, closed
from lna.core import clock
from lna.core.refusal import Refused


def publish(activity: Activity, *, by: User | None) -> None:
    """Put it into lists, search, calendars and feeds; publishing twice changes nothing.

    `Refused` while the public page would lack its type, country or summary.
    """
    record.lock(activity)
    if activity.is_public:
        return
    if activity.is_cancelled:
        raise Refused(_("It is cancelled: restore it first."))
    _ask(activity, by)
    for gate in closed(activity, PUBLISHING):
        raise Refused(gate.reason)
    activity.published_at = clock.now()
    record.changed("activities.publish", activity, {"published_at"})


def unpublish(activity: Activity, *, by: User | None) -> None:
    """Make it a draft again: outsiders find nothing under its address."""
    record.lock(activity)
    if activity.is_public:
        _ask(activity, by)
        activity.published_at = None
        record.changed("activities.unpublish", activity, {"published_at"})


def _ask(activity: Activity, by: User | None) -> None:
    if by and not policies.can_publish(by, activity):
        raise Refused(_("This is not yours to decide."))
