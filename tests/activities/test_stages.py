from datetime import datetime, timedelta

import pytest

from lna.accounts.models import Grant, Role
from lna.activities import actions
from lna.activities.actions import Cancel, Move, Outline, Plan, Restore, Revise, SendBack
from lna.activities.models import Stage
from lna.activities.models.gates import closed_gates, holds_sentence
from lna.activities.queries import staff as queries
from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.outbox import Letter
from lna.core.refusal import Refused
from tests.factories import make_user

SENTENCE = Multilingual.of("Concessions overlap with village land.")
LIMIT = 10_000


@pytest.fixture
def mai():
    return make_user(role=Role.REGIONAL_COORDINATOR, email="mai@example.org")


@pytest.fixture
def piu():
    return make_user(role=Role.PIU_MANAGER)


@pytest.fixture
def sok():
    return make_user(role=Role.NATIONAL_FACILITATOR, country="KH", email="sok@example.org")


def ready(sok, **fields):
    """An activity in Cambodia that lacks nothing for its approval."""
    starts_at = clock.now().replace(microsecond=0) + timedelta(days=60)
    defaults = {
        "title": SENTENCE,
        "type": "learning_visit",
        "countries": ("KH",),
        "summary": SENTENCE,
        "relevance": SENTENCE,
        "framework": SENTENCE,
        "impact": SENTENCE,
        "no_network_reason": "No network works on it",
        "responsible_id": sok.id,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=4),
    }
    return actions.plan(Plan(outline=Outline(**defaults | fields)), by=None)


def proposed(sok, **fields):
    activity = ready(sok, **fields)
    actions.move(activity, Move(to=Stage.CONCEPT_NOTE), by=sok)
    actions.move(activity, Move(to=Stage.APPRAISAL), by=sok)
    return activity


def test_the_whole_way_is_in_the_history(sok, mai, monkeypatch):
    activity = proposed(sok, actual_participants=20, actual_products=0)
    actions.move(activity, Move(to=Stage.APPROVED), by=mai)
    actions.move(activity, Move(to=Stage.PLANNED), by=sok)
    actions.publish(activity, by=sok)
    for stage in Stage.CALL_OPEN, Stage.SELECTION, Stage.PREPARATION:
        actions.move(activity, Move(to=stage), by=sok)
    later = clock.now() + timedelta(days=70)
    monkeypatch.setattr(clock, "read", lambda: later)
    for stage in Stage.UNDER_WAY, Stage.FOLLOW_UP, Stage.COMPLETED:
        actions.move(activity, Move(to=stage), by=sok)

    steps = [(each.from_stage, each.to_stage) for each in activity.stage_changes]
    cycle = [stage for stage in Stage if stage is not Stage.CANCELLED]
    assert steps == list(zip([None, *cycle], cycle, strict=False))
    assert activity.stage_changes[3].by is mai


def test_the_time_in_each_stage_is_known(sok, monkeypatch):
    activity = ready(sok)
    start = activity.stage_changes[0].at
    monkeypatch.setattr(clock, "read", lambda: start + timedelta(days=9))
    actions.move(activity, Move(to=Stage.CONCEPT_NOTE), by=sok)
    monkeypatch.setattr(clock, "read", lambda: start + timedelta(days=12))

    assert [(each.stage, each.lasted.days) for each in queries.stays(activity)] == [
        (Stage.IDEA, 9),
        (Stage.CONCEPT_NOTE, 3),
    ]


def test_a_stage_is_left_out_only_with_a_reason(sok):
    activity = ready(sok)

    with pytest.raises(Refused) as refusal:
        actions.move(activity, Move(to=Stage.APPRAISAL), by=sok)
    assert refusal.value.field == "reason"

    change = actions.move(activity, Move(to=Stage.APPRAISAL, reason="Agreed in the forum"), by=sok)
    assert change.reason == "Agreed in the forum"


def test_going_back_needs_a_reason(sok):
    activity = proposed(sok)

    with pytest.raises(Refused):
        actions.move(activity, Move(to=Stage.IDEA), by=sok)
    assert actions.move(activity, Move(to=Stage.IDEA, reason="Too early"), by=sok)


@pytest.mark.parametrize("to", [stage for stage in Stage if stage is not Stage.IDEA])
def test_without_a_type_nothing_leaves_the_stage_of_an_idea(sok, piu, to):
    activity = ready(sok, type="")

    with pytest.raises(Refused):
        actions.move(activity, Move(to=to, reason="Because"), by=piu)
    assert activity.stage is Stage.IDEA


def test_a_type_cannot_be_taken_away_later(sok):
    activity = proposed(sok)
    untyped = {**vars(Outline.of(activity)), "type": ""}

    with pytest.raises(Refused) as refusal:
        actions.revise(activity, Revise(outline=Outline(**untyped)), by=None)

    assert refusal.value.field == "type"
    db.session.rollback()


@pytest.mark.parametrize(
    "missing",
    [
        {"relevance": Multilingual()},
        {"framework": Multilingual.of("tbd")},
        {"impact": Multilingual.of("- - - - - - - - - - - -")},
        {"no_network_reason": ""},
        {"summary": Multilingual()},
        {"responsible_id": None},
    ],
)
def test_approval_is_refused_until_nothing_is_missing(sok, mai, missing):
    activity = ready(sok, **missing)

    with pytest.raises(Refused) as refusal:
        actions.move(activity, Move(to=Stage.APPROVED, reason="In a hurry"), by=mai)

    assert refusal.value.field == "to"
    assert len(closed_gates(activity, Stage.APPROVED)) == 1


@pytest.mark.parametrize(
    ("text", "says_something"),
    [
        ("Land is contested here.", True),
        ("ທີ່ດິນຊ້ອນທັບກັບທີ່ດິນຂອງບ້ານ", True),
        ("ដីសម្បទានត្រួតលើដីភូមិ", True),
        ("tbd", False),
        ("...........", False),
        ("", False),
    ],
)
def test_a_sentence_in_any_script(text, says_something):
    assert holds_sentence(Multilingual.of(text, "lo")) is says_something


@pytest.mark.parametrize(
    ("role", "amount", "may"),
    [
        (Role.REGIONAL_COORDINATOR, None, True),
        (Role.REGIONAL_COORDINATOR, LIMIT, True),
        (Role.REGIONAL_COORDINATOR, LIMIT + 1, False),
        (Role.PIU_MANAGER, LIMIT, True),
        (Role.PIU_MANAGER, LIMIT + 1, True),
        (Role.ADMINISTRATOR, LIMIT, False),
        (Role.NATIONAL_FACILITATOR, 1, False),
    ],
)
def test_who_may_approve_depends_on_the_amount(sok, role, amount, may):
    activity = proposed(sok, amount_usd=amount)
    user = make_user(role=role, country="KH" if role is Role.NATIONAL_FACILITATOR else None)

    if may:
        assert actions.move(activity, Move(to=Stage.APPROVED), by=user).by_id == user.id
    else:
        with pytest.raises(Refused):
            actions.move(activity, Move(to=Stage.APPROVED), by=user)


@pytest.mark.parametrize("to", [Stage.PLANNED, Stage.CALL_OPEN, Stage.UNDER_WAY])
def test_approval_cannot_be_left_out_by_those_who_may_not_give_it(sok, to):
    activity = proposed(sok)

    with pytest.raises(Refused):
        actions.move(activity, Move(to=to, reason="Let us just start"), by=sok)
    assert activity.stage is Stage.APPRAISAL


def test_the_amount_cannot_be_raised_past_the_approval(sok, mai, piu):
    activity = proposed(sok, amount_usd=9_000)
    actions.move(activity, Move(to=Stage.APPROVED), by=mai)
    more = Outline(**{**vars(Outline.of(activity)), "amount_usd": LIMIT + 1})

    with pytest.raises(Refused) as refusal:
        actions.revise(activity, Revise(outline=more), by=mai)
    assert refusal.value.field == "amount_usd"
    assert actions.revise(activity, Revise(outline=more), by=piu) == {"amount_usd"}


def letters():
    found = db.session.scalars(db.select(Letter).order_by(Letter.id))
    return [(letter.to, letter.subject) for letter in found]


def test_an_approval_is_told_to_the_responsible_person_once(sok, mai):
    actions.move(proposed(sok), Move(to=Stage.APPROVED, reason="Well done"), by=mai)

    assert letters() == [("sok@example.org", f"Approved: {SENTENCE}")]
    assert "Well done" in db.session.scalars(db.select(Letter)).one().body


def test_the_substitute_hears_it_too_in_its_period(sok, mai):
    for email, days in ("standin@example.org", 9), ("former@example.org", -1):
        substitute = make_user(email=email)
        substitute.grants.append(
            Grant(
                role=Role.NATIONAL_FACILITATOR,
                country="KH",
                since=clock.now() - timedelta(days=3),
                until=clock.now() + timedelta(days=days),
                substitute_for_id=sok.id,
            )
        )

    actions.move(proposed(sok), Move(to=Stage.APPROVED), by=mai)

    assert [to for to, _ in letters()] == ["sok@example.org", "standin@example.org"]


def test_nobody_writes_to_oneself(mai):
    actions.move(proposed(mai), Move(to=Stage.APPROVED), by=mai)

    assert letters() == []


def test_a_proposal_is_returned_with_comments(sok, mai):
    activity = proposed(sok)

    actions.send_back(activity, SendBack(comments="Who are the hosts?"), by=mai)

    assert activity.stage is Stage.CONCEPT_NOTE
    assert activity.stage_changes[-1].reason == "Who are the hosts?"
    assert letters() == [("sok@example.org", f"Returned with comments: {SENTENCE}")]


def test_only_what_waits_for_a_decision_is_returned_and_only_by_those_who_decide(sok, mai):
    activity = proposed(sok)

    with pytest.raises(Refused):
        actions.send_back(activity, SendBack(comments="No"), by=sok)
    actions.move(activity, Move(to=Stage.APPROVED), by=mai)
    with pytest.raises(Refused):
        actions.send_back(activity, SendBack(comments="No"), by=mai)


def test_a_letter_speaks_the_readers_language(sok, mai):
    sok.language = "th"

    actions.move(proposed(sok), Move(to=Stage.APPROVED), by=mai)

    assert db.session.scalars(db.select(Letter)).one().language == "th"


def test_cancelling_needs_a_reason_and_can_be_undone(sok, mai):
    activity = proposed(sok)
    actions.move(activity, Move(to=Stage.APPROVED), by=mai)
    with pytest.raises(Refused):
        actions.cancel(activity, Cancel(reason=Multilingual()), by=sok)

    reason = Multilingual("km", {"km": "ទឹកជំនន់", "en": "Flood"})
    actions.cancel(activity, Cancel(reason=reason), by=sok)
    assert (activity.stage, activity.cancelled_reason) == (Stage.CANCELLED, reason)
    with pytest.raises(Refused):
        actions.move(activity, Move(to=Stage.PLANNED), by=mai)
    with pytest.raises(Refused):
        actions.cancel(activity, Cancel(reason=reason), by=mai)
    with pytest.raises(Refused):
        actions.publish(activity, by=mai)

    actions.restore(activity, Restore(reason="The water is gone"), by=mai)
    assert (activity.stage, activity.cancelled_reason) == (Stage.APPROVED, Multilingual())


def test_an_approved_activity_is_restored_by_those_who_may_approve_it(sok, mai):
    activity = proposed(sok, amount_usd=LIMIT + 1)
    actions.move(activity, Move(to=Stage.APPROVED), by=None)
    actions.cancel(activity, Cancel(reason=SENTENCE), by=sok)

    for user in sok, mai:
        with pytest.raises(Refused):
            actions.restore(activity, Restore(reason="Still wanted"), by=user)


def test_what_was_cancelled_as_an_idea_is_restored_by_its_facilitator(sok):
    activity = ready(sok)
    actions.cancel(activity, Cancel(reason=SENTENCE), by=sok)

    assert actions.restore(activity, Restore(reason="Still wanted"), by=sok).to_stage is Stage.IDEA


def test_the_clock_closes_gates_too(sok, mai, monkeypatch):
    activity = proposed(sok)
    actions.move(activity, Move(to=Stage.APPROVED), by=mai)
    actions.publish(activity, by=sok)
    actions.move(activity, Move(to=Stage.PREPARATION, reason="No call needed"), by=sok)

    with pytest.raises(Refused, match="not begun"):
        actions.move(activity, Move(to=Stage.UNDER_WAY), by=sok)
    monkeypatch.setattr(clock, "read", lambda: activity.starts_at)
    actions.move(activity, Move(to=Stage.UNDER_WAY), by=sok)
    with pytest.raises(Refused, match="not ended"):
        actions.move(activity, Move(to=Stage.FOLLOW_UP), by=sok)


def test_a_step_can_be_written_down_later(sok):
    activity = ready(sok)
    at = datetime.fromisoformat("2026-03-05T03:00:00+00:00")

    assert actions.move(activity, Move(to=Stage.CONCEPT_NOTE, at=at), by=None).at == at
