"""Reading the stored entries that feeds join, once for each version of the calendar."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Row, select

from lna.activities.models import Activity
from lna.core.db import db
from lna.core.ical import StoredEntry
from lna.core.ical.keep import TOPIC
from lna.core.multilingual import Multilingual
from lna.core.page import caches
from lna.core.versions import versions_of

_activity = Activity.__table__.c
_entry = StoredEntry.__table__.c
PUBLIC_ENTRIES = (
    select(_entry.source_id, _entry.ends_at, _entry.status, _entry.zone, _entry.rendered)
    .where(_entry.scope == "public", _entry.source_kind == "activity")
    .order_by(_entry.starts_at, _entry.uid)
)


class PublicEntry(NamedTuple):
    """An entry that everyone may have: its VEVENT, and what feeds choose it by."""

    activity_id: int
    ends_at: datetime
    status: str
    zone: str
    rendered: bytes


def public_entries() -> Sequence[PublicEntry]:
    """All of them in the order they happen, which stays the same as long as nothing moves."""
    present = versions_of(TOPIC)
    version, entries = caches().get("calendar", ("", ()))
    if version != present:
        rows = db.session.execute(PUBLIC_ENTRIES)
        version, entries = caches()["calendar"] = present, list(map(PublicEntry._make, rows))
    found: Sequence[PublicEntry] = entries
    return found


def public_activity(code: str) -> Row[tuple[int, Multilingual]] | None:
    """Id and title of an activity that everyone may see."""
    wanted = select(_activity.id, _activity.title).where(_activity.published_at.is_not(None))
    return db.session.execute(wanted.where(_activity.code == code)).one_or_none()
