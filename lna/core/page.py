"""Answers: a page, a page remembered by version, or the part of it htmx asked for."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from flask import Response, current_app, g, make_response, render_template, request, session

from lna.core.compression import accepts_gzip, compress
from lna.core.i18n import language
from lna.core.versions import versions_of
from lna.core.visitor import brings_session


def page(
    template: str, fragment: str | None = None, *, status: int = 200, **context: Any
) -> Response:
    """The whole page; or one of its includes, when htmx says it only wants a part."""
    if fragment and request.headers.get("HX-Request-Type") == "partial":
        template = fragment
    response = make_response(render_template(template, **context), status)
    if fragment:
        response.vary.add("HX-Request-Type")
    return response


def caches() -> dict[str, Any]:
    """Where the running application keeps what it can make again; each keyed by versions."""
    kept: dict[str, Any] = current_app.extensions["lna_caches"]
    return kept


class Remembered:
    """The latest answers, by address, language and version; bounded by their bytes."""

    def __init__(self, most_bytes: int = 24 * 1024 * 1024) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self.answers: OrderedDict[str, tuple[bytes, bytes, str]] = OrderedDict()
        self.lock = Lock()

    def get(self, key: str) -> tuple[bytes, bytes, str] | None:
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
            return self.answers.get(key)

    def put(self, key: str, answer: tuple[bytes, bytes, str]) -> None:
        with self.lock:
            if old := self.answers.pop(key, None):
                self.bytes -= len(old[0]) + len(old[1])
            self.answers[key] = answer
            self.bytes += len(answer[0]) + len(answer[1])
            while self.bytes > self.most_bytes:
                _, old = self.answers.popitem(last=False)
                self.bytes -= len(old[0]) + len(old[1])


def remembered(*topics: str, render: Callable[[], Response | str], version: str = "") -> Response:
    """Answer a public GET from memory while nothing under its topics has changed.

    Instead of topics a view may name the `version` itself, where more than they changes what
    it shows (the time). `render` makes the answer when it is not there; somebody who is
    signed in, or has a message waiting, always gets a fresh one. The ETag is that of version
    and language.
    """
    if brings_session() and ("_user_id" in session or "_flashes" in session):
        return make_response(render())
    key = f"{request.host}{request.full_path}|{language()}|{version or versions_of(*topics)}"
    tag = hashlib.sha256(f"{current_app.extensions['lna_build']}{key}".encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(tag):
        return _validated(Response(status=304), tag)
    answers: Remembered = caches().setdefault("pages", Remembered())
    answer = answers.get(key)
    if answer is None:
        fresh = make_response(render())
        if fresh.status_code != 200 or g.get("csrf_token"):
            return fresh
        body = fresh.get_data()
        answer = (body, compress(body, 6), fresh.mimetype or "text/html")
        answers.put(key, answer)
    return _validated(_body(answer), tag)


def _body(answer: tuple[bytes, bytes, str]) -> Response:
    plain, packed, mimetype = answer
    if accepts_gzip():
        response = Response(packed, mimetype=mimetype)
        response.headers["Content-Encoding"] = "gzip"
        return response
    return Response(plain, mimetype=mimetype)


def _validated(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    return response
