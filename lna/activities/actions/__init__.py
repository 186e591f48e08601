"""Every change to activities. Actions flush; whoever calls them commits.

From a program: `activity = plan(Plan(outline=Outline(title=…, …)), by=None)`, then
`move(activity, Move(to=Stage.APPROVED, reason=…), by=None)` and `publish(activity, by=None)`.
"""

from lna.activities.actions.copying import (
    Copy,
    a_year_after,
    a_year_later,
    alike_to_copy,
    copy,
)
from lna.activities.actions.outline import Outline, Part, Place, Session, merge
from lna.activities.actions.planning import Plan, Revise, plan, revise
from lna.activities.actions.publishing import publish, unpublish
from lna.activities.actions.record import watchers
from lna.activities.actions.rules import look_alikes
from lna.activities.actions.stages import (
    Cancel,
    Move,
    Restore,
    SendBack,
    cancel,
    move,
    needs_reason,
    restore,
    send_back,
)

__all__ = [
    "Cancel",
    "Copy",
    "Move",
    "Outline",
    "Part",
    "Place",
    "Plan",
    "Restore",
    "Revise",
    "SendBack",
    "Session",
    "a_year_after",
    "a_year_later",
    "alike_to_copy",
    "cancel",
    "copy",
    "look_alikes",
    "merge",
    "move",
    "needs_reason",
    "plan",
    "publish",
    "restore",
    "revise",
    "send_back",
    "unpublish",
    "watchers",
]
