"""Versions, not clocks: one number per topic, raised in the transaction that changes it.

Validators and every cache of pages, feeds and search results are keyed on these numbers,
so there is nothing to purge and any number of processes agree.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import has_request_context, request
from sqlalchemy import Engine, bindparam, event, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from lna.core import clock
from lna.core.db import Model, UtcDateTime, db


class TopicVersion(Model):
    """How often a topic (activities, library, partners, …) has changed."""

    __tablename__ = "topic_version"

    topic: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    raised_at: Mapped[datetime] = mapped_column(default=clock.now)


RAISED, READ = "lna_raised", "lna_versions"
STATE = "lna.state"
"""Where a request's environment holds all versions, if they were read already."""
_topics = TopicVersion.__table__.c
RAISE = text(
    "INSERT INTO topic_version (topic, version, raised_at) VALUES (:topic, 1, :now)"
    " ON CONFLICT (topic) DO UPDATE SET version = topic_version.version + 1, raised_at = :now"
).bindparams(bindparam("now", type_=UtcDateTime()))

EVERY_VERSION = select(_topics.topic, _topics.version).order_by(_topics.topic)
"""All of the few topics: a fifth of the time of a statement that chooses among them."""


def raise_version(*topics: str) -> None:
    """Say that something shown under these topics changes with the current transaction."""
    connection = db.session.connection()
    for topic in sorted(topics):  # always in one order, so two writers cannot block each other
        connection.execute(RAISE, {"topic": topic, "now": clock.now()})
    db.session.info.setdefault(RAISED, set()).update(topics)
    db.session.info.pop(READ, None)


def versions_of(*topics: str) -> str:
    """The present versions of these topics as one string: `activities=12 library=3`.

    Before a raising transaction commits, its own reads get a string that nobody else will:
    what they remember under it cannot outlive a rollback. A transaction reads them once.
    """
    info = db.session.info
    if READ not in info:
        info[READ] = _read_before() or db.session.execute(EVERY_VERSION).all()
    versions = " ".join(f"{topic}={version}" for topic, version in info[READ] if topic in topics)
    if info.get(RAISED, set()).intersection(topics):
        versions += f" unsaved={uuid4()}"
    return versions


def _read_before() -> tuple[Any, ...] | None:
    """The versions `core.front` has read for this request, just before it came in."""
    return request.environ.get(STATE) if has_request_context() else None


def read_state(engine: Engine) -> tuple[Any, ...] | None:
    """All versions at once, outside of any session; None when the database does not answer."""
    try:
        connection = engine.raw_connection()
    except DBAPIError:
        return None
    cursor = connection.cursor()
    try:
        cursor.execute("SELECT topic, version FROM topic_version ORDER BY topic")
        return tuple(cursor.fetchall())
    except engine.dialect.loaded_dbapi.Error:
        return None
    finally:
        connection.close()


def _saved(session: Session) -> None:
    session.info.pop(RAISED, None)


def _over(session: Session, transaction: SessionTransaction) -> None:
    session.info.pop(READ, None)


for _end in "after_commit", "after_rollback":
    event.listen(db.session, _end, _saved)
event.listen(db.session, "after_transaction_end", _over)


def raised_at(*topics: str) -> datetime | None:
    """When anything under these topics last changed, for Last-Modified; None if never."""
    latest: datetime | None = db.session.scalar(
        select(func.max(_topics.raised_at)).where(_topics.topic.in_(topics))
    )
    return latest
