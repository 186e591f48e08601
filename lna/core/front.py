"""Answers that are already known, given before Flask is asked.

What `core.page.remembered` gave to a visitor without cookies is kept as it left, for requests
that are the same to the letter, until any topic's version changes or its time is over. A page
unchanged, and its 304, cost one look-up in the database.
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask

from lna.core import clock
from lna.core.db import db
from lna.core.log import log
from lna.core.memory import Memory
from lna.core.versions import STATE, read_state

VARYING = (
    *("wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"),
    *("HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_IF_NONE_MATCH"),
)
"""What of a request a shared answer may depend on."""
BYPASSING = frozenset({"HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_HX_REQUEST"})
MARK = "lna.shared"
MOST_BYTES = 24 * 1024 * 1024
OVERHEAD = 2_000
"""Bytes that an answer takes besides its body."""
Environ = dict[str, Any]


@dataclass(frozen=True)
class Shared:
    """Stands in a request's environment when its answer is everybody's, until a moment."""

    rule: str
    until: datetime | None = None


@dataclass(frozen=True)
class Kept:
    """An answer as it left."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    shared: Shared


class Front:
    """The WSGI application with its known answers in front of it."""

    def __init__(self, app: Flask) -> None:
        self.app, self.inner = app, app.wsgi_app
        self.static = f"{app.static_url_path}/"
        with app.app_context():
            self.engine = db.engine

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if (
            environ["REQUEST_METHOD"] != "GET"
            or not BYPASSING.isdisjoint(environ)
            or environ["PATH_INFO"].startswith(self.static)
        ):
            return self.inner(environ, start_response)
        started, state = time.perf_counter(), read_state(self.engine)
        key = tuple([environ.get(name) for name in VARYING])
        known = self.known(state)
        kept = known.get(key)
        environ[STATE] = state
        if kept is None or (kept.shared.until and kept.shared.until <= clock.now()):
            return self.ask(environ, start_response, known, key)
        self.note(kept, started)
        start_response(kept.status, list(kept.headers))
        return [kept.body]

    def known(self, state: object) -> Memory[Kept]:
        """What is known in this state of all topics; what was before is forgotten."""
        caches = self.app.extensions["lna_caches"]
        then, known = caches.get("front", (None, None))
        if then != state or state is None:
            known = Memory[Kept](MOST_BYTES)
            caches["front"] = state, known
        found: Memory[Kept] = known
        return found

    def ask(
        self, environ: Environ, start_response: Any, known: Memory[Kept], key: tuple[Any, ...]
    ) -> Iterable[bytes]:
        """The application's answer, kept if it may be shared.

        It was made after the state was read, so it is never older than what it is kept under.
        """
        given: list[Any] = []

        def listen(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            given[:] = [status, headers]
            return start_response(status, headers, error)

        answer = self.inner(environ, listen)
        shared = environ.get(MARK)
        if shared is None or any(name.lower() == "set-cookie" for name, _ in given[1]):
            return answer
        body = b"".join(answer)
        getattr(answer, "close", lambda: None)()
        known.put(key, Kept(given[0], given[1], body, shared), len(body) + OVERHEAD)
        return [body]

    def note(self, kept: Kept, started: float) -> None:
        """The same line in the log as for any request."""
        if not self.app.testing:
            log.info(
                "request",
                id=secrets.token_hex(6),
                method="GET",
                rule=kept.shared.rule,
                status=int(kept.status[:3]),
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
