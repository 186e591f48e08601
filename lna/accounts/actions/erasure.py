"""Forgetting a person: the row stays so that counts stay true, everything else goes."""

from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, delete, or_, select, update

from lna.accounts.actions.roles import check_others_administer, close
from lna.accounts.models import Link, Session, User
from lna.core import audit, clock
from lna.core.db import db
from lna.core.outbox import SENT, Letter
from lna.core.tokens import Token

ERASERS: list[Callable[[User], None]] = []
"""What other features forget with a person; each appends its own action. They come first."""
SHORTEST_NAME = 3
"""A shorter name stands in too many words to be looked for in letters to others."""


def erase(user: User) -> None:
    """Forget name, addresses, secrets, sessions, and what letters said; there is no way back."""
    check_others_administer(user)
    for eraser in ERASERS:
        eraser(user)
    addresses = [user.email, *user.former_emails]
    forget_letters(addresses, names=[user.name], about=f"user {user.id}")
    _forget_links(user, addresses)
    db.session.execute(delete(Session).where(Session.user_id == user.id))
    for grant in list(user.grants):
        close(grant)
    user.name, user.email = "", f"erased-{user.id}@erased.invalid"
    user.former_emails = user.recovery_codes = []
    user.password_hash = user.totp_secret = user.totp_last_step = None
    user.language, user.timezone = "en", "UTC"
    user.erased_at = clock.now()
    audit.record("erased", user)
    db.session.flush()


def forget_letters(addresses: Iterable[str], *, names: Iterable[str], about: str = "") -> None:
    """Delete what letters said to these addresses, about this thing, or of these names.

    Sent letters stay as empty rows. Letters to others that still wait lose only the names.
    """
    to = tuple(addresses)
    words = [*to, *(name for name in names if len(name) >= SHORTEST_NAME)]
    own: ColumnElement[bool] = Letter.to.in_(to)
    if about:
        own |= Letter.about == about
    db.session.execute(delete(Letter).where(own, Letter.state != SENT))
    _blank(own, to="")
    _blank(or_(*(_mentions(word) for word in words)))
    for letter in db.session.scalars(select(Letter).where(or_(*(_mentions(w) for w in words)))):
        for word in words:
            letter.body = letter.body.replace(word, "…")
            letter.subject = letter.subject.replace(word, "…")


def truncate_log() -> None:
    """Empty SQLite's write-ahead log, which still holds what was deleted; after the commit."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _blank(which: ColumnElement[bool], **more: str) -> None:
    empty = {"subject": "", "body": "", "attachments": [], "error": "", **more}
    db.session.execute(
        update(Letter).where(which, Letter.state == SENT).values(empty),
        execution_options={"synchronize_session": "fetch"},
    )


def _mentions(word: str) -> ColumnElement[bool]:
    return or_(
        Letter.body.contains(word, autoescape=True), Letter.subject.contains(word, autoescape=True)
    )


def _forget_links(user: User, addresses: list[str]) -> None:
    theirs = or_(
        Token.subject == str(user.id),
        Token.subject.startswith(f"{user.id} "),
        Token.subject.in_(addresses),
    )
    db.session.execute(delete(Token).where(Token.purpose.in_(list(Link)), theirs))
