"""Letters leave through a table: written with the change they report, sent after.

A letter is a row in the transaction of its cause. The worker claims a due row, hands it to
the mail server and marks it; an ambiguous cut is sent again under the same Message-ID, so a
mailbox shows it once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any

from flask import render_template
from sqlalchemy import Index, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from lna.config import settings
from lna.core import clock
from lna.core.db import Model, db, insert_row
from lna.core.i18n import speaking

QUEUED, SENDING, SENT, FAILED = "queued", "sending", "sent", "failed"
DELAYS = [1, 5, 15, 60, 240, 720, 1440]
"""Minutes between tries; after the last one a letter has failed and staff decide."""
LEASE = timedelta(minutes=5)
"""A claimed letter not marked within this time belongs to a worker that died."""
OVERDUE = timedelta(minutes=15)
"""A letter unsent for longer is shown to staff as trouble."""


class Letter(Model):
    """One letter to one address. `cause` is unique: one event, one letter."""

    __tablename__ = "letter"
    __table_args__ = (Index(None, "state", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str | None] = mapped_column(unique=True)
    about: Mapped[str] = mapped_column(default="", index=True)
    to: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    message_id: Mapped[str]
    state: Mapped[str] = mapped_column(default=QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    posted_at: Mapped[datetime]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A text part that travels with a letter: a calendar invitation, a table."""

    filename: str
    mimetype: str
    content: str


def post(
    to: str,
    template: str,
    *,
    language: str,
    cause: str | None = None,
    about: str = "",
    attachments: Iterable[Attachment] = (),
    **context: Any,
) -> Letter | None:
    """Queue a letter in the person's language; a cause that was posted before changes nothing.

    The template's first line is the subject, the rest the body; names in it are data.
    `about` names what it belongs to ("registration 12"), for lists of letters.
    """
    if cause and db.session.scalar(select(Letter.id).where(Letter.cause == cause)):
        return None
    letter = Letter(
        **_composed(to, template, language, context),
        cause=cause,
        about=about,
        attachments=[vars(each) for each in attachments],
    )
    db.session.add(letter)
    db.session.flush()
    return letter


def post_new(
    to: str, template: str, *, language: str, cause: str, about: str, **context: Any
) -> None:
    """The same in one statement, for a cause of which there cannot be a letter yet."""
    insert_row(Letter, **_composed(to, template, language, context), cause=cause, about=about)


def _composed(to: str, template: str, language: str, context: dict[str, Any]) -> dict[str, Any]:
    with speaking(language):
        text = render_template(template, site=settings().site_name, **context)
    subject, _, body = text.lstrip().partition("\n")
    now = clock.now()
    return {
        "to": to,
        "language": language,
        "subject": " ".join(subject.split()),
        "body": body.strip() + "\n",
        "message_id": make_msgid(domain="lna.invalid"),
        "posted_at": now,
        "due_at": now,
    }


def claim() -> Letter | None:
    """Take the next due letter for sending; None when nothing is due."""
    now = clock.now()
    due = or_(
        (Letter.state == QUEUED) & (Letter.due_at <= now),
        (Letter.state == SENDING) & (Letter.due_at <= now - LEASE),
    )
    letter = db.session.scalar(
        select(Letter).where(due).order_by(Letter.due_at).limit(1).with_for_update(skip_locked=True)
    )
    if letter:
        letter.state, letter.due_at, letter.tries = SENDING, now, letter.tries + 1
        db.session.flush()
    return letter


def mark_sent(letter: Letter) -> None:
    letter.state, letter.sent_at, letter.error = SENT, clock.now(), ""


def mark_unsent(letter: Letter, error: str, *, for_good: bool = False) -> None:
    """Try again later; after the last delay, or when the server refuses for good, it has failed."""
    letter.error = error[:500]
    if for_good or letter.tries > len(DELAYS):
        letter.state = FAILED
    else:
        letter.state = QUEUED
        letter.due_at = clock.now() + timedelta(minutes=DELAYS[letter.tries - 1])


def send_again(letter: Letter) -> None:
    """Staff have mended the cause: the letter is due now, with all its tries."""
    letter.state, letter.tries, letter.due_at = QUEUED, 0, clock.now()


def get_letter(id: int) -> Letter:
    """The letter, or NoResultFound."""
    return db.session.scalars(select(Letter).where(Letter.id == id)).one()


def unsent_letters(limit: int = 50) -> list[Letter]:
    """What has not left yet, failed ones first, oldest first."""
    unsent = select(Letter).where(Letter.state != SENT)
    order = (Letter.state != FAILED, Letter.posted_at)
    return list(db.session.scalars(unsent.order_by(*order).limit(limit)))


def waiting() -> tuple[int, datetime | None]:
    """How many letters are unsent, and since when the oldest waits."""
    row = db.session.execute(
        select(func.count(), func.min(Letter.posted_at)).where(Letter.state != SENT)
    ).one()
    return row[0], row[1]


def letters_about(about: str) -> list[Letter]:
    """Every letter that belongs to a thing, newest first."""
    newest = select(Letter).where(Letter.about == about).order_by(Letter.id.desc())
    return list(db.session.scalars(newest))


def forget_bodies() -> None:
    """Delete the text of letters sent longer ago than the settings keep it."""
    old = clock.now() - timedelta(days=settings().letter_days)
    db.session.execute(
        update(Letter)
        .where(Letter.sent_at < old, Letter.body != "")
        .values(body="", attachments=[]),
        execution_options={"synchronize_session": False},
    )
