"""The way of an activity through its cycle (F11): every step with its gates, reasons, history."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _

from lna.accounts.models import User
from lna.activities import letters, policies
from lna.activities.actions import record
from lna.activities.models import CYCLE, Activity, Stage, StageChange
from lna.activities.models.gates import closed_gates
from lna.activities.queries import staff as queries
from lna.core import clock
from lna.core.multilingual import Multilingual
from lna.core.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class Move:
    """To another stage; `reason` is needed for a step back or over a stage.

    `at` is for a step that was taken earlier and is written down now.
    """

    to: Stage
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class SendBack:
    """Not approved as it is: back to the concept note, with comments for the responsible person."""

    comments: str


@dataclass(frozen=True, kw_only=True)
class Cancel:
    """It will not take place; the reason is public, in any languages."""

    reason: Multilingual


@dataclass(frozen=True, kw_only=True)
class Restore:
    """It takes place after all, from the stage where it was cancelled."""

    reason: str


def needs_reason(activity: Activity, to: Stage) -> bool:
    """Whether a step goes back or leaves a stage out."""
    return CYCLE.index(to) != CYCLE.index(activity.stage) + 1


def move(activity: Activity, command: Move, *, by: User | None) -> StageChange:
    """Take a step; `Refused` if a gate is closed, at `reason` if one has to be given.

    A step into `approved` is the approval: the responsible person gets a letter. `by` is None
    for a program: nobody's rights are asked, no letter is written.
    """
    record.lock(activity)
    to = command.to
    if activity.is_cancelled:
        raise Refused(_("It is cancelled: restore it first."), "to")
    if to is activity.stage or to is Stage.CANCELLED:
        raise Refused(_("Please choose another stage."), "to")
    if by and not policies.can_move(by, activity, to):
        raise Refused(_("This is not yours to decide."), "to")
    if needs_reason(activity, to) and not command.reason:
        raise Refused(_("Please write why: a stage is left out, or it goes back."), "reason")
    if CYCLE.index(to) > CYCLE.index(activity.stage):
        for gate in closed_gates(activity, to):
            raise Refused(gate.reason, "to")
    change = _step(activity, to, by, command.reason, command.at)
    if by and to is Stage.APPROVED:
        letters.approved(activity, change)
    return change


def send_back(activity: Activity, command: SendBack, *, by: User) -> StageChange:
    """Return a proposal with comments; the responsible person gets them in a letter."""
    record.lock(activity)
    if activity.stage is not Stage.APPRAISAL:
        raise Refused(_("It is not waiting for a decision."))
    if not policies.can_approve(by, activity):
        raise Refused(_("This is not yours to decide."))
    change = _step(activity, Stage.CONCEPT_NOTE, by, command.comments)
    letters.returned(activity, change)
    return change


def cancel(activity: Activity, command: Cancel, *, by: User | None) -> StageChange:
    """Cancel it; it stays in lists and calendars as cancelled, with the reason."""
    record.lock(activity)
    if by and not policies.can_edit(by, activity):
        raise Refused(_("This is not yours to decide."))
    if activity.is_cancelled:
        raise Refused(_("It is cancelled already."))
    if activity.stage is Stage.COMPLETED:
        raise Refused(_("It is completed: nothing is left to cancel."))
    if not command.reason:
        raise Refused(_("Please write the reason in one language at least."))
    activity.cancelled_reason = command.reason
    return _step(activity, Stage.CANCELLED, by, str(command.reason))


def restore(activity: Activity, command: Restore, *, by: User | None) -> StageChange:
    """Undo a cancellation. Where it was approved, only those who may approve can."""
    record.lock(activity)
    if not activity.is_cancelled:
        raise Refused(_("It is not cancelled."))
    to = queries.stage_before_cancelling(activity)
    if by and not policies.can_restore(by, activity, to):
        raise Refused(_("It was approved: only those who may approve it can restore it."))
    if not command.reason:
        raise Refused(_("Please write why."), "reason")
    activity.cancelled_reason = Multilingual()
    return _step(activity, to, by, command.reason)


def _step(
    activity: Activity, to: Stage, by: User | None, reason: str, at: datetime | None = None
) -> StageChange:
    change = StageChange(
        from_stage=activity.stage,
        to_stage=to,
        at=at or clock.now(),
        by_id=by.id if by else None,
        reason=reason,
    )
    activity.stage_changes.append(change)
    activity.stage = to
    record.changed(f"activities.stage.{to}", activity, {"stage"})
    return change
