"""Reading the library."""

from collections.abc import Sequence

from sqlalchemy import select

from lna.core.db import db
from lna.library.models import Annotation, Import, ImportEntry, Publication
from lna.library.queries.own_data import own_data
from lna.library.queries.quality import (
    annotated_but_unclassified,
    classified_but_not_annotated,
    drafts,
    flagged,
    keys_of,
    number_of_publications,
    recent_imports,
    reported_entries,
    waiting_annotations,
)
from lna.library.queries.rows import (
    AnnotationRow,
    PublicationRow,
    details_of,
    publication_rows,
)

__all__ = [
    "AnnotationRow",
    "PublicationRow",
    "annotated_but_unclassified",
    "classified_but_not_annotated",
    "details_of",
    "drafts",
    "flagged",
    "get_annotation",
    "get_import",
    "get_publication",
    "import_entries_after",
    "keys_of",
    "number_of_publications",
    "own_data",
    "publication_row",
    "publication_rows",
    "recent_imports",
    "reported_entries",
    "versions_of_publications",
    "waiting_annotations",
]


def get_publication(key: str) -> Publication:
    """The publication for writing, or NoResultFound."""
    return db.session.scalars(select(Publication).where(Publication.key == key)).one()


def publication_row(key: str, *, all_annotations: bool = False) -> PublicationRow:
    """The publication for reading, or NoResultFound."""
    number = db.session.scalars(select(Publication.id).where(Publication.key == key)).one()
    return publication_rows([number], all_annotations=all_annotations)[0]


def get_annotation(key: str, number: int) -> Annotation:
    """The annotation for writing, or NoResultFound."""
    found = select(Annotation).join(Publication)
    return db.session.scalars(
        found.where(Publication.key == key, Annotation.number == number)
    ).one()


def versions_of_publications(ids: Sequence[int]) -> dict[int, int]:
    """The present versions of publications by id."""
    found = select(Publication.id, Publication.version).where(Publication.id.in_(ids))
    return dict(db.session.execute(found).tuples().all())


def import_entries_after(run: Import, last: int, most: int) -> Sequence[ImportEntry]:
    """The next reported entries of an import, for writing, in the order of the file."""
    found = select(ImportEntry).where(ImportEntry.import_id == run.id, ImportEntry.id > last)
    return db.session.scalars(found.order_by(ImportEntry.id).limit(most)).all()


def get_import(number: int) -> Import:
    """An import, or NoResultFound."""
    return db.session.scalars(select(Import).where(Import.id == number)).one()
