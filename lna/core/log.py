"""The log: one JSON line a request, without query strings, e-mail addresses or tokens."""

import logging
import re
import secrets
import sys
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("lna")
SECRET = re.compile(
    r"[^\s@,;'\"<>()=]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|[\w-]{40,}"  # the secret of a link or a session
    r"|(?<=\)=\()[^)]*"  # what PostgreSQL says of a row: `Key (phone)=(+85512345678)`
)


def configure() -> None:
    """Write JSON lines to standard error; libraries' warnings come the same way."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            without_secrets,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def without_secrets(
    logger: object, method: str, said: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Whatever an error has to say, what identifies people or opens their pages is left out."""
    return {
        name: SECRET.sub("…", value) if isinstance(value, str) else value
        for name, value in said.items()
    }


def begin() -> None:
    g.started = time.perf_counter()
    g.request_id = secrets.token_hex(6)


def finish(response: Response) -> Response:
    """Log the rule that matched, never the address: it may hold a secret."""
    if request.endpoint == "static":
        return response
    log.info(
        "request",
        id=g.get("request_id"),
        method=request.method,
        rule=str(request.url_rule) if request.url_rule else None,
        status=response.status_code,
        ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
    )
    return response


def failed(exc_info: Any) -> None:
    """What Flask says of a failure of ours, with the rule in the place of the address."""
    rule = str(request.url_rule) if request.url_rule else None
    log.error("failed", id=g.get("request_id"), method=request.method, rule=rule, exc_info=exc_info)


def init_app(app: Flask) -> None:
    app.log_exception = failed  # type: ignore[method-assign]
    app.before_request(begin)
    if not app.testing:
        app.after_request(finish)
