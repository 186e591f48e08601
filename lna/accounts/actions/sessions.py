"""Opening and ending sessions: a random secret for the browser, a row with its hash for us."""

import secrets
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from lna.accounts.models import Session, User
from lna.core import clock, tokens
from lna.core.db import db

NOTED_EVERY = timedelta(minutes=5)


def open_session(user: User, device: str) -> str:
    """Sign a browser in; the secret its cookie carries can be read only now."""
    secret = secrets.token_urlsafe(32)
    db.session.add(Session(digest=tokens.digest(secret), user_id=user.id, device=device[:120]))
    db.session.flush()
    return secret


def end_session(session: Session) -> None:
    """Sign one browser out."""
    session.ended_at = session.ended_at or clock.now()


def end_sessions(user: User, *, but: str = "") -> None:
    """Sign a person out everywhere, perhaps but for the browser that holds this secret."""
    db.session.execute(
        update(Session)
        .where(
            Session.user_id == user.id,
            Session.ended_at.is_(None),
            Session.digest != tokens.digest(but),
        )
        .values(ended_at=clock.now())
    )


def note_seen(session: Session) -> None:
    """Remember, every five minutes at most, that a session is in use; reading goes on regardless.

    In a transaction of its own, so the caller's must not hold the lock to write.
    """
    now = clock.now()
    if now - session.seen_at < NOTED_EVERY:
        return
    engine = db.engine.execution_options(sqlite_begin="IMMEDIATE")
    with suppress(OperationalError), engine.begin() as connection:
        connection.execute(update(Session).where(Session.id == session.id).values(seen_at=now))
