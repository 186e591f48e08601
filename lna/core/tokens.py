"""Secrets in links: 256 bits, stored as SHA-256, one purpose each, revocable."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Index, select, update
from sqlalchemy.orm import Mapped, mapped_column

from lna.core import clock
from lna.core.db import Model, db, insert_row


class Token(Model):
    """A secret someone was given. `subject` is what it opens: a row id, an address."""

    __tablename__ = "token"
    __table_args__ = (Index(None, "purpose", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]
    subject: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    @property
    def is_live(self) -> bool:
        return not self.ended_at and (not self.expires_at or clock.now() < self.expires_at)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(purpose: str, subject: object, lifetime: timedelta | None = None) -> str:
    """Make a secret for one purpose and subject; it can be read only now."""
    secret, now = secrets.token_urlsafe(32), clock.now()
    insert_row(
        Token,
        digest=digest(secret),
        purpose=purpose,
        subject=str(subject),
        created_at=now,
        expires_at=lifetime and now + lifetime,
    )
    return secret


def find(purpose: str, secret: str) -> Token | None:
    """The live token behind a secret; None if wrong, used, expired or for something else."""
    token = db.session.scalar(
        select(Token).where(Token.digest == digest(secret), Token.purpose == purpose)
    )
    return token if token and token.is_live else None


def end(token: Token) -> None:
    """Use up or revoke one."""
    token.ended_at = clock.now()


def end_all(purpose: str, subject: object) -> None:
    """Revoke every live token of this purpose and subject."""
    db.session.execute(
        update(Token)
        .where(Token.purpose == purpose, Token.subject == str(subject), Token.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
