"""What people see when it does not work: what happened, what was kept, what to do."""

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, NoResultFound, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from lna.core import audit
from lna.core.db import SAFE_METHODS, db
from lna.core.log import log

PAGES = {400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Our page for the status, with the headers the error brings (Allow, Retry-After)."""
    if isinstance(error, SecurityError):  # no page can be made: its links would name that host
        return Response(f"{error.description}\n", 400, mimetype="text/plain")
    status = error.code or 500
    if error.response is not None or status not in PAGES:
        return error.get_response()
    if status == 403:
        audit.record_refusal(request.endpoint or request.path)
    answer = _page(status)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def missing(error: NoResultFound) -> ResponseReturnValue:
    return _page(404)


def expired(error: CSRFError) -> ResponseReturnValue:
    """A form from an old page: shown again with what was typed and a new token.

    Not one that another site has sent: a press on our button must not make it the person's own.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return _page(400)
    typed = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name != "csrf_token" and "password" not in name
    ]
    return make_response(render_template("errors/csrf.html", typed=typed), 400)


def database_down(error: OperationalError) -> ResponseReturnValue:
    log.error("database", error=type(error.orig).__name__)
    db.session.rollback()
    answer = _page(503)
    answer.headers["Retry-After"] = "60"
    return answer


def unstorable(error: DataError | OverflowError) -> ResponseReturnValue:
    """A value no column holds got past every check: what was asked for is not there, what was
    sent cannot be saved."""
    log.error("unstorable value", error=type(error).__name__)
    db.session.rollback()
    return _page(404 if request.method in SAFE_METHODS else 422)


def broken(error: InternalServerError) -> ResponseReturnValue:
    db.session.rollback()
    return _page(500)


def _page(status: int) -> Response:
    return make_response(render_template(f"errors/{status}.html"), status)


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, expired)
    app.register_error_handler(NoResultFound, missing)
    app.register_error_handler(OperationalError, database_down)
    app.register_error_handler(DataError, unstorable)
    app.register_error_handler(OverflowError, unstorable)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(InternalServerError, broken)
