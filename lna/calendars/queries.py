"""Reading the stored entries that a feed joins."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Row, func, select

from lna.activities.models import Activity
from lna.core.db import db
from lna.core.ical import StoredEntry
from lna.core.multilingual import Multilingual

ALL_PAST = datetime.min.replace(tzinfo=UTC)
_activity = Activity.__table__.c
_entry = StoredEntry.__table__.c
PUBLIC = (_entry.scope == "public") & (_entry.source_kind == "activity")
IN_ORDER = (
    select(_entry.source_id, _entry.zone, _entry.rendered)
    .where(PUBLIC)
    .order_by(_entry.starts_at, _entry.uid)
)


@dataclass(frozen=True)
class Joined:
    """Entries of a feed as they are sent, and the zones they name."""

    rendered: Sequence[bytes]
    zones: set[str]


def public_entries(
    since: datetime, activities: Collection[int] | None = None, *, with_cancelled: bool = True
) -> Joined:
    """What is shown to everyone and not over since then: of these activities, or of all.

    In the order it happens, which stays the same as long as nothing moves.
    """
    wanted = IN_ORDER.where(_entry.ends_at >= since)
    if not with_cancelled:
        wanted = wanted.where(_entry.status != "cancelled")
    rows = db.session.execute(wanted).all()
    if activities is not None:
        rows = [row for row in rows if row.source_id in activities]
    _, zones, rendered = zip(*rows, strict=True) if rows else ((), (), ())
    return Joined(rendered, set(zones))


def entries_of_activity(activity_id: int) -> Joined:
    """Everything one activity shows to everyone, however long ago."""
    rows = db.session.execute(IN_ORDER.where(_entry.source_id == activity_id)).all()
    return Joined([row.rendered for row in rows], {row.zone for row in rows})


def last_end_before(since: datetime) -> datetime | None:
    """The end of the entry that was the last to fall out of the feeds."""
    end: datetime | None = db.session.scalar(
        select(func.max(_entry.ends_at)).where(PUBLIC, _entry.ends_at < since)
    )
    return end


def public_activity(code: str) -> Row[tuple[int, Multilingual]] | None:
    """Id and title of an activity that everyone may see."""
    wanted = select(_activity.id, _activity.title).where(_activity.published_at.is_not(None))
    return db.session.execute(wanted.where(_activity.code == code)).one_or_none()
