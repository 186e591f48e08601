"""A publication: what is known about it, and whether it is shown."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from lna.accounts.models import User
from lna.core import clock
from lna.core.db import Model
from lna.core.multilingual import Multilingual
from lna.themes.models import Theme

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"

COUNTRY, LANGUAGE, KEYWORD, CLASS = "country", "language", "keyword", "class"
"""Kinds of terms: ISO code (or `regional`, `global`), language code, free word, document class."""


class Publication(Model):
    """One publication. `key` stands in addresses and never changes.

    `date` is what was said, `year` is drawn from it; `title_key` and `creator_key` are folded
    forms by which a later import finds this record again. `flags` are codes of
    `vocabulary.PROBLEM_LABELS`. `version` rises with every change.
    """

    __tablename__ = "publication"
    __table_args__ = (Index(None, "state", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    type: Mapped[str]
    title: Mapped[Multilingual]
    date: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None] = mapped_column(index=True)
    container: Mapped[str] = mapped_column(default="")
    publisher: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    volume: Mapped[str] = mapped_column(default="")
    issue: Mapped[str] = mapped_column(default="")
    pages: Mapped[str] = mapped_column(default="")
    edition: Mapped[str] = mapped_column(default="")
    abstract: Mapped[Multilingual] = mapped_column(default=Multilingual)
    abstract_public: Mapped[bool] = mapped_column(default=False)
    """Whether everybody may read the abstract; else it is for editors and annotators."""
    url: Mapped[str] = mapped_column(default="")
    access: Mapped[str] = mapped_column(default="unspecified")
    status: Mapped[str] = mapped_column(default="")
    """What the source says about annotating it: `tbd`, `background`, `annotated` or nothing."""
    licence: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    """Remarks of the source or of editors; seen by staff."""

    title_key: Mapped[str] = mapped_column(index=True)
    creator_key: Mapped[str] = mapped_column(default="")
    flags: Mapped[list[str]] = mapped_column(default=list)
    origin: Mapped[str] = mapped_column(default="hand")
    """`hand`, `import`, or `activity`."""
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("publication_import.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[str] = mapped_column(default=DRAFT)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def is_public(self) -> bool:
        return self.state == PUBLISHED


class Creator(Model):
    """An author, editor or translator: family and given, or one literal name."""

    __tablename__ = "publication_creator"
    __table_args__ = (
        CheckConstraint("family <> '' OR literal <> ''", name="has_a_name"),
        Index(None, "family"),
    )

    publication_id: Mapped[int] = mapped_column(
        ForeignKey(Publication.id, ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    family: Mapped[str] = mapped_column(default="")
    given: Mapped[str] = mapped_column(default="")
    literal: Mapped[str] = mapped_column(default="")
    original: Mapped[str] = mapped_column(default="")
    """The name in its own script, where the rest is in Latin letters."""


class PublicationIdentifier(Model):
    """A number of a publication elsewhere; a DOI in lower case, a source's number as it is."""

    __tablename__ = "publication_identifier"
    __table_args__ = (Index(None, "kind", "value"),)

    publication_id: Mapped[int] = mapped_column(
        ForeignKey(Publication.id, ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class PublicationTerm(Model):
    """A country, language, keyword or class of a publication."""

    __tablename__ = "publication_term"
    __table_args__ = (Index(None, "kind", "code"),)

    publication_id: Mapped[int] = mapped_column(
        ForeignKey(Publication.id, ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class PublicationTheme(Model):
    """A key theme of a publication."""

    __tablename__ = "publication_theme"

    publication_id: Mapped[int] = mapped_column(
        ForeignKey(Publication.id, ondelete="CASCADE"), primary_key=True
    )
    theme_id: Mapped[int] = mapped_column(
        ForeignKey(Theme.id, ondelete="CASCADE"), primary_key=True, index=True
    )
