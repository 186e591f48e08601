"""The second factor: set, required for those who work with other people's data, removed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lna.accounts import actions
from lna.accounts.models import Role
from lna.core import clock
from lna.core.db import db
from tests.accounts.factories import (
    PASSWORD,
    TOTP,
    code_of,
    is_signed_in,
    letters,
    make_account,
    sign_in,
)

REQUIRED = [
    (Role.NATIONAL_FACILITATOR, "KH"),
    (Role.REGIONAL_COORDINATOR, None),
    (Role.PIU_MANAGER, None),
    (Role.ADMINISTRATOR, None),
]


@pytest.fixture
def required(app, monkeypatch):
    settings = replace(app.extensions["lna_settings"], second_factor_required=True)
    monkeypatch.setitem(app.extensions, "lna_settings", settings)


@pytest.mark.parametrize(("role", "country"), REQUIRED)
def test_who_needs_one_is_led_there_and_can_do_nothing_else(client, required, role, country):
    sign_in(client, make_account(role, country))
    for path in "/account", "/account/data", "/accounts", "/themes", "/partners", "/sign-in":
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, "/account/second-factor"), path
    for path in "/account", "/account/password", "/account/sessions/end", "/themes/new":
        answer = client.post(path, data={"name": "x"})
        assert (answer.status_code, answer.location) == (303, "/account/second-factor"), path
    part = client.get("/account", headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (204, "/account/second-factor")
    assert "needs a second factor" in client.get("/account/second-factor").text
    assert client.post("/sign-out").location == "/"


def test_once_it_is_set_everything_opens(client, required):
    user = make_account(Role.ADMINISTRATOR)
    sign_in(client, user)
    with client.session_transaction() as session:
        session["totp_secret"] = TOTP
    typed = {"code": code_of(TOTP), "password": PASSWORD}
    client.post("/account/second-factor", data=typed)
    assert client.get("/account/recovery-codes").status_code == 200
    assert client.get("/accounts").status_code == 200
    assert letters()[-1].subject == "Your second factor is set"


@pytest.mark.parametrize("role", [None, Role.EDITOR, Role.ANNOTATOR])
def test_others_go_on_without(client, required, role):
    sign_in(client, make_account(role))
    assert is_signed_in(client)


def test_a_substitute_needs_one_while_standing_in(client, required, travel):
    facilitator, user = make_account(Role.NATIONAL_FACILITATOR, "KH"), make_account()
    actions.name_substitute(
        facilitator,
        actions.NameSubstitute(
            email=user.email,
            country="KH",
            since=clock.now() + timedelta(days=1),
            until=clock.now() + timedelta(days=3),
        ),
    )
    db.session.commit()
    for days, led in ((0, False), (2, True), (2, False)):
        travel(days=days)
        sign_in(client, user)
        assert is_signed_in(client) is not led
        client.post("/sign-out")


def test_it_is_set_with_the_right_code_and_password_only(client):
    user = make_account()
    sign_in(client, user)
    client.get("/account/second-factor")
    with client.session_transaction() as session:
        secret = session["totp_secret"]
    for typed in (
        {"code": "000000", "password": PASSWORD},
        {"code": "abc", "password": PASSWORD},
        {"code": code_of(secret), "password": "not mine"},
        {"code": "", "password": ""},
    ):
        answer = client.post("/account/second-factor", data=typed)
        assert answer.status_code == 422
        assert secret[:4] in answer.text  # the same picture, scanned already
    db.session.expire_all()
    assert not user.has_second_factor


def test_the_code_that_set_it_does_not_sign_in(client):
    user = make_account()
    sign_in(client, user)
    client.get("/account/second-factor")
    with client.session_transaction() as session:
        secret = session["totp_secret"]
    code = code_of(secret)
    client.post("/account/second-factor", data={"code": code, "password": PASSWORD})
    client.post("/sign-out")
    sign_in(client, user)
    assert client.post("/sign-in/second-step", data={"code": code}).status_code == 422


def test_recovery_codes_are_stored_hashed_and_shown_once(client):
    user = make_account(totp_secret=TOTP)
    codes = actions.new_recovery_codes(user)
    db.session.commit()
    assert all(len(code.replace("-", "")) == 16 for code in codes)
    assert not set(codes) & set(user.recovery_codes)
    assert len(set(user.recovery_codes)) == 10


def test_new_recovery_codes_end_the_old_ones(client):
    user = make_account(totp_secret=TOTP)
    old = actions.new_recovery_codes(user)
    db.session.commit()
    sign_in(client, user)
    client.post("/sign-in/second-step", data={"code": code_of(TOTP)})
    wrong = client.post("/account/second-factor/recovery-codes", data={"password": "x"})
    assert wrong.status_code == 422
    right = client.post("/account/second-factor/recovery-codes", data={"password": PASSWORD})
    assert right.location == "/account/recovery-codes"
    client.post("/sign-out")
    sign_in(client, user)
    assert client.post("/sign-in/second-step", data={"code": old[0]}).status_code == 422


def test_it_is_removed_with_the_password_if_that_is_long_enough(client):
    user = make_account(totp_secret=TOTP)
    sign_in(client, user)
    client.post("/sign-in/second-step", data={"code": code_of(TOTP)})
    assert client.post("/account/second-factor/removal", data={"password": "x"}).status_code == 422
    right = client.post("/account/second-factor/removal", data={"password": PASSWORD})
    assert right.location == "/account"
    assert letters()[-1].subject == "Your second factor was removed"
    short = make_account(totp_secret=TOTP)
    short.password_hash = actions.hashed("kayak#9z")
    db.session.commit()
    client.post("/sign-out")
    sign_in(client, short, "kayak#9z")
    client.post("/sign-in/second-step", data={"code": code_of(TOTP)})
    refused = client.post("/account/second-factor/removal", data={"password": "kayak#9z"})
    assert refused.status_code == 422
    assert "at least 15 characters" in refused.text
