"""Opening an account, being invited, choosing a password."""

import pytest
from markupsafe import escape
from sqlalchemy import func, select

from lna.accounts import actions, queries
from lna.accounts.models import Role, User
from lna.core.db import db
from tests.accounts.factories import (
    PASSWORD,
    TOTP,
    is_signed_in,
    letters,
    link_in,
    make_account,
    sign_in,
)
from tests.factories import make_user

JOIN = {"name": "Sok", "language": "en", "new_password": PASSWORD}


def ask(client, email="sok@example.org"):
    client.post("/sign-up", data={"email": email})
    return link_in(letters()[-1])


def test_nothing_is_kept_of_an_address_until_it_is_proved(client):
    ask(client)
    assert db.session.scalar(select(func.count(User.id))) == 0


def test_whoever_reads_the_mailbox_chooses_the_password(app):
    """Somebody else asked first for this address: their choice counts for nothing."""
    attacker, owner = app.test_client(), app.test_client()
    attacker.post("/sign-up", data={"email": "sok@example.org"})
    first, second = link_in(letters()[-1]), ask(owner)
    assert owner.post(second, data=JOIN).status_code == 303
    assert owner.get(first).status_code == 410
    assert sign_in(attacker, "sok@example.org").status_code == 303


def test_a_known_address_is_told_so_by_letter_only(client):
    user = make_account()
    client.post("/sign-up", data={"email": user.email})
    letter = letters()[-1]
    assert "has one already" in letter.body
    assert client.get(link_in(letter)).status_code == 200


def test_letters_name_nobody_and_are_in_the_readers_language(client):
    client.get("/sign-up?lang=fr")
    ask(client)
    assert letters()[-1].language == "fr"
    user = make_account(name="Free money at evil.example", language="km")
    client.post("/password", data={"email": user.email})
    assert "evil" not in letters()[-1].body
    assert letters()[-1].language == "km"


@pytest.mark.parametrize(
    "typed",
    ["", "nobody", "a@b", "a@example.org, b@example.org", "a@example.org\r\nBcc: b@example.org",
     "=?utf-8?q?a?=@example.org", "a" * 250 + "@example.org", '"a"@example.org'],
)  # fmt: skip
def test_an_address_no_letter_reaches_is_refused_and_kept(client, typed):
    answer = client.post("/sign-up", data={"email": typed})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert escape(typed.split("\r")[0]) in answer.text
    assert letters() == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", " \u200b "),
        ("name", "x" * 121),
        ("name", "Sok\u202eDara"),
        ("name", "Sok\nDara"),
        ("language", "xx"),
        ("new_password", "short"),
        ("new_password", "sok@example.org sok"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(client, field, value):
    link = ask(client)
    answer = client.post(link, data=JOIN | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert PASSWORD not in answer.text
    assert client.post(link, data=JOIN).status_code == 303


def test_signs_no_database_keeps_are_taken_out(client):
    client.post(ask(client), data=JOIN | {"name": "So\x00k\x07"})
    assert queries.user_by_email("sok@example.org").name == "Sok"


def test_a_link_is_good_for_a_day(client, travel):
    link = ask(client)
    travel(hours=23)
    assert client.get(link).status_code == 200
    travel(hours=2)
    assert client.get(link).status_code == 410
    assert client.post(link, data=JOIN).status_code == 410


def test_letters_to_one_address_are_few(client, travel):
    answers = [client.post("/password", data={"email": "a@example.org"}) for _each in range(4)]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]


def test_an_invitation_opens_for_a_week_and_proves_the_address(client, travel):
    user = actions.invite(actions.Invite(email="vang@example.org", name="Vang", language="lo"))
    actions.grant_role(user, actions.GrantRole(role=Role.NATIONAL_FACILITATOR, country="LA"))
    db.session.commit()
    assert [letter.language for letter in letters()] == ["lo"]
    assert sign_in(client, user, "").status_code == 422
    travel(days=6)
    typed = {"name": "ວັງ", "language": "lo", "new_password": PASSWORD}
    assert client.post(link_in(letters()[-1]), data=typed).status_code == 303
    assert is_signed_in(client)
    db.session.expire_all()
    assert (user.name, user.countries) == ("ວັງ", {"LA"})
    assert len(letters()) == 1


def test_invitations_nobody_takes_up_are_forgotten(travel):
    actions.invite(actions.Invite(email="a@example.org", name="A", language="en"))
    again = actions.invite(actions.Invite(email="b@example.org", name="B", language="en"))
    confirmed = make_user()
    db.session.commit()
    travel(days=6)
    actions.forget_old()
    actions.invite_again(again)
    travel(days=2)
    actions.forget_old()
    db.session.commit()
    db.session.expire_all()
    assert set(db.session.scalars(select(User.email))) == {"b@example.org", confirmed.email}


def test_a_new_password_ends_every_session_and_every_other_link(app):
    user, client, phone = make_account(), app.test_client(), app.test_client()
    sign_in(phone, user)
    links = []
    for _each in range(2):
        client.post("/password", data={"email": user.email})
        links.append(link_in(letters()[-1]))
    assert client.post(links[0], data={"new_password": "boats wait under the bridge"}).location
    assert not is_signed_in(phone)
    assert client.get(links[1]).status_code == 410
    assert letters()[-1].subject == "Your password was changed"


def test_choosing_a_password_does_not_go_around_the_second_factor(client):
    user = make_account(totp_secret=TOTP)
    client.post("/password", data={"email": user.email})
    typed = {"new_password": "kayak#9z"}
    answer = client.post(link_in(letters()[-1]), data=typed)
    assert answer.location.startswith("/sign-in/second-step")
    assert not is_signed_in(client)


def test_somebody_suspended_may_choose_a_password_but_not_come_in(client):
    user = make_account()
    client.post("/password", data={"email": user.email})
    link = link_in(letters()[-1])
    actions.suspend(user)
    db.session.commit()
    assert client.get(link).status_code == 410
    client.post("/password", data={"email": user.email})
    answer = client.post(link_in(letters()[-1]), data={"new_password": "boats wait under bridges"})
    assert answer.location == "/sign-in"
    assert not is_signed_in(client)


def test_changing_the_password_asks_for_the_present_one(app):
    user, client, phone = make_account(), app.test_client(), app.test_client()
    sign_in(client, user)
    sign_in(phone, user)
    new = "boats wait under the bridge"
    wrong = client.post("/account/password", data={"password": "x", "new_password": new})
    assert wrong.status_code == 422
    assert 'id="password-error"' in wrong.text
    right = client.post("/account/password", data={"password": PASSWORD, "new_password": new})
    assert right.location == "/account"
    assert is_signed_in(client)
    assert not is_signed_in(phone)
    assert sign_in(phone, user, new).status_code == 303
