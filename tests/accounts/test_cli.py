"""Accounts from the terminal."""

import re

import pytest

from lna.accounts import actions, queries
from lna.accounts.models import Role
from lna.core.db import db
from tests.accounts.factories import PASSWORD, TOTP, is_signed_in, make_account, sign_in


@pytest.fixture
def lna(app):
    def run(*arguments, **options):
        db.session.commit()
        answer = app.test_cli_runner().invoke(args=["user", *arguments], **options)
        db.session.rollback()
        return answer

    return run


def test_the_first_administrator_is_made_here(client, lna):
    options = ["--name", "Ana", "--role", "administrator", "--password-stdin"]
    made = lna("add", "Ana@example.org", *options, input=f"{PASSWORD}\n")
    assert made.exit_code == 0, made.output
    assert PASSWORD not in made.output
    sign_in(client, "ana@example.org")
    assert client.get("/accounts").status_code == 200


def test_without_a_password_a_link_is_printed(client, lna):
    made = lna("add", "ana@example.org", "--name", "Ana")
    link = re.search(r"http://127\.0\.0\.1:8000(/password/\S+)", made.output)[1]
    typed = {"name": "Ana", "language": "en", "new_password": PASSWORD}
    assert client.post(link, data=typed).status_code == 303
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "nobody", "--name", "x"],
        ["add", "a@example.org", "--name", "x", "--role", "king"],
        ["add", "a@example.org", "--name", "x", "--role", "national_facilitator"],
        ["add", "a@example.org", "--name", "x", "--password-stdin"],
        ["role", "nobody@example.org", "editor"],
        ["reset", "nobody@example.org"],
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(lna, arguments):
    answer = lna(*arguments, input="short\n")
    assert answer.exit_code != 0
    assert "Traceback" not in answer.output
    assert queries.user_by_email("a@example.org") is None


def test_an_address_has_one_account(lna):
    user = make_account()
    answer = lna("add", user.email, "--name", "Another")
    assert answer.exit_code == 1
    assert "already" in answer.output


def test_roles_are_granted_and_ended(lna):
    user = make_account()
    facilitator = ["national_facilitator", "--country", "KH"]
    granted = lna("role", user.email, *facilitator, "--until", "2199-12-31")
    assert "national_facilitator" in granted.output
    assert user.countries == {"KH"}
    assert lna("role", user.email, *facilitator).exit_code == 1
    assert lna("role", user.email, *facilitator, "--end").exit_code == 0
    assert not user.has_role(Role.NATIONAL_FACILITATOR)
    assert lna("role", user.email, *facilitator, "--end").exit_code == 1


def test_somebody_locked_out_gets_a_link(client, lna):
    user = make_account(totp_secret=TOTP)
    actions.new_recovery_codes(user)
    answer = lna("reset", user.email, "--without-second-factor")
    link = re.search(r"http://127\.0\.0\.1:8000(/password/\S+)", answer.output)[1]
    client.post(link, data={"new_password": "boats wait under the bridge"})
    assert is_signed_in(client)
