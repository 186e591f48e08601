from datetime import timedelta

import pytest

from lna.activities.criteria import WorklistCriteria
from lna.activities.models import CYCLE, Stage, StageChange
from lna.activities.queries.needs import NEEDS, needs_of
from lna.activities.queries.worklist import read_work, worklist
from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from tests.factories import make_activity, make_user

SENTENCE = Multilingual.of("Concessions overlap with village land.")
DAY = timedelta(days=1)


def whole(**fields):
    """An activity that needs nothing, but for what is said."""
    said = dict.fromkeys(("relevance", "framework", "impact"), SENTENCE)
    defaults = {
        "no_network_reason": "None",
        "responsible_id": make_user().id,
        "stage": Stage.CALL_OPEN,
    }
    return make_activity(**said | defaults | fields)


def needs(activity, staged=DAY):
    now = clock.now()
    return {need.kind: need.days(now) for need in needs_of(activity, now - staged, now)}


def at(days):
    return clock.now() + timedelta(days=days)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, set()),
        ({"responsible_id": None}, {"responsible"}),
        ({"no_network_reason": ""}, {"network"}),
        ({"impact": Multilingual.of("tbd")}, {"statements"}),
        ({"stage": Stage.APPRAISAL}, {"decision"}),
        ({"stage": Stage.PLANNED, "starts_at": None, "ends_at": None}, {"dates"}),
        ({"stage": Stage.IDEA, "starts_at": None, "ends_at": None}, set()),
        ({"published_at": None}, {"publication"}),
        ({"published_at": None, "stage": Stage.IDEA}, set()),
        ({"dates_tentative": True}, set()),  # two months ahead
    ],
)
def test_what_an_activity_needs(fields, expected):
    assert set(needs(whole(**fields))) == expected


@pytest.mark.parametrize(
    ("starts", "ends", "stage", "more", "expected"),
    [
        (20, 21, Stage.CALL_OPEN, {"dates_tentative": True}, {"confirmation": 10}),
        (-3, 1, Stage.PREPARATION, {}, {"stage": 3}),
        (-3, 1, Stage.UNDER_WAY, {}, {}),
        (-9, -2, Stage.UNDER_WAY, {}, {"stage": 2}),
        (-40, -29, Stage.FOLLOW_UP, {}, {}),
        (-40, -35, Stage.FOLLOW_UP, {}, {"report": 5}),
        (-40, -35, Stage.FOLLOW_UP, {"actual_participants": 0, "actual_products": 0}, {}),
        (-40, -35, Stage.COMPLETED, {"responsible_id": None}, {}),
        (-40, -35, Stage.CANCELLED, {"responsible_id": None}, {}),
    ],
)
def test_needs_come_with_time_and_have_an_age(starts, ends, stage, more, expected):
    activity = whole(starts_at=at(starts), ends_at=at(ends), stage=stage, **more)

    assert needs(activity) == expected


def test_the_age_of_a_decision_counts_from_the_last_step():
    activity = whole(stage=Stage.APPRAISAL)
    for days in 9, 4:
        activity.stage_changes.append(
            StageChange(to_stage=Stage.APPRAISAL, at=clock.now() - timedelta(days=days))
        )
    db.session.flush()

    row = read_work()[0]

    assert [(need.kind, need.days(clock.now())) for need in row.needs] == [("decision", 4)]


def test_every_need_has_words():
    activity = make_activity(
        stage=Stage.APPRAISAL, published_at=None, starts_at=at(-50), ends_at=at(-40)
    )

    for need in needs_of(activity, at(-1), clock.now()):
        assert NEEDS[need.kind] == need.words


def test_the_counts_of_a_filter_are_those_with_all_others_applied():
    for country, stage in ("KH", Stage.IDEA), ("KH", Stage.PLANNED), ("LA", Stage.PLANNED):
        make_activity(countries=(country,), stage=stage)
    make_activity(countries=("LA",), stage=Stage.COMPLETED)

    found = worklist(WorklistCriteria(country=("KH",)))

    counts = {
        name: {option.value: option.count for option in options}
        for name, options in found.options.items()
    }
    assert found.total == 2
    assert counts["stage"] == {"idea": 1, "planned": 1}
    assert counts["country"] == {"KH": 2, "LA": 1}


def test_pages_hold_fifty_and_dates_to_be_confirmed_come_last():
    undated = make_activity(starts_at=None, ends_at=None)
    for _ in range(60):
        make_activity()

    first, second = (worklist(WorklistCriteria(page=page)) for page in (1, 2))

    assert (len(first.rows), len(second.rows), first.pages) == (50, 11, 2)
    assert second.rows[-1].code == undated.code


def test_the_list_and_the_model_need_the_same():
    activity = whole(responsible_id=None, stage=Stage.APPRAISAL)
    activity.stage_changes.append(StageChange(to_stage=Stage.APPRAISAL))
    db.session.flush()
    now = clock.now()

    row = read_work()[0]

    own = needs_of(activity, activity.stage_changes[-1].at, now)
    assert [need.kind for need in row.needs] == [need.kind for need in own]
    assert CYCLE[2] is Stage.APPRAISAL
