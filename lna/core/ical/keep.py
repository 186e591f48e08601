"""The table of entries: a UID for ever, a SEQUENCE that means something, bytes ready to send."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from lna.core import clock
from lna.core.db import Model, db
from lna.core.ical.entry import CalendarEntry, render
from lna.core.versions import raise_version

TOPIC = "calendar"


class StoredEntry(Model):
    """One entry of the calendar and its VEVENT, rendered when what it shows last changed.

    The source is what it stands for: a kind (`activity`) and that row's id. A row is never
    deleted, so no UID is used twice.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (Index(None, "source_kind", "source_id"), Index(None, "scope", "ends_at"))

    uid: Mapped[str] = mapped_column(primary_key=True)
    source_kind: Mapped[str]
    source_id: Mapped[int]
    scope: Mapped[str]
    """Who may be given it: `public`, `private`, or `withdrawn` for nobody."""
    sequence: Mapped[int] = mapped_column(default=0)
    last_modified: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str]
    status: Mapped[str]
    description: Mapped[dict[str, Any]]
    rendered: Mapped[bytes]

    @property
    def entry(self) -> CalendarEntry:
        """The description it was rendered from."""
        return CalendarEntry.from_json(self.description)


def keep_entries(
    kind: str, source_id: int, entries: Iterable[CalendarEntry], *, scope: str = "public"
) -> None:
    """Keep all that a source shows in calendars, such as a visit and each of its sessions.

    Call it after every change of what they show; an entry whose bytes would be the same is
    left alone. One that was kept before and is not among them now becomes a tombstone, so
    that subscribers see it cancelled.
    """
    named = {entry.uid: entry for entry in entries}
    stored = {each.uid: each for each in entries_of(kind, source_id)}
    for uid, entry in named.items():
        if uid in stored:
            _keep(stored[uid], entry, scope)
        else:
            _add(kind, source_id, entry, scope)
    for uid in stored.keys() - named.keys():
        if stored[uid].scope != "withdrawn":
            _keep(stored[uid], replace(stored[uid].entry, status="cancelled"), scope)


def withdraw_entries(kind: str, source_id: int) -> None:
    """Give a source's entries to nobody any more; kept again, they are what they were."""
    for stored in entries_of(kind, source_id):
        if stored.scope != "withdrawn":
            stored.scope = "withdrawn"
            raise_version(TOPIC)


def entries_of(kind: str, source_id: int) -> list[StoredEntry]:
    """Everything kept for a source, in the order it happens."""
    kept = select(StoredEntry).filter_by(source_kind=kind, source_id=source_id)
    return list(db.session.scalars(kept.order_by(StoredEntry.starts_at, StoredEntry.uid)))


def _add(kind: str, source_id: int, entry: CalendarEntry, scope: str) -> None:
    stored = StoredEntry(uid=entry.uid, source_kind=kind, source_id=source_id, sequence=0)
    _write(stored, entry, scope, clock.now())
    db.session.add(stored)


def _keep(stored: StoredEntry, entry: CalendarEntry, scope: str) -> None:
    """LAST-MODIFIED moves with every change of the bytes, SEQUENCE with the commitment only."""
    if render(entry, stored.sequence, stored.last_modified) == stored.rendered:
        if scope != stored.scope:
            stored.scope = scope
            raise_version(TOPIC)
        return
    if entry.commitment != stored.entry.commitment:
        stored.sequence += 1
    # never the same second twice: readers take the later DTSTAMP of two equal SEQUENCEs
    _write(stored, entry, scope, max(clock.now(), stored.last_modified + timedelta(seconds=1)))


def _write(stored: StoredEntry, entry: CalendarEntry, scope: str, changed: datetime) -> None:
    stored.scope, stored.last_modified = scope, changed.replace(microsecond=0)
    stored.starts_at, stored.ends_at = entry.starts_at, entry.ends_at
    stored.zone, stored.status = entry.zone, entry.status
    stored.description = entry.as_json()
    stored.rendered = render(entry, stored.sequence, stored.last_modified)
    raise_version(TOPIC)
