from datetime import timedelta

import pytest
from flask_login import AnonymousUserMixin

from lna.accounts.models import Grant, Role
from lna.activities import policies
from lna.activities.models import Stage
from lna.core import clock
from tests.factories import make_activity, make_user

ROLES = [None, *Role]
REGIONAL = {Role.REGIONAL_COORDINATOR, Role.PIU_MANAGER, Role.ADMINISTRATOR}


def user_with(role):
    return make_user(role=role, country="KH" if role is Role.NATIONAL_FACILITATOR else None)


@pytest.mark.parametrize("role", ROLES)
def test_staff_see_drafts_of_every_country_and_others_see_none(role):
    user = user_with(role)
    is_staff = role in REGIONAL | {Role.NATIONAL_FACILITATOR}

    for country in "KH", "LA":
        draft = make_activity(countries=(country,), published_at=None)
        assert policies.can_see(user, draft) is is_staff
    assert policies.can_see(user, make_activity())


@pytest.mark.parametrize(
    ("countries", "may"), [(("KH",), True), (("LA",), False), (("LA", "KH"), True), ((), False)]
)
@pytest.mark.parametrize("role", ROLES)
def test_editing_stays_in_the_country(role, countries, may):
    activity = make_activity(countries=countries)
    expected = role in REGIONAL or (role is Role.NATIONAL_FACILITATOR and may)

    assert policies.can_edit(user_with(role), activity) is expected
    assert policies.can_plan_in(user_with(role), countries) is expected


def test_the_origin_of_a_subject_gives_no_rights():
    activity = make_activity(countries=("LA",))
    activity.countries[0].is_origin = True
    vientiane = make_user(role=Role.NATIONAL_FACILITATOR, country="LA")

    assert not policies.can_edit(vientiane, activity)


@pytest.mark.parametrize(("since", "until", "may"), [(-1, 1, True), (1, 2, False), (-2, -1, False)])
def test_a_substitute_edits_in_its_period_only(since, until, may):
    sok, substitute = make_user(role=Role.NATIONAL_FACILITATOR, country="KH"), make_user()
    substitute.grants.append(
        Grant(
            role=Role.NATIONAL_FACILITATOR,
            country="KH",
            since=clock.now() + timedelta(days=since),
            until=clock.now() + timedelta(days=until),
            substitute_for_id=sok.id,
        )
    )

    assert policies.can_edit(substitute, make_activity()) is may
    assert policies.can_edit(sok, make_activity())


APPROVES = {
    (Role.REGIONAL_COORDINATOR, 10_000),
    (Role.PIU_MANAGER, 10_000),
    (Role.PIU_MANAGER, 10_001),
}


@pytest.mark.parametrize("amount", [10_000, 10_001])
@pytest.mark.parametrize("role", ROLES)
def test_approval_is_the_piu_managers_above_the_limit(role, amount):
    waiting = make_activity(stage=Stage.APPRAISAL, amount_usd=amount)
    expected = (role, amount) in APPROVES

    assert policies.can_approve(user_with(role), waiting) is expected
    assert policies.can_move(user_with(role), waiting, Stage.APPROVED) is expected
    assert policies.can_move(user_with(role), waiting, Stage.PLANNED) is expected
    approved = make_activity(stage=Stage.PLANNED, amount_usd=amount)
    assert policies.can_move(user_with(role), approved, Stage.APPRAISAL) is expected


@pytest.mark.parametrize("role", ROLES)
def test_other_steps_are_for_those_who_edit(role):
    activity = make_activity(stage=Stage.PLANNED)

    assert policies.can_move(user_with(role), activity, Stage.CALL_OPEN) is (
        policies.can_edit(user_with(role), activity)
    )


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", [Stage.CONCEPT_NOTE, Stage.APPROVED])
def test_publishing_before_approval_is_for_regional_staff(role, stage):
    activity = make_activity(stage=stage)
    local = role is Role.NATIONAL_FACILITATOR and stage is Stage.APPROVED

    assert policies.can_publish(user_with(role), activity) is (role in REGIONAL or local)


def test_visitors_see_what_is_published_and_do_nothing():
    visitor, activity = AnonymousUserMixin(), make_activity()

    assert policies.can_see(visitor, activity)
    assert not policies.can_see(visitor, make_activity(published_at=None))
    for may in policies.can_edit, policies.can_approve, policies.can_publish:
        assert not may(visitor, activity)
    assert not policies.can_move(visitor, activity, Stage.SELECTION)
