"""Whose turn it is to write to a SQLite file.

SQLite lets whoever waits sleep longer and longer, so that under load newcomers get in and some
wait until they are refused. Here threads wait in memory, and one thread of each process asks at
a lock file (flock, which ends with its process), so that everybody gets a turn soon.
"""

import fcntl
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

PATIENCE = 5.0
"""Seconds after which whoever waits for a turn is told that the database is locked."""
PAUSE = 0.0005
"""Seconds between two looks at the lock file."""
TURN = "lna_turn"


class Turns:
    """The right to write, held by one connection among all threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._here = Lock()
        self._file = -1

    def take(self) -> bool:
        """Wait for a turn; False when there is none in time."""
        until = time.monotonic() + PATIENCE
        if not self._here.acquire(timeout=PATIENCE):
            return False
        file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while time.monotonic() < until:
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._file = file
                return True
            time.sleep(PAUSE)
        os.close(file)
        self._here.release()
        return False

    def give_back(self) -> None:
        """Let the next one write."""
        os.close(self._file)  # which ends the lock
        self._here.release()


def take_turns(engine: Engine) -> Turns | None:
    """Give back the turn of every connection of an engine when its work is done.

    None for a database in memory, which nobody else can write to.
    """
    if not engine.url.database or ":memory:" in engine.url.database:
        return None
    turns = Turns(Path(f"{engine.url.database}.lock"))

    @event.listens_for(engine, "checkin")
    def done(connection: Any, record: Any) -> None:
        if record.info.pop(TURN, None):
            turns.give_back()

    return turns


def await_turn(turns: Turns, connection: Connection) -> None:
    """Hold the turn until the connection goes back to its pool, or say what SQLite would say."""
    if TURN in connection.info:
        return
    if not turns.take():
        locked = sqlite3.OperationalError("database is locked")
        raise OperationalError("BEGIN IMMEDIATE", None, locked)
    connection.info[TURN] = True
