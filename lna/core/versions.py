"""Versions, not clocks: one number per topic, raised in the transaction that changes it.

Validators and every cache of pages, feeds and search results are keyed on these numbers,
so there is nothing to purge and any number of processes agree.
"""

from sqlalchemy import select, text
from sqlalchemy.orm import Mapped, mapped_column

from lna.core.db import Model, db


class TopicVersion(Model):
    """How often a topic (activities, library, partners, …) has changed."""

    __tablename__ = "topic_version"

    topic: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)


_topics = TopicVersion.__table__.c
RAISE = text(
    "INSERT INTO topic_version (topic, version) VALUES (:topic, 1)"
    " ON CONFLICT (topic) DO UPDATE SET version = topic_version.version + 1"
)


def raise_version(*topics: str) -> None:
    """Say that something shown under these topics changes with the current transaction."""
    for topic in sorted(topics):  # always in one order, so two writers cannot block each other
        db.session.execute(RAISE, {"topic": topic})


def versions_of(*topics: str) -> str:
    """The present versions of these topics as one string: `activities=12 library=3`."""
    found = db.session.execute(
        select(_topics.topic, _topics.version)
        .where(_topics.topic.in_(topics))
        .order_by(_topics.topic)
    )
    return " ".join(f"{topic}={version}" for topic, version in found)
