"""Who is behind a cookie, and where a person is signed in."""

from datetime import timedelta

from sqlalchemy import ColumnElement, select

from lna.accounts.models import Session, User
from lna.config import settings
from lna.core import clock, tokens
from lna.core.db import db


def live_session(secret: str) -> Session | None:
    """The session a cookie's secret opens; None if ended, idle for too long, or too old."""
    return db.session.scalar(
        select(Session).where(Session.digest == tokens.digest(secret), *_is_live())
    )


def sessions_of(user: User) -> list[Session]:
    """Where a person is signed in, last seen first."""
    found = select(Session).where(Session.user_id == user.id, *_is_live())
    return list(db.session.scalars(found.order_by(Session.seen_at.desc(), Session.id.desc())))


def get_session_of(user: User, session_id: int) -> Session:
    """One of a person's own sessions; NoResultFound for anybody else's."""
    found = select(Session).where(Session.id == session_id, Session.user_id == user.id)
    return db.session.scalars(found).one()


def _is_live() -> tuple[ColumnElement[bool], ...]:
    now, limits = clock.now(), settings()
    return (
        Session.ended_at.is_(None),
        Session.seen_at > now - timedelta(hours=limits.session_idle_hours),
        Session.created_at > now - timedelta(days=limits.session_days),
    )
