"""What staff do with one registration or several: confirm, put back, cancel, note a no."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from lna.accounts.models import User
from lna.activities.models import Activity
from lna.core import audit, tokens
from lna.core.db import db
from lna.core.refusal import Refused
from lna.registrations import letters, policies, queries
from lna.registrations.actions import seats
from lna.registrations.actions.own import change_details
from lna.registrations.actions.signup import Details
from lna.registrations.models import STAFF, Registration, State

VERBS = {
    "confirm": _("Confirm"),
    "put_back": _("Put back on the list"),
    "cancel": _("Cancel the registration"),
    "decline": _("Note that they said no"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One verb of `VERBS` for some registrations of an activity; the reason goes into letters."""

    ids: tuple[int, ...]
    verb: str
    reason: str = ""


@dataclass(frozen=True)
class Affected:
    """What happened to one person; `why_not` says why nothing did."""

    name: str
    before: State
    after: State
    why_not: str = ""


@dataclass(frozen=True)
class Outcome:
    """Those chosen, and those who moved up the waiting list because of it."""

    chosen: list[Affected]
    moved_up: list[Affected]

    @property
    def changed(self) -> int:
        return sum(not each.why_not for each in self.chosen)


def change(activity: Activity, command: Change, *, by: User) -> Outcome:
    """Do it for each, in the order they came; who cannot be changed is named with the reason."""
    if command.verb not in VERBS:
        raise Refused(_("Please choose what to do."))
    seats.lock(activity)
    waiting = queries.first_waiting(activity, None)
    chosen = queries.registrations_with(activity, command.ids)
    if not chosen:
        raise Refused(_("Please choose at least one person."))
    audit.record(f"registrations.{command.verb}", activity, ["state"])
    affected = [_change(each, command, by) for each in chosen]
    return Outcome(affected, _moved_up(waiting, chosen))


def _change(registration: Registration, command: Change, by: User) -> Affected:
    before = registration.state
    try:
        DO[command.verb](registration, command.reason, by)
    except Refused as refusal:
        return Affected(registration.name, before, registration.state, str(refusal.reason))
    return Affected(registration.name, before, registration.state)


def _confirm(registration: Registration, _reason: str, by: User) -> None:
    seats.confirm(registration, by=by)
    letters.approved(registration)


def _put_back(registration: Registration, _reason: str, by: User) -> None:
    seats.put_back(registration, by=by)
    letters.restored(registration)


def _cancel(registration: Registration, reason: str, by: User) -> None:
    _end(registration, State.CANCELLED, reason, by)
    letters.cancelled(registration, reason)


def _decline(registration: Registration, reason: str, by: User) -> None:
    _end(registration, State.DECLINED, reason, by)


def _end(registration: Registration, state: State, reason: str, by: User) -> None:
    if not seats.end(registration, state, by=by, origin=STAFF, reason=reason):
        raise Refused(_("Nothing changes: this has ended already."))


DO: dict[str, Callable[[Registration, str, User], None]] = {
    "confirm": _confirm,
    "put_back": _put_back,
    "cancel": _cancel,
    "decline": _decline,
}


def _moved_up(waiting: Iterable[Registration], chosen: Iterable[Registration]) -> list[Affected]:
    others = (each for each in waiting if each not in chosen)
    return [
        Affected(each.name, State.WAITING, each.state)
        for each in others
        if each.state is not State.WAITING
    ]


def correct(registration: Registration, details: Details, *, by: User) -> None:
    """Complete or correct what is written about somebody."""
    audit.record("registrations.correct", registration, vars(details))
    change_details(registration, details)


def give_link(registration: Registration) -> str | None:
    """A new personal link: by letter, or as the secret to show where there is no e-mail."""
    if not registration.is_live:
        raise Refused(_("This registration has ended: put it back on the list first."))
    audit.record("registrations.link", registration)
    if registration.email:
        letters.link_again(registration)
        return None
    return tokens.issue(queries.LINK, registration.id)


def hide(activity: Activity, hidden: bool, *, by: User) -> None:
    """Lock the list of participants and its exports at once; only regional staff unlock it."""
    if not hidden and not policies.can_show_participants(by):
        raise Refused(_("Only a coordinator can unlock the list."))
    activity.hides_participants = hidden
    db.session.flush()
    audit.record(
        "participants.hide" if hidden else "participants.show", activity, ["hides_participants"]
    )
