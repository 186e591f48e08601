"""Seats: never one too many, and whoever waits longest gets what becomes free, by every way."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from lna.accounts.models import Role
from lna.activities import actions as activities
from lna.activities.actions import Cancel, Outline, Restore, Revise
from lna.activities.models import Activity
from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.outbox import Letter
from lna.core.refusal import Refused
from lna.core.versions import versions_of
from lna.registrations import actions, queries
from lna.registrations.actions import seats
from lna.registrations.models import STAFF, Registration, State
from tests.factories import make_activity, make_user
from tests.registrations.factories import register

LNA = Path(__file__).parents[2] / "lna"


def coordinator():
    return make_user(role=Role.REGIONAL_COORDINATOR)


def states(activity):
    """Every registration in the order it came: state, and place on the waiting list."""
    rows = db.session.scalars(
        db.select(Registration).filter_by(activity_id=activity.id).order_by(Registration.id)
    )
    return [(row.state.value, queries.place_of(row)) for row in rows]


def full_with_queue(waiting=3, **fields):
    """An activity of two seats, both taken, and some who wait."""
    activity = make_activity(capacity=2, **fields)
    people = [register(activity) for _ in range(2 + waiting)]
    assert (activity.seats_taken, activity.waiting) == (2, waiting)
    return activity, people


def test_seats_go_to_those_who_come_first_and_the_others_wait_in_order():
    activity = make_activity(capacity=2)

    for _ in range(4):
        register(activity)

    assert states(activity) == [
        ("confirmed", None),
        ("confirmed", None),
        ("waiting", 1),
        ("waiting", 2),
    ]


def test_without_a_limit_everybody_has_a_seat():
    activity = make_activity(capacity=None)

    assert [register(activity).state for _ in range(3)] == [State.CONFIRMED] * 3
    assert activity.seats_taken == 3


def test_where_staff_approve_everybody_waits_for_it_and_takes_no_seat():
    activity = make_activity(capacity=1, admission="approval")

    assert [register(activity).state for _ in range(3)] == [State.PENDING] * 3
    assert (activity.seats_taken, activity.waiting) == (0, 0)


def withdraw(activity, people):
    actions.withdraw(people[0])


def staff_change(verb):
    def change(activity, people):
        command = actions.Change(ids=(people[0].id,), verb=verb)
        actions.change(activity, command, by=coordinator())

    return change


def raise_capacity(activity, people):
    outline = Outline.of(activity)
    before = outline.prints()
    activities.revise(
        activity, Revise(outline=replace(outline, capacity=3), seen=before), by=coordinator()
    )


def cancel_and_restore(activity, people):
    activities.cancel(activity, Cancel(reason=Multilingual.of("Flood")), by=None)
    actions.withdraw(people[0])
    assert people[2].state is State.WAITING
    activities.restore(activity, Restore(reason="The road is open"), by=None)


def erase(activity, people):
    actions.erase(people[0])


@pytest.mark.parametrize(
    "free_a_seat",
    [
        withdraw,
        staff_change("cancel"),
        staff_change("decline"),
        raise_capacity,
        cancel_and_restore,
        erase,
    ],
)
def test_every_way_that_frees_a_seat_gives_it_to_the_first_who_waits(free_a_seat):
    activity, people = full_with_queue()
    db.session.commit()
    before = versions_of("seats")

    free_a_seat(activity, people)
    db.session.commit()

    first, second, third = people[2:]
    assert (first.state, second.state, third.state) == (
        State.CONFIRMED,
        State.WAITING,
        State.WAITING,
    )
    assert [queries.place_of(each) for each in (first, second, third)] == [None, 1, 2]
    assert activity.waiting == 2
    assert activity.seats_taken == activity.capacity
    assert versions_of("seats") != before
    letters = db.session.scalars(db.select(Letter.subject).where(Letter.to == first.email)).all()
    assert [subject for subject in letters if "became free" in subject] == [
        f"A seat became free, you have it: {activity.title}"
    ]


def test_a_bulk_cancel_moves_up_as_many_as_it_frees():
    activity, people = full_with_queue(waiting=4)

    outcome = actions.change(
        activity,
        actions.Change(ids=(people[0].id, people[1].id, people[3].id), verb="cancel"),
        by=coordinator(),
    )

    assert [each.state.value for each in people] == [
        *("cancelled", "cancelled", "confirmed", "cancelled", "confirmed", "waiting")
    ]
    assert {each.name for each in outcome.moved_up} >= {people[4].name}
    assert (activity.seats_taken, activity.waiting) == (2, 1)


def test_putting_somebody_back_gives_the_seat_on_and_the_person_waits_last():
    activity, people = full_with_queue(waiting=2)

    actions.change(activity, actions.Change(ids=(people[0].id,), verb="put_back"), by=coordinator())

    assert states(activity)[0] == ("waiting", 2)
    assert people[2].state is State.CONFIRMED


def test_promoting_twice_changes_nothing():
    activity, _people = full_with_queue()
    before = states(activity)

    assert actions.promote(activity) == []
    assert actions.promote(activity) == []

    assert states(activity) == before


def test_one_withdrawal_frees_one_seat_however_often_it_is_pressed():
    activity, people = full_with_queue()

    for _ in range(3):
        actions.withdraw(people[0])

    assert [each.state.value for each in people] == [
        *("withdrawn", "confirmed", "confirmed", "waiting", "waiting")
    ]


@pytest.mark.parametrize("fields", [{"starts_at": -1}, {"stage": "cancelled"}])
def test_nobody_moves_up_once_it_has_begun_or_is_cancelled(fields):
    activity, people = full_with_queue()
    if "starts_at" in fields:
        activity.starts_at = clock.now() - timedelta(hours=1)
    else:
        activities.cancel(activity, Cancel(reason=Multilingual.of("Flood")), by=None)

    actions.withdraw(people[0])

    assert activity.waiting == 3
    assert activity.seats_taken == 1


def test_whoever_comes_again_after_leaving_waits_last():
    activity, people = full_with_queue(waiting=2)
    actions.withdraw(people[2])

    again = register(activity, email=people[2].email)

    assert queries.place_of(again) == 2
    assert queries.place_of(people[3]) == 1


def test_staff_confirm_while_there_are_seats_and_queue_the_others():
    activity = make_activity(capacity=1, admission="approval")
    first, second = register(activity), register(activity)

    outcome = actions.change(
        activity, actions.Change(ids=(first.id, second.id), verb="confirm"), by=coordinator()
    )

    assert [each.after for each in outcome.chosen] == [State.CONFIRMED, State.WAITING]
    actions.withdraw(first)
    assert second.state is State.CONFIRMED


def test_what_cannot_be_done_is_said_of_each_person():
    activity, people = full_with_queue(waiting=1)
    ids = (people[0].id, people[2].id)

    outcome = actions.change(activity, actions.Change(ids=ids, verb="confirm"), by=coordinator())

    assert [bool(each.why_not) for each in outcome.chosen] == [True, True]
    assert outcome.changed == 0
    assert activity.seats_taken == 2


def test_putting_back_the_only_one_who_asks_says_that_nothing_would_change():
    activity = make_activity(capacity=2)
    ana = register(activity)

    with pytest.raises(Refused, match="come straight back"):
        seats.put_back(ana, by=coordinator())


def test_somebody_cancelled_comes_back_unless_registered_again():
    activity = make_activity(capacity=2)
    ana, ben = register(activity), register(activity)
    change = actions.Change(ids=(ana.id, ben.id), verb="cancel")
    actions.change(activity, change, by=coordinator())
    register(activity, email=ben.email)

    back = actions.Change(ids=(ana.id, ben.id), verb="put_back")
    outcome = actions.change(activity, back, by=coordinator())

    assert [each.after for each in outcome.chosen] == [State.CONFIRMED, State.CANCELLED]
    assert "registered again" in outcome.chosen[1].why_not


def test_each_step_is_kept_with_when_where_from_and_by_whom():
    activity, people = full_with_queue(waiting=1)
    ana = coordinator()

    command = actions.Change(ids=(people[0].id,), verb="cancel", reason="Asked by phone")
    actions.change(activity, command, by=ana)

    steps = [(each.to_state.value, each.origin, each.by_id) for each in people[0].changes]
    assert steps == [("confirmed", "person", None), ("cancelled", STAFF, ana.id)]
    assert people[0].changes[-1].reason == "Asked by phone"
    assert [each.origin for each in people[2].changes] == ["person", "queue"]


def test_the_database_refuses_what_the_counts_forbid():
    activity, _people = full_with_queue()
    db.session.commit()

    with pytest.raises(IntegrityError):
        db.session.execute(update(Activity).values(seats_taken=Activity.seats_taken + 1))
    db.session.rollback()


def test_the_database_keeps_one_live_registration_a_contact():
    activity = make_activity()
    ana = register(activity, email="ana@example.org")
    db.session.commit()

    db.session.add(
        Registration(activity_id=activity.id, name="Ana", mailbox=ana.mailbox, state=State.PENDING)
    )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_a_state_changes_under_the_lock_of_its_activity_only():
    activity = make_activity()
    registration = Registration(activity=activity, name="Ana")

    with pytest.raises(RuntimeError, match="lock"):
        seats._move(registration, State.CONFIRMED, None, STAFF)


def test_taking_seats_does_not_change_the_programme():
    activity = make_activity(capacity=2)
    db.session.commit()
    changed_at = activity.changed_at

    register(activity)
    db.session.commit()

    assert activity.changed_at == changed_at


def test_one_module_alone_sets_states_and_counts_seats():
    written = re.compile(
        r"\.(state|queue_number|seats_taken|waiting)\s*=[^=]"
        r"|\bRegistration\([^)]*\b(state|queue_number)="
        r"|update\(Registration\)|seats_taken=",
        re.S,
    )
    places = [*(LNA / "registrations").rglob("*.py"), *(LNA / "activities").rglob("*.py")]
    places += [*(LNA / "home").rglob("*.py"), *(LNA / "calendars").rglob("*.py")]

    writers = {file.relative_to(LNA) for file in places if written.search(file.read_text())}

    assert writers == {Path("registrations/actions/seats.py")}
