"""The log: one JSON line a request, without query strings, e-mail addresses or tokens."""

import logging
import secrets
import sys
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("lna")


def configure() -> None:
    """Write JSON lines to standard error; libraries' warnings come the same way."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


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


def init_app(app: Flask) -> None:
    app.before_request(begin)
    if not app.testing:
        app.after_request(finish)
