"""Roles: for a country and a period, with a substitute, and always one administrator."""

from datetime import timedelta

import pytest
from flask_login import AnonymousUserMixin
from sqlalchemy import select

from lna.accounts import actions, policies, queries
from lna.accounts.models import Grant, Role
from lna.core import clock
from lna.core.audit import AuditLine
from lna.core.db import db
from lna.core.refusal import Refused
from tests.accounts.factories import is_signed_in, letters, make_account, sign_in
from tests.factories import make_user

FACILITATOR = Role.NATIONAL_FACILITATOR
GATES = ("staff", "facilitators", "coordinators", "piu", "administrators", "editors", "annotators")
OPENS = {
    None: set(),
    Role.ANNOTATOR: {"annotators"},
    Role.EDITOR: {"annotators", "editors"},
    FACILITATOR: {"staff", "facilitators"},
    Role.REGIONAL_COORDINATOR: {"staff", "coordinators", "editors", "annotators"},
    Role.PIU_MANAGER: {"staff", "coordinators", "piu", "editors", "annotators"},
    Role.ADMINISTRATOR: {"staff", "coordinators", "administrators", "editors", "annotators"},
}


@pytest.mark.parametrize("role", OPENS)
def test_each_role_opens_its_gates(role):
    user = make_user(role, "KH" if role is FACILITATOR else None)
    assert {gate for gate in GATES if getattr(policies, gate)(user)} == OPENS[role]


def test_a_visitor_opens_none():
    visitor = AnonymousUserMixin()
    assert not any(getattr(policies, gate)(visitor) for gate in GATES)
    assert not policies.can_edit_country(visitor, ["KH"])
    assert not policies.can_name_substitute(visitor)


def test_a_facilitator_edits_what_lies_in_his_or_her_country():
    user = make_user(FACILITATOR, "KH")
    assert policies.can_edit_country(user, ["KH"])
    assert policies.can_edit_country(user, ["LA", "KH"])
    assert not policies.can_edit_country(user, ["LA"])
    assert not policies.can_edit_country(user, [])
    assert policies.can_edit_country(make_user(Role.REGIONAL_COORDINATOR), [])


def test_a_role_holds_from_its_beginning_until_its_end(travel):
    user, now = make_user(), clock.now()
    actions.grant_role(
        user,
        actions.GrantRole(
            role=Role.EDITOR, since=now + timedelta(days=1), until=now + timedelta(days=3)
        ),
    )
    assert not policies.editors(user)
    travel(days=2)
    assert policies.editors(user)
    travel(days=2)
    assert not policies.editors(user)


def name_substitute(facilitator, substitute, first=2, last=9, country="KH"):
    now = clock.now()
    return actions.name_substitute(
        facilitator,
        actions.NameSubstitute(
            email=substitute.email,
            country=country,
            since=now + timedelta(days=first),
            until=now + timedelta(days=last),
        ),
    )


def test_in_the_period_tasks_and_letters_go_to_both(travel):
    facilitator, substitute = make_user(FACILITATOR, "KH"), make_user()
    make_user(FACILITATOR, "LA")
    make_user(FACILITATOR, "KH", suspended_at=clock.now())
    name_substitute(facilitator, substitute)
    for days, both in ((0, False), (3, True), (5, True), (3, False)):
        travel(days=days)
        expected = [facilitator, substitute] if both else [facilitator]
        assert queries.facilitators_of(["KH"]) == expected
        assert queries.users_with_role(FACILITATOR, country="KH") == expected
        assert policies.can_edit_country(substitute, ["KH"]) is both
        assert policies.facilitators(substitute) is both
        assert policies.can_edit_country(facilitator, ["KH"])


def test_both_are_told_and_it_is_on_record(travel):
    facilitator, substitute = make_user(FACILITATOR, "KH"), make_user()
    name_substitute(facilitator, substitute)
    told = {letter.to: letter for letter in db.session.scalars(select(letters_table()))}
    assert "stands in for you" in told[facilitator.email].body
    assert "Cambodia" in told[substitute.email].body
    assert "UTC+7" in told[substitute.email].body
    lines = [(line.action, line.object) for line in db.session.scalars(select(AuditLine))]
    assert ("named a substitute", f"User {facilitator.id}") in lines


def letters_table():
    from lna.core.outbox import Letter

    return Letter


def test_nobody_is_a_substitute_who_should_not_be(travel):
    facilitator, substitute = make_user(FACILITATOR, "KH"), make_user()
    other = make_user(FACILITATOR, "KH")
    outsider = make_user()
    for whom, where, until in (
        (facilitator, "KH", 9),  # oneself
        (other, "KH", 9),  # is one already
        (substitute, "LA", 9),  # not one's own country
        (substitute, "KH", 400),  # longer than a year
        (substitute, "KH", 2),  # ends as it begins
        (make_user(suspended_at=clock.now()), "KH", 9),
    ):
        with pytest.raises(Refused):
            name_substitute(facilitator, whom, last=until, country=where)
    with pytest.raises(Refused):
        name_substitute(outsider, substitute)
    name_substitute(facilitator, substitute)
    with pytest.raises(Refused):
        name_substitute(facilitator, substitute, first=5, last=20)
    travel(days=3)
    with pytest.raises(Refused):  # a substitute names no other one
        name_substitute(substitute, outsider)


def test_a_facilitator_names_one_and_ends_it_on_the_account_page(client):
    facilitator, substitute = make_account(FACILITATOR, "KH"), make_account(name="Chan Sophea")
    sign_in(client, facilitator)
    today = clock.today("Asia/Vientiane")
    typed = {"email": substitute.email, "country": "KH", "since": str(today), "until": str(today)}
    bad = client.post("/account/substitute", data=typed | {"until": "2027-02-30"})
    assert bad.status_code == 422
    assert "no such day" in bad.text
    assert client.post("/account/substitute", data=typed | {"country": "LA"}).status_code == 422
    unknown = client.post("/account/substitute", data=typed | {"email": "nobody@example.org"})
    assert 'id="email-error"' in unknown.text
    assert client.post("/account/substitute", data=typed).location == "/account"
    assert "Chan Sophea, Cambodia" in client.get("/account").text
    assert policies.facilitators(substitute)
    grant = db.session.scalars(select(Grant).where(Grant.substitute_for_id.is_not(None))).one()
    for _press in range(2):
        client.post(f"/account/substitute/{grant.id}/end")
    db.session.expire_all()
    assert not policies.facilitators(substitute)


def test_only_ones_own_substitutes_can_be_ended(client):
    facilitator, substitute = make_user(FACILITATOR, "KH"), make_user()
    grant = name_substitute(facilitator, substitute)
    sign_in(client, make_account(FACILITATOR, "KH"))
    assert client.post(f"/account/substitute/{grant.id}/end").status_code == 404


def test_a_substitution_ends_with_the_role_it_stands_in_for(travel):
    facilitator, now_in, later = make_user(FACILITATOR, "KH"), make_user(), make_user()
    name_substitute(facilitator, now_in, first=0)
    name_substitute(facilitator, later, first=5)
    travel(days=1)
    actions.end_grant(facilitator.grants[0])
    db.session.flush()
    assert queries.facilitators_of(["KH"]) == []
    travel(days=5)
    assert not policies.facilitators(later)


def test_a_role_granted_or_ended_signs_the_person_out_and_is_told(client):
    user = make_account()
    sign_in(client, user)
    grant = actions.grant_role(user, actions.GrantRole(role=Role.EDITOR))
    db.session.commit()
    assert not is_signed_in(client)
    assert letters()[-1].subject == "Your role: Editor"
    sign_in(client, user)
    actions.end_grant(grant)
    db.session.commit()
    assert not is_signed_in(client)
    assert letters()[-1].subject == "Your role has ended: Editor"


def test_a_facilitator_has_a_country_and_nobody_else():
    user = make_user()
    with pytest.raises(Refused):
        actions.grant_role(user, actions.GrantRole(role=FACILITATOR))
    with pytest.raises(Refused):
        actions.grant_role(user, actions.GrantRole(role=Role.EDITOR, country="KH"))
    actions.grant_role(user, actions.GrantRole(role=FACILITATOR, country="KH"))
    with pytest.raises(Refused):
        actions.grant_role(user, actions.GrantRole(role=FACILITATOR, country="KH"))
    actions.grant_role(user, actions.GrantRole(role=FACILITATOR, country="LA"))
    assert user.countries == {"KH", "LA"}


def test_there_is_always_an_administrator(travel):
    only = make_user(Role.ADMINISTRATOR)
    for act in (
        lambda: actions.end_grant(only.grants[0]),
        lambda: actions.suspend(only),
        lambda: actions.erase(only),
    ):
        with pytest.raises(Refused):
            act()
    for_a_while = make_user()
    until = clock.now() + timedelta(days=9)
    actions.grant_role(for_a_while, actions.GrantRole(role=Role.ADMINISTRATOR, until=until))
    make_user(Role.ADMINISTRATOR, suspended_at=clock.now())
    with pytest.raises(Refused):
        actions.suspend(only)
    another = make_user(Role.ADMINISTRATOR)
    travel(seconds=1)
    actions.end_grant(only.grants[0])
    with pytest.raises(Refused):
        actions.end_grant(another.grants[0])
