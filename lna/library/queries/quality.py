"""What staff should look at: records that contradict themselves, annotations that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.library.models import Annotation, Import, ImportEntry, Publication
from lna.library.models.annotation import DRAFT, IN_REVIEW, PUBLISHED
from lna.library.models.publication import WITHDRAWN

MOST = 500


@dataclass(frozen=True)
class Listed:
    """A publication in a list for staff; `detail` says why it is there."""

    key: str
    title: Multilingual
    year: int | None
    detail: str = ""


@dataclass(frozen=True)
class Waiting:
    """An annotation that somebody has to finish or review."""

    key: str
    title: Multilingual
    number: int
    state: str
    annotator: str


def annotated_but_unclassified() -> list[Listed]:
    """Publications with a published annotation whose source does not call them annotated."""
    has_one = select(Annotation.id).where(
        Annotation.publication_id == Publication.id, Annotation.state == PUBLISHED
    )
    return _listed(
        _columns(Publication.status).where(has_one.exists(), Publication.status != "annotated")
    )


def classified_but_not_annotated() -> list[Listed]:
    """Publications the source calls annotated, of which we hold no annotation."""
    any_one = select(Annotation.id).where(Annotation.publication_id == Publication.id)
    return _listed(
        _columns(Publication.status).where(~any_one.exists(), Publication.status == "annotated")
    )


def flagged() -> list[tuple[Listed, tuple[str, ...]]]:
    """Publications with the problems their import found."""
    columns = Publication.key, Publication.title, Publication.year, Publication.flags
    found = select(*columns).where(Publication.flags != [], Publication.state != WITHDRAWN)
    return [
        (Listed(row.key, row.title, row.year), tuple(row.flags))
        for row in db.session.execute(found.order_by(Publication.id).limit(MOST))
    ]


def drafts() -> list[Listed]:
    """Publications entered but not shown to everybody."""
    return _listed(_columns(Publication.origin).where(Publication.state == "draft"))


def waiting_annotations(annotator_id: int | None = None) -> list[Waiting]:
    """Annotations in review, oldest first; with an annotator, his or her drafts as well."""
    found = (
        select(
            Publication.key,
            Publication.title,
            Annotation.number,
            Annotation.state,
            Annotation.annotator_name,
        )
        .join(Publication, Publication.id == Annotation.publication_id)
        .order_by(Annotation.changed_at)
    )
    wanted = Annotation.state == IN_REVIEW
    if annotator_id is not None:
        wanted |= (Annotation.state == DRAFT) & (Annotation.annotator_id == annotator_id)
    return [Waiting(*row) for row in db.session.execute(found.where(wanted).limit(MOST))]


def recent_imports() -> Sequence[Import]:
    return db.session.scalars(select(Import).order_by(Import.id.desc()).limit(50)).all()


def reported_entries(
    run: Import, outcome: str, *, offset: int = 0, limit: int = 100
) -> Sequence[ImportEntry]:
    """Entries of an import with one outcome, in the order of the file."""
    found = select(ImportEntry).where(
        ImportEntry.import_id == run.id, ImportEntry.outcome == outcome
    )
    return db.session.scalars(found.order_by(ImportEntry.id).offset(offset).limit(limit)).all()


def number_of_publications() -> int:
    """How many are shown to everybody."""
    shown = select(func.count()).where(Publication.state == "published")
    return db.session.scalar(shown) or 0


def keys_of(ids: Sequence[int]) -> dict[int, str]:
    """Addresses of publications by id."""
    found = select(Publication.id, Publication.key).where(Publication.id.in_(ids))
    return dict(db.session.execute(found).tuples().all())


def _columns(detail: Any) -> Select[Any]:
    columns = Publication.key, Publication.title, Publication.year
    return select(*columns, detail).where(Publication.state != WITHDRAWN)


def _listed(found: Select[Any]) -> list[Listed]:
    rows = db.session.execute(found.order_by(Publication.id).limit(MOST))
    return [Listed(*row) for row in rows]
