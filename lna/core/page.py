"""Answers: a page, a page remembered by version, or the part of it htmx asked for."""

import hashlib
import json
from collections.abc import Callable, Hashable
from datetime import datetime
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Response, current_app, g, make_response, render_template, request, session
from markupsafe import Markup

from lna.core.compression import accepts_gzip, compress
from lna.core.front import MARK, Shared
from lna.core.i18n import language
from lna.core.memory import Memory
from lna.core.versions import versions_of
from lna.core.visitor import brings_session

MOST_BYTES = 24 * 1024 * 1024
"""Pages in memory, each plain and packed."""
MOST_PARTS = 5_000


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


def problem(status: int, detail: str) -> Response:
    """What is wrong with a request, for programs (RFC 9457)."""
    title = HTTPStatus(status).phrase
    body = json.dumps({"status": status, "title": title, "detail": detail})
    return Response(body, status=status, mimetype="application/problem+json")


def caches() -> dict[str, Any]:
    """Where the running application keeps what it can make again; each keyed by versions."""
    kept: dict[str, Any] = current_app.extensions["lna_caches"]
    return kept


class Parts:
    """Parts of pages, a row of a list, made once for what they show.

    In a template: `{{ parts(key, macro, thing) }}`; the key says what of the thing may change
    while the version stays. Language is part of every key.
    """

    def __init__(self, name: str, version: str) -> None:
        then, kept = caches().get(name, ("", {}))
        if then != version or len(kept) > MOST_PARTS:
            kept = {}
            caches()[name] = version, kept
        self.kept: dict[tuple[Hashable, str], Markup] = kept

    def __call__(self, key: Hashable, macro: Callable[..., Markup], *things: Any) -> Markup:
        place = (key, language())
        if (known := self.kept.get(place)) is None:
            known = self.kept[place] = macro(*things)
        return known


class Answer(NamedTuple):
    """A page as it leaves: plain, packed by gzip, and of which type."""

    plain: bytes
    packed: bytes
    mimetype: str


def remembered(
    *topics: str,
    render: Callable[[], Response | str],
    version: str = "",
    until: datetime | None = None,
) -> Response:
    """Answer a public GET from memory while nothing under its topics has changed.

    Instead of topics a view may name the `version` itself, where more than they changes what
    it shows; and the moment until which that holds, if it will change by itself. `render`
    makes the answer when it is not there; somebody who is signed in, or has a message waiting,
    always gets a fresh one. The ETag is that of version and language.
    """
    if brings_session() and ("_user_id" in session or "_flashes" in session):
        return make_response(render())
    key = f"{request.host}{request.full_path}|{language()}|{version or versions_of(*topics)}"
    tag = hashlib.sha256(f"{current_app.extensions['lna_build']}{key}".encode()).hexdigest()[:32]
    shared = Shared(str(request.url_rule), until)
    if request.if_none_match.contains_weak(tag):
        request.environ[MARK] = shared
        return _validated(Response(status=304), tag)
    answers: Memory[Answer] = caches().setdefault("pages", Memory(MOST_BYTES))
    answer = answers.get(key)
    if answer is None:
        fresh = make_response(render())
        if fresh.status_code != 200 or g.get("csrf_token"):
            return fresh
        body = fresh.get_data()
        answer = Answer(body, compress(body, 6), fresh.mimetype or "text/html")
        answers.put(key, answer, len(answer.plain) + len(answer.packed))
    request.environ[MARK] = shared
    return _validated(_body(answer), tag)


def _body(answer: Answer) -> Response:
    if accepts_gzip():
        response = Response(answer.packed, mimetype=answer.mimetype)
        response.headers["Content-Encoding"] = "gzip"
        return response
    return Response(answer.plain, mimetype=answer.mimetype)


def _validated(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    return response
