"""An annotation: what somebody found in a publication, one text per key theme."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lna.accounts.models import User
from lna.core import clock
from lna.core.db import Model
from lna.library.models.publication import Publication
from lna.themes.models import Theme

DRAFT, IN_REVIEW, PUBLISHED, WITHDRAWN = "draft", "in_review", "published", "withdrawn"


class Annotation(Model):
    """One annotation; `number` counts within its publication and stands in its address.

    An annotator is an account, or only a name when the annotation came from elsewhere. Whoever
    reviewed and published it is somebody else.
    """

    __tablename__ = "annotation"
    __table_args__ = (
        UniqueConstraint("publication_id", "number"),
        CheckConstraint(
            "reviewer_id IS NULL OR annotator_id IS NULL OR reviewer_id <> annotator_id",
            name="reviewed_by_another",
        ),
        Index(None, "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey(Publication.id, ondelete="CASCADE"))
    number: Mapped[int]
    citation: Mapped[str] = mapped_column(default="")
    research_basis: Mapped[str] = mapped_column(default="")
    overall_relevance: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    state: Mapped[str] = mapped_column(default=DRAFT)
    annotator_id: Mapped[int | None] = mapped_column(
        ForeignKey(User.id, ondelete="SET NULL"), index=True
    )
    annotator_name: Mapped[str] = mapped_column(default="")
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    licence: Mapped[str] = mapped_column(default="")
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey("publication_import.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    publication: Mapped[Publication] = relationship()
    paragraphs: Mapped[list["AnnotationParagraph"]] = relationship(
        cascade="all, delete-orphan", order_by="AnnotationParagraph.position"
    )


class AnnotationParagraph(Model):
    """What an annotation says about one key theme."""

    __tablename__ = "annotation_paragraph"

    annotation_id: Mapped[int] = mapped_column(
        ForeignKey(Annotation.id, ondelete="CASCADE"), primary_key=True
    )
    theme_id: Mapped[int] = mapped_column(
        ForeignKey(Theme.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    text: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
