"""An import: which file, what became of each of its entries, so that it can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lna.accounts.models import User
from lna.core import clock
from lna.core.db import Model
from lna.library.models.publication import Publication

PREVIEW, DONE, UNDONE = "preview", "done", "undone"

NEW, CHANGED, SAME, DOUBTFUL, BROKEN = "new", "changed", "same", "doubtful", "broken"


class Import(Model):
    """One reading of a file. `counts` has the number of entries by outcome."""

    __tablename__ = "publication_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    filename: Mapped[str]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(default=PREVIEW)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]


class ImportEntry(Model):
    """What became, or would become, of one entry of a file; the same ones are only counted.

    `changes` are pairs of what was and what comes, by field. `entry` is the entry itself while
    nobody has said yes to it.
    """

    __tablename__ = "publication_import_entry"
    __table_args__ = (Index(None, "import_id", "outcome"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey(Import.id, ondelete="CASCADE"))
    line: Mapped[int]
    outcome: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    raw: Mapped[str] = mapped_column(default="")
    publication_id: Mapped[int | None] = mapped_column(
        ForeignKey(Publication.id, ondelete="SET NULL"), index=True
    )
    version: Mapped[int | None]
    """The publication's version after this import; a later one is somebody's work."""
    changes: Mapped[dict[str, Any]] = mapped_column(default=dict)
    entry: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
    )
