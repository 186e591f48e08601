"""Bringing the whole calendar to what is said in the programme."""

from sqlalchemy import select

from lna.activities import feeds
from lna.activities.models import Activity
from lna.core.db import db
from lna.core.ical import StoredEntry


def rebuild() -> int:
    """Keep every activity's entries anew; how many of them look different or are new.

    For a program that renders otherwise than the one before, or activities that came into the
    database past the actions. What looks the same keeps its bytes.
    """
    before = _rendered()
    for activity in db.session.scalars(select(Activity)):
        feeds.keep(activity)
    db.session.flush()
    after = _rendered()
    return sum(after[uid] != before.get(uid) for uid in after)


def _rendered() -> dict[str, bytes]:
    entry = StoredEntry.__table__.c
    rows = db.session.execute(select(entry.uid, entry.rendered))
    return {row.uid: row.rendered for row in rows}
