"""For operators: is it alive, is it ready, how is it doing."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from lna.config import settings
from lna.core import clock, outbox, schema
from lna.core.access import access, public
from lna.home.views import bp


@bp.get("/health/live")
@access(public)
def live() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/health/ready")
@access(public)
def ready() -> ResponseReturnValue:
    """The database answers and has the shape this program needs; else 503 with the reason."""
    if trouble := schema.trouble():
        return {"status": "not ready", "reason": trouble}, 503
    return {"status": "ok"}


@bp.get("/metrics")
@access(public)
def metrics() -> ResponseReturnValue:
    """Gauges in the Prometheus text format, for the configured addresses only."""
    if request.remote_addr not in settings().metrics_addresses:
        abort(404)
    unsent, since = outbox.waiting()
    age = (clock.now() - since).total_seconds() if since else 0
    lines = [
        "# HELP lna_letters_unsent Letters in the outbox that have not left.",
        "# TYPE lna_letters_unsent gauge",
        f"lna_letters_unsent {unsent}",
        "# HELP lna_letters_oldest_seconds How long the oldest of them waits.",
        "# TYPE lna_letters_oldest_seconds gauge",
        f"lna_letters_oldest_seconds {age:.0f}",
    ]
    return Response("\n".join([*lines, ""]), mimetype="text/plain; version=0.0.4")
