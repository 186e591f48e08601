from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask, g, request_started
from sqlalchemy import event

from lna.core.db import db


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """Collects the statements sent to the database: `with statements() as seen: …`."""

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        yield seen
        event.remove(db.engine, "before_cursor_execute", note)

    return collecting


@pytest.fixture(autouse=True)
def _every_request_is_its_own(app: Flask) -> Iterator[None]:
    """Tests keep one application context open; a request must not see who asked before it."""

    def forget(_sender: Flask, **_more: object) -> None:
        vars(g).clear()

    with request_started.connected_to(forget, app):
        yield
