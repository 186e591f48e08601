"""Forgetting a person: the row stays so that counts stay true, everything else goes."""

import re
from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, delete, or_, select, update

from lna.accounts import queries
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
    words = [user.name, user.email, *user.former_emails]
    forget_letters(queries.own_letters(user) | (Letter.about == f"user {user.id}"), words)
    _forget_links(user)
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


def forget_letters(own: ColumnElement[bool], words: Iterable[str]) -> None:
    """Delete what a person's own letters said, and take these words out of all others.

    Own letters that were sent stay as empty rows. A name may be a word of the language too, so
    that only whole words go, and links stay whole: they are for somebody else.
    """
    db.session.execute(delete(Letter).where(own, Letter.state != SENT))
    empty = {"to": "", "subject": "", "body": "", "attachments": [], "error": ""}
    db.session.execute(
        update(Letter).where(own).values(empty), execution_options={"synchronize_session": "fetch"}
    )
    for word in (each for each in words if len(each) >= SHORTEST_NAME):
        for letter in db.session.scalars(select(Letter).where(_mentions(word))):
            letter.body, letter.subject = without(word, letter.body), without(word, letter.subject)


def without(word: str, text: str) -> str:
    """A text with an ellipsis in the place of a whole word, wherever it is no part of a link."""
    whole = rf"(?P<link>\S+://\S+)|(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])"
    return re.sub(whole, lambda found: found["link"] or "…", text)


def truncate_log() -> None:
    """Empty SQLite's write-ahead log, which still holds what was deleted; after the commit."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _mentions(word: str) -> ColumnElement[bool]:
    return or_(
        Letter.body.contains(word, autoescape=True), Letter.subject.contains(word, autoescape=True)
    )


def _forget_links(user: User) -> None:
    theirs = or_(
        Token.subject.in_([str(user.id), user.email]), Token.subject.startswith(f"{user.id} ")
    )
    db.session.execute(delete(Token).where(Token.purpose.in_(list(Link)), theirs))
