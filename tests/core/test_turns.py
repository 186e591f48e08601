"""Writers of one SQLite file take turns; who cannot have one in time is told so, and no later."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from lna.core import turns
from lna.core.db import db
from lna.core.turns import Turns
from tests.factories import make_organisation

SHORT = 0.2


def writes(engine):
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        connection.execute(text("SELECT 1"))


@pytest.fixture
def _impatient(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", SHORT)


@pytest.fixture
def _on_sqlite():
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has its own order")


@pytest.mark.usefixtures("_impatient")
def test_a_second_writer_waits_no_longer_than_the_patience(tmp_path):
    first, second = Turns(tmp_path / "lock"), Turns(tmp_path / "lock")
    assert first.take()

    begun = time.monotonic()
    assert not second.take()
    assert time.monotonic() - begun < SHORT + 1

    first.give_back()
    assert second.take()
    second.give_back()


def test_everybody_gets_a_turn_and_nobody_at_the_same_time(tmp_path):
    writing, most = [], []

    def write(number):
        own = ours[number % 2]
        assert own.take()
        writing.append(number)
        most.append(len(writing))
        time.sleep(0.002)
        writing.remove(number)
        own.give_back()

    ours = [Turns(tmp_path / "lock"), Turns(tmp_path / "lock")]
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(write, range(60)))

    assert (len(most), max(most)) == (60, 1)


@pytest.mark.usefixtures("_impatient", "_on_sqlite")
def test_a_lock_that_cannot_be_had_is_said_as_the_database_does_and_then_over(app):
    held, done = Event(), Event()

    def hold():
        with app.app_context():
            make_organisation()
            held.set()
            done.wait(5)
            db.session.rollback()

    with ThreadPoolExecutor(1) as thread:
        holding = thread.submit(hold)
        held.wait(5)
        with pytest.raises(OperationalError, match="database is locked"):
            writes(db.engine)
        done.set()
        holding.result()
    writes(db.engine)


@pytest.mark.usefixtures("_impatient", "_on_sqlite")
def test_a_busy_database_is_answered_with_503_and_reads_go_on(app, client):
    with db.engine.execution_options(sqlite_begin="IMMEDIATE").begin():
        answer = client.post("/registrations/link", data={"email": "ana@example.org"})
        assert client.get("/activities").status_code == 200

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert client.post("/registrations/link", data={"email": "a@b.org"}).status_code == 303


def test_a_database_in_memory_needs_no_turns():
    assert turns.take_turns(create_engine("sqlite://")) is None
