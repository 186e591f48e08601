"""Reading the library."""

from sqlalchemy import select

from lna.core.db import db
from lna.library.models import Annotation, Import, Publication
from lna.library.queries.rows import (
    AnnotationRow,
    PublicationRow,
    details_of,
    publication_rows,
)

__all__ = [
    "AnnotationRow",
    "PublicationRow",
    "details_of",
    "get_annotation",
    "get_import",
    "get_publication",
    "publication_row",
    "publication_rows",
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


def get_import(number: int) -> Import:
    """An import, or NoResultFound."""
    return db.session.scalars(select(Import).where(Import.id == number)).one()
