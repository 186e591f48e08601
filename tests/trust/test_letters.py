"""Letters: each to its person alone, and no single one keeps the others from leaving."""

import re

import pytest
from sqlalchemy import select

from lna.core import cli, mail, outbox
from lna.core.db import db
from lna.core.outbox import Letter
from lna.registrations.actions import Change, change, send_links, withdraw
from tests.accounts.test_own_data import dump
from tests.factories import make_activity, make_user
from tests.registrations.factories import register

LINK = re.compile(r"/registrations/([\w-]{20,})")


def test_a_personal_link_is_in_the_letters_of_its_person_alone():
    activity = make_activity(capacity=1)
    people = [register(activity, name=f"Zz{name}") for name in ("Ann", "Bob", "Cho")]
    send_links(people[1].email)
    withdraw(people[0])
    coordinator = make_user()
    change(activity, Change(ids=(people[2].id,), verb="cancel"), by=coordinator)
    db.session.commit()
    letters = db.session.scalars(select(Letter)).all()
    owner = {link: letter.to for letter in letters for link in LINK.findall(letter.body)}
    assert set(owner.values()) == {person.email for person in people}
    for letter in letters:
        assert {owner[link] for link in LINK.findall(letter.body)} <= {letter.to}
        others = [person.name for person in people if person.email != letter.to]
        assert not any(name in letter.body + letter.subject for name in others)
    kept = re.sub(r"\(\d+, '[^']*registration \d+[^\n]*", "", dump())  # but for the outbox itself
    assert [link for link in owner if link in kept] == []


@pytest.mark.parametrize("trouble", [ValueError("x"), UnicodeError("x"), OSError("x")])
def test_a_letter_that_cannot_be_made_does_not_stop_the_others(app, monkeypatch, trouble):
    sent = []

    class Server:
        def __init__(self, settings: object) -> None: ...
        def __enter__(self) -> "Server":
            return self

        def __exit__(self, *more: object) -> None: ...
        def login(self, *more: object) -> None: ...
        def send_message(self, message: object) -> None:
            if "poison" in message["To"]:
                raise trouble
            sent.append(message["To"])

    monkeypatch.setattr(mail, "_connection", Server)
    monkeypatch.setitem(vars(app.extensions["lna_settings"]), "smtp_host", "mail.example.org")
    for to in ("poison@example.org", "fine@example.org"):
        outbox.post(to, "mail/accounts/invitation.txt", language="en", link="x")
    db.session.commit()
    assert cli.send_due() == (1, 1)
    assert sent == ["fine@example.org"]
