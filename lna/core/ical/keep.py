"""The table of entries: a UID for ever, a SEQUENCE that means something, bytes ready to send."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from lna.core import clock
from lna.core.db import Model, db
from lna.core.ical.entry import CalendarEntry, render
from lna.core.versions import raise_version

TOPIC = "calendar"


class StoredEntry(Model):
    """One entry of the calendar and its VEVENT, rendered when what it shows last changed.

    The source is whatever it stands for: a kind (`activity`), that row's id, and a part of
    it (`session:5`; empty for the whole). A row is never deleted, so no UID is used twice.
    """

    __tablename__ = "calendar_entry"
    __table_args__ = (
        UniqueConstraint("source_kind", "source_id", "part"),
        Index(None, "scope", "ends_at"),
    )

    uid: Mapped[UUID] = mapped_column(primary_key=True)
    source_kind: Mapped[str]
    source_id: Mapped[int]
    part: Mapped[str]
    scope: Mapped[str]  # who may be given it: public, private, or withdrawn for nobody
    sequence: Mapped[int]
    last_modified: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str]
    status: Mapped[str]
    description: Mapped[dict[str, Any]]
    rendered: Mapped[bytes]

    @property
    def entry(self) -> CalendarEntry:
        return CalendarEntry.from_json(self.description)


def keep_entries(
    kind: str, source_id: int, parts: Mapping[str, CalendarEntry], *, scope: str = "public"
) -> None:
    """Keep all that a source shows in calendars: `{"": the whole, "session:5": a part, …}`.

    Parts become children of the whole. A part that was kept before and is not named now
    becomes a tombstone, so that subscribers see it cancelled. Pass the whole first.
    """
    whole = parts.get("")
    parent = str(keep_entry(kind, source_id, whole, scope=scope).uid) if whole else ""
    for part, entry in parts.items():
        if part:
            keep_entry(kind, source_id, replace(entry, parent=parent), part=part, scope=scope)
    for stored in entries_of(kind, source_id):
        if stored.part not in parts and stored.scope == scope:
            _keep(stored, replace(stored.entry, status="cancelled"), scope)


def keep_entry(
    kind: str, source_id: int, entry: CalendarEntry, *, part: str = "", scope: str = "public"
) -> StoredEntry:
    """Keep one entry. Nothing happens when its bytes would stay the same.

    LAST-MODIFIED and DTSTAMP move with every change of the bytes; SEQUENCE rises only when
    people have to be somewhere else, at another time, or not at all.
    """
    source = {"source_kind": kind, "source_id": source_id, "part": part}
    stored = db.session.scalar(select(StoredEntry).filter_by(**source))
    if stored is None:
        stored = StoredEntry(**source, uid=uuid4(), sequence=0)
        _write(stored, entry, scope, clock.now().replace(microsecond=0))
        db.session.add(stored)
    else:
        _keep(stored, entry, scope)
    return stored


def withdraw_entries(kind: str, source_id: int) -> None:
    """Give a source's entries to nobody any more; kept again, they have their UIDs back."""
    for stored in entries_of(kind, source_id):
        if stored.scope != "withdrawn":
            stored.scope = "withdrawn"
            raise_version(TOPIC)


def entries_of(kind: str, source_id: int) -> list[StoredEntry]:
    """Everything kept for a source, the whole before its parts."""
    kept = select(StoredEntry).filter_by(source_kind=kind, source_id=source_id)
    return list(db.session.scalars(kept.order_by(StoredEntry.part)))


def _keep(stored: StoredEntry, entry: CalendarEntry, scope: str) -> None:
    same = render(
        entry, uid=stored.uid, sequence=stored.sequence, last_modified=stored.last_modified
    )
    if same == stored.rendered:
        if scope != stored.scope:
            stored.scope = scope
            raise_version(TOPIC)
        return
    if entry.commitment != stored.entry.commitment:
        stored.sequence += 1
    # never the same second twice: readers take the later DTSTAMP of two equal SEQUENCEs
    later = max(clock.now(), stored.last_modified + timedelta(seconds=1))
    _write(stored, entry, scope, later.replace(microsecond=0))


def _write(stored: StoredEntry, entry: CalendarEntry, scope: str, changed: datetime) -> None:
    stored.scope, stored.last_modified = scope, changed
    stored.starts_at, stored.ends_at = entry.starts_at, entry.ends_at
    stored.zone, stored.status = entry.zone, entry.status
    stored.description = entry.as_json()
    stored.rendered = render(entry, uid=stored.uid, sequence=stored.sequence, last_modified=changed)
    raise_version(TOPIC)
