"""What the log says when things go well and when they do not: never who, and no secret."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import text

from lna import create_app
from lna.core import log
from lna.core.db import db
from lna.registrations import queries
from tests.factories import make_activity
from tests.registrations.test_public import filled

EMAIL = "zznary@example.org"


@pytest.fixture
def lines(app, settings, monkeypatch) -> Iterator[object]:
    """A visitor of a server that writes its own log, and what is in it."""
    before, written = logging.getLogger().handlers[:], io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    log.configure()
    serving = create_app(settings, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    yield serving.test_client(), written.getvalue
    structlog.reset_defaults()
    logging.getLogger().handlers[:] = before
    with serving.app_context():
        db.engine.dispose()


def test_a_registration_leaves_neither_address_nor_link(lines):
    visitor, said = lines
    code = make_activity().code
    db.session.commit()
    answer = visitor.post(
        f"/activities/{code}/registration", data=filled(contact=EMAIL, name="Zznary")
    )
    token = answer.location.rsplit("/", 1)[-1]
    for path in ("", "/details", "/activity.ics", "/details?q=zznary"):
        visitor.get(f"/registrations/{token}{path}")
    visitor.post("/registrations/link", data={"email": EMAIL})
    visitor.post("/sign-in?next=/zznary", data={"email": EMAIL, "password": "zznary"})
    text = said()
    assert [json.loads(line)["status"] for line in text.splitlines()].count(200) == 4
    assert token not in text
    assert "zznary" not in text.lower()


@pytest.mark.parametrize("whole", [True, False])
def test_a_failure_is_told_without_them_too(lines, monkeypatch, caplog, whole):
    visitor, said = lines
    secret = "s" * 43

    def fail(token: str) -> None:
        if whole:
            raise ValueError(f"{EMAIL} at /registrations/{token}")
        db.session.execute(text("INSERT INTO nowhere VALUES (:email)"), {"email": EMAIL})

    monkeypatch.setattr(queries, "registration_behind", fail)
    assert visitor.get(f"/registrations/{secret}?q={EMAIL}").status_code in {500, 503}
    told = said() + caplog.text
    assert "/registrations/<token>" in told
    assert secret not in told
    assert EMAIL not in told


def test_what_a_database_says_of_a_row_is_no_news():
    said = {"error": "DETAIL:  Key (activity_id, phone)=(7, +85512345678) already exists."}
    assert log.without_secrets(None, "", said)["error"] == (
        "DETAIL:  Key (activity_id, phone)=(…) already exists."
    )
