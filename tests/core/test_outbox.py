"""Letters over a real SMTP server, in its moods."""

import email
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import policy

import pytest
from aiosmtpd.controller import Controller

from lna.core import clock, outbox
from lna.core.cli import send_due
from lna.core.db import db


class Mailbox:
    """A mail server that keeps what it accepts, and refuses as it is told to."""

    def __init__(self) -> None:
        self.letters: list[email.message.EmailMessage] = []
        self.answers: list[str] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 - its name there
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250") or "cut" in answer:
            self.letters.append(message)
        if "cut" in answer:
            session.transport = None
            server.transport.close()
        return answer


@pytest.fixture
def mailbox(app, settings) -> Iterator[Mailbox]:
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    app.extensions["lna_settings"] = replace(
        settings,
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_security="none",
        mail_from="desk@example.org",
    )
    yield box
    controller.stop()
    app.extensions["lna_settings"] = settings


@pytest.fixture
def templates(app):
    """Two letters of our own, as a feature would bring them."""
    from jinja2 import ChoiceLoader, DictLoader

    before = app.jinja_env.loader
    texts = {"test/hello.txt": "Hello {{ name }}\n\nDear {{ name }},\nit is <b>plain</b>.\n"}
    app.jinja_env.loader = ChoiceLoader([DictLoader(texts), before])
    yield
    app.jinja_env.loader = before


@pytest.fixture
def letter(templates):
    letter = outbox.post("ana@example.org", "test/hello.txt", language="km", name="សុខា & <b>")
    db.session.commit()
    return letter


def later(monkeypatch, **gap):
    moment = clock.now() + timedelta(**gap)
    monkeypatch.setattr(clock, "read", lambda: moment)


def test_a_letter_arrives_once_with_names_as_data(mailbox, letter):
    assert send_due() == (1, 0)
    assert send_due() == (0, 0)

    [arrived] = mailbox.letters
    assert arrived["To"] == "ana@example.org"
    assert arrived["Subject"] == "Hello សុខា & <b>"
    assert arrived["Content-Language"] == "km"
    assert "Dear សុខា & <b>,\nit is <b>plain</b>." in arrived.get_content()
    assert letter.state == outbox.SENT


def test_without_a_mail_server_letters_wait_visibly(letter):
    assert send_due() == (0, 0)
    assert outbox.waiting() == (1, letter.posted_at)
    assert outbox.unsent_letters() == [letter]


@pytest.mark.parametrize("answer", ["451 try later", "421 busy", "452 full", "550 not now"])
def test_a_refused_letter_is_tried_again_later_and_arrives_once(
    mailbox, letter, answer, monkeypatch
):
    mailbox.answers = [answer]
    assert send_due() == (0, 1)
    assert letter.error.startswith(answer[:3])
    assert send_due() == (0, 0)

    later(monkeypatch, minutes=2)
    assert send_due() == (1, 0)
    assert len(mailbox.letters) == 1


def test_a_line_cut_after_the_letter_was_taken_sends_the_same_message_id(
    mailbox, letter, monkeypatch
):
    mailbox.answers = ["cut"]
    assert send_due() == (0, 1)
    later(monkeypatch, minutes=2)
    assert send_due() == (1, 0)

    assert len(mailbox.letters) == 2
    assert len({arrived["Message-ID"] for arrived in mailbox.letters}) == 1


def test_a_worker_that_died_while_sending_loses_nothing(mailbox, letter, monkeypatch):
    outbox.claim()
    db.session.commit()
    assert send_due() == (0, 0)

    later(monkeypatch, minutes=6)
    assert send_due() == (1, 0)


def test_after_the_last_delay_staff_decide(mailbox, letter, monkeypatch):
    for _ in range(len(outbox.DELAYS) + 1):
        mailbox.answers = ["451 no"]
        send_due()
        later(monkeypatch, days=2)
    assert letter.state == outbox.FAILED
    assert send_due() == (0, 0)

    outbox.send_again(letter)
    db.session.commit()
    assert send_due() == (1, 0)


def test_a_server_that_is_down_keeps_the_letter(mailbox, letter, app):
    app.extensions["lna_settings"] = replace(app.extensions["lna_settings"], smtp_port=1)
    assert send_due() == (0, 1)
    assert "refused" in letter.error
    assert letter.state == outbox.QUEUED


def test_one_cause_is_one_letter(templates):
    for _ in range(3):
        outbox.post("a@example.org", "test/hello.txt", language="en", cause="x 1", name="A")
    assert outbox.waiting()[0] == 1


def test_bodies_are_forgotten_when_they_are_old_and_sent(mailbox, letter, monkeypatch):
    send_due()
    outbox.forget_bodies()
    assert letter.body
    later(monkeypatch, days=31)
    outbox.forget_bodies()
    db.session.expire_all()
    assert letter.body == ""
