"""Who might be behind a request, found out without opening anything."""

from flask import current_app, request, session


def brings_session() -> bool:
    """Whether there is a session cookie; without one nothing in the session is worth a look,
    and an answer that did not look needs no `Vary: Cookie`."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def may_be_signed_in() -> bool:
    """Whether the session says that somebody signed in; whether it still holds is not asked."""
    return brings_session() and "_user_id" in session
