"""Seats and the waiting list: the only writer of the states that take them.

Every verb here first locks the activity's row and reads it afresh, so that what it finds stays
true until the transaction ends; what frees a seat gives it on in the same transaction. The
counts on the activity are kept here, and a check in the database refuses an oversold one.
"""

from typing import Any
from weakref import WeakKeyDictionary

from flask_babel import lazy_gettext as _
from sqlalchemy import Row, bindparam, update
from sqlalchemy.orm import SessionTransaction
from sqlalchemy.orm.attributes import set_committed_value

from lna.accounts.models import User
from lna.activities.actions import watchers
from lna.activities.models import Activity, Stage
from lna.core.db import db, insert_row
from lna.core.refusal import Refused
from lna.core.versions import raise_version
from lna.registrations import letters, queries
from lna.registrations.actions import people
from lna.registrations.models import (
    ENDED,
    QUEUE,
    SEATED,
    STAFF,
    Registration,
    RegistrationChange,
    State,
)

TOPIC = "seats"
READ = (
    *("stage", "published_at", "starts_at", "ends_at", "capacity", "admission"),
    *("registration_opens_at", "registration_closes_at", "seats_taken", "waiting"),
)
"""What a decision about seats depends on, read under the lock."""
_activity = Activity.__table__.c
COUNT = (
    update(Activity.__table__)  # type: ignore[arg-type]
    .where(_activity.id == bindparam("activity"))
    .values(
        seats_taken=_activity.seats_taken + bindparam("seats"),
        waiting=_activity.waiting + bindparam("queued"),
        changed_at=_activity.changed_at,  # the programme did not change
    )
)
Open = Activity | Row[Any]
"""An activity, or the row of it that a sign-up reads."""
_locked: WeakKeyDictionary[SessionTransaction, set[int]] = WeakKeyDictionary()


def lock(activity: Open) -> None:
    """Hold the activity's row until the transaction ends, and know its seats as they are."""
    if not _is_locked(activity):
        db.session.refresh(activity, READ, with_for_update=True)  # a row was locked as it was read
        _note_lock(activity)


def locked_activity(code: str) -> Row[Any]:
    """What a sign-up needs of an activity, locked as it is read; or NoResultFound."""
    activity = queries.lock_activity(code)
    _note_lock(activity)
    return activity


def state_for(activity: Open, *, approved: bool = False, overtakes: bool = False) -> State:
    """What somebody who comes now gets; nobody but staff overtakes those who wait."""
    if activity.admission == "approval" and not approved:
        return State.PENDING
    if _free(activity) and (overtakes or not activity.waiting):
        return State.CONFIRMED
    return State.WAITING


def admit(registration: Registration, *, by: User | None, origin: str, approved: bool) -> None:
    """Give somebody known a seat, a place behind all who wait, or the wait for approval."""
    activity = _hold(registration)
    if registration.state in ENDED and queries.registration_of(
        activity.id, mailbox=registration.mailbox, phone=registration.phone
    ):
        raise Refused(_("This person has registered again since."))
    state = state_for(activity, approved=approved, overtakes=origin == STAFF)
    if state is State.CONFIRMED:
        people.link(registration)
    _move(registration, state, by, origin)
    raise_version(TOPIC)


def enter(
    activity: Open, said: dict[str, Any], *, by: User | None, origin: str, approved: bool
) -> tuple[int, State, int | None]:
    """Write a new registration with these columns and give it what `admit` would.

    Comes back with its id, state, and place if it waits. A statement a table and no more,
    because this is what a crowd does at one moment.
    """
    lock(activity)
    state = state_for(activity, approved=approved, overtakes=origin == STAFF)
    person = people.person_for(said) if state is State.CONFIRMED else None
    waits = state is State.WAITING
    number = queries.next_queue_number(activity.id) if waits else None
    place = activity.waiting + 1 if waits else None
    _count(activity, None, state)
    id = insert_row(
        Registration,
        **said,
        activity_id=activity.id,
        person_id=person,
        state=state,
        queue_number=number,
    )
    by_id = by.id if by else None
    insert_row(RegistrationChange, registration_id=id, to_state=state, origin=origin, by_id=by_id)
    raise_version(TOPIC)
    return id, state, place


def end(
    registration: Registration, state: State, *, by: User | None, origin: str, reason: str = ""
) -> bool:
    """Take somebody off the list and give the seat on; False if that had happened before."""
    if state not in ENDED:
        raise ValueError(state)
    activity = _hold(registration)
    if not registration.is_live:
        return False
    _move(registration, state, by, origin, reason)
    promote(activity)
    raise_version(TOPIC)
    return True


def confirm(registration: Registration, *, by: User) -> None:
    """Staff say yes: a seat while there is one, else a place on the waiting list.

    `Refused` where there is nothing to give.
    """
    activity = _hold(registration)
    if registration.has_seat:
        raise Refused(_("Nothing changes: the seat is confirmed already."))
    if registration.state is State.WAITING and not _free(activity):
        raise Refused(_("No seat is free: cancel somebody, or raise the number of seats."))
    admit(registration, by=by, origin=STAFF, approved=True)


def put_back(registration: Registration, *, by: User | None) -> None:
    """Back to where a registration waits; a seat that gets free by it is given on.

    Where staff approve, that is among those who wait for approval, elsewhere the tail of the
    waiting list, or a free seat for somebody who had ended. `Refused` where it would change
    nothing.
    """
    activity = _hold(registration)
    if registration.state in ENDED:
        admit(registration, by=by, origin=STAFF, approved=False)
        return
    needs_approval = activity.admission == "approval"
    if registration.state is (State.PENDING if needs_approval else State.WAITING):
        raise Refused(_("Nothing changes: it waits already."))
    if not needs_approval and registration.has_seat and not activity.waiting:
        raise Refused(_("Nobody else waits: the seat would come straight back."))
    _move(registration, State.PENDING if needs_approval else State.WAITING, by, STAFF)
    promote(activity)
    raise_version(TOPIC)


def promote(activity: Activity) -> list[Registration]:
    """Give every free seat to whoever waits longest; doing so twice changes nothing.

    Nobody is moved up in an activity that is cancelled or has begun.
    """
    lock(activity)
    if not activity.waiting or activity.is_cancelled or activity.has_begun:
        return []
    promoted = queries.first_waiting(activity, _free_seats(activity))
    for registration in promoted:
        people.link(registration)
        _move(registration, State.CONFIRMED, None, QUEUE)
        letters.promoted(registration)
    if promoted:
        raise_version(TOPIC)
    return promoted


def _free_seats(activity: Open) -> int | None:
    """None when there is no limit."""
    return None if activity.capacity is None else max(0, activity.capacity - activity.seats_taken)


def _free(activity: Open) -> bool:
    return _free_seats(activity) != 0


def _hold(registration: Registration) -> Activity:
    """Lock the activity, then read where the registration stands."""
    lock(registration.activity)
    if registration.id is not None:
        db.session.refresh(registration, ("state", "queue_number"))
    return registration.activity


def _note_lock(activity: Open) -> None:
    transaction = db.session().get_transaction()
    assert transaction is not None  # noqa: S101 - reading the row has begun it
    _locked.setdefault(transaction, set()).add(activity.id)


def _is_locked(activity: Open) -> bool:
    transaction = db.session().get_transaction()
    return transaction is not None and activity.id in _locked.get(transaction, ())


def _move(
    registration: Registration, to: State, by: User | None, origin: str, reason: str = ""
) -> None:
    """The one place where a state is set: with the counts of its activity and its history."""
    activity, before = registration.activity, registration.state
    registration.queue_number = (
        queries.next_queue_number(activity.id) if to is State.WAITING else None
    )
    registration.state = to
    by_id = by.id if by else None
    registration.changes.append(
        RegistrationChange(
            from_state=before, to_state=to, origin=origin, by_id=by_id, reason=reason
        )
    )
    db.session.add(registration)
    _count(activity, before, to)
    db.session.flush()


def _count(activity: Open, before: State | None, after: State) -> None:
    seats = int(after in SEATED) - int(before in SEATED)
    queued = int(after is State.WAITING) - int(before is State.WAITING)
    if not _is_locked(activity):
        raise RuntimeError("seats change under the lock of their activity only")
    if seats or queued:
        count = {"activity": activity.id, "seats": seats, "queued": queued}
        db.session.connection().execute(COUNT, count)
        if isinstance(activity, Activity):
            set_committed_value(activity, "seats_taken", activity.seats_taken + seats)
            set_committed_value(activity, "waiting", activity.waiting + queued)


def _follow(activity: Activity, changed: frozenset[str]) -> None:
    """An activity was changed by its staff: free seats are given on, a cancellation is told."""
    if "stage" in changed:
        _tell(activity)
    if changed & {"capacity", "stage", "starts_at", "admission"}:
        promote(activity)


def _tell(activity: Activity) -> None:
    last = activity.stage_changes[-1]
    is_back = last.from_stage is Stage.CANCELLED
    if activity.is_cancelled or is_back:
        tell = letters.activity_cancelled if activity.is_cancelled else letters.activity_restored
        for registration in queries.live_registrations(activity):
            tell(registration, last.at)


watchers.append(_follow)
