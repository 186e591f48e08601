"""Planning an activity and changing what is said about it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from lna.accounts.models import User
from lna.activities.actions import record, rules
from lna.activities.actions.codes import new_code
from lna.activities.actions.outline import FIELDS, Outline, changed_since
from lna.activities.actions.writing import write
from lna.activities.models import Activity, StageChange
from lna.activities.models.activity import new_uid
from lna.activities.models.gates import closed_gates
from lna.activities.models.stages import Stage
from lna.activities.queries import staff as queries
from lna.core.db import db
from lna.core.refusal import Refused
from lna.core.versions import raise_version

MOMENTS = ("starts_at", "ends_at", "registration_opens_at", "registration_closes_at")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A new activity. `key` (a UUID) makes asking twice harmless.

    `another_reason` says why it is another activity than the one it looks like (M13).
    """

    outline: Outline
    key: str = ""
    another_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Revise:
    """The whole outline of an activity, anew. `seen` are the prints of what the writer changed
    it from (`Outline.prints`); None does not ask whether somebody else wrote meanwhile."""

    outline: Outline
    seen: Mapping[str, str] | None = None


def plan(command: Plan, *, by: User | None, copied_from: Activity | None = None) -> Activity:
    """Add an activity at the stage of an idea, unpublished, under a new code; it is flushed.

    `by` is None for a program (an import, the demo content): nobody's country scope is asked
    then. `Refused` with the field if a rule is broken, at `is_another` if one like it exists.
    Afterwards `move`, `publish` and `revise` bring it further; the caller commits.
    """
    outline = settled(command.outline)
    uid = _uid_for(command.key, by) if command.key else new_uid()
    raise_version(record.TOPIC)  # one writer at a time from here: keys are known, codes counted
    if known := queries.activity_with_uid(uid):
        return known
    rules.obey(outline)
    rules.stay_in_scope(outline, by)
    reason = _reason_for_another(outline, command.another_reason, copied_from)
    activity = Activity(code=new_code(outline), uid=uid, created_by_id=by.id if by else None)
    activity.copied_from_id = copied_from.id if copied_from else None
    db.session.add(activity)
    write(outline, activity, frozenset(FIELDS))
    activity.stage_changes.append(
        StageChange(to_stage=Stage.IDEA, by_id=by.id if by else None, reason=reason)
    )
    record.changed("activities.plan", activity, FIELDS)
    return activity


def revise(activity: Activity, command: Revise, *, by: User | None) -> frozenset[str]:
    """Change what is said about an activity; the names of the fields that changed.

    `Refused` with the field if a rule is broken, if a gate the activity has passed would close
    behind it, and at `seen` if somebody else changed something since the writer looked.
    """
    record.lock(activity)
    outline, present = settled(command.outline), Outline.of(activity)
    fields = outline.differing(present)
    if command.seen is not None and changed_since(present, command.seen) & fields:
        raise Refused(_("Somebody else has changed this activity since you opened it."), "seen")
    rules.obey(outline)
    rules.stay_in_scope(outline, by)
    rules.fit_what_is_taken(outline, activity)
    rules.keep_approval(outline, activity, by)
    rules.keep_hidden(outline, activity, by)
    if not fields:
        return fields
    passed = _closed_behind(activity)
    write(outline, activity, fields)
    for field, reason in _closed_behind(activity).items():
        if field not in passed:
            raise Refused(reason, field)
    record.changed("activities.revise", activity, fields)
    return fields


def settled(outline: Outline) -> Outline:
    """The outline with what follows from the rest of it: the cross-border flag (M22), no type
    named twice, moments to the minute."""
    foreign = set(outline.origin_countries).difference(outline.countries)
    crosses = bool(foreign) or outline.type == "cross_border_learning"
    return replace(
        outline,
        is_cross_border=outline.is_cross_border or crosses,
        secondary_types=tuple(each for each in outline.secondary_types if each != outline.type),
        **{name: _minute(getattr(outline, name)) for name in MOMENTS if not outline.all_day},
        sessions=tuple(
            replace(each, starts_at=_minute(each.starts_at), ends_at=_minute(each.ends_at))
            for each in outline.sessions
        ),
    )


def _minute(at: datetime | None) -> Any:
    return at and at.replace(second=0, microsecond=0)


def _uid_for(key: str, by: User | None) -> str:
    """The same for the same form in the same hands; not a UID somebody could choose."""
    try:
        return str(uuid5(UUID(key), f"activity by {by.id if by else 0}"))
    except ValueError:
        raise Refused(_("Please open the form again.")) from None


def _reason_for_another(outline: Outline, reason: str, copied_from: Activity | None) -> str:
    alike = rules.look_alikes(outline, but=copied_from.id if copied_from else None)
    if not alike:
        return ""
    if not reason:
        raise Refused(
            _("It looks like %(code)s. If it is another one, please say why.", code=alike[0].code),
            "is_another",
        )
    said = gettext("Another activity than %(code)s: %(reason)s", code=alike[0].code, reason=reason)
    return str(said)


def _closed_behind(activity: Activity) -> dict[str, str]:
    """What keeps an approved activity from the approval it has, by field."""
    if not activity.stage.is_approved:
        return {"type": str(_("Choose one of the eight types."))} if _lost_type(activity) else {}
    return {gate.field: str(gate.reason) for gate in closed_gates(activity, Stage.APPROVED)}


def _lost_type(activity: Activity) -> bool:
    return not activity.type and activity.stage not in {Stage.IDEA, Stage.CANCELLED}
