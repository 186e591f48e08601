"""What accounts forget by themselves, once an hour."""

from datetime import timedelta

from sqlalchemy import String, cast, delete, select

from lna.accounts.models import Link, Session, User
from lna.core import clock
from lna.core.db import db
from lna.core.tokens import Token

SESSIONS_KEPT = timedelta(days=30)
UNCONFIRMED_KEPT = timedelta(days=7)


def forget_old() -> None:
    """Delete links that no longer work, sessions long ended, and invitations nobody took up."""
    now = clock.now()
    openable = select(Token.subject).where(
        Token.purpose == Link.PASSWORD, Token.ended_at.is_(None), Token.expires_at > now
    )
    for statement in (
        delete(Token).where(Token.purpose.in_(list(Link)), Token.expires_at <= now),
        delete(Session).where(Session.seen_at < now - SESSIONS_KEPT),
        delete(User).where(
            User.confirmed_at.is_(None),
            User.erased_at.is_(None),
            User.created_at < now - UNCONFIRMED_KEPT,
            cast(User.id, String).not_in(openable),
        ),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
