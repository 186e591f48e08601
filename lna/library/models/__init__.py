"""What the library keeps: publications, annotations, and where they were imported from."""

from typing import cast

from sqlalchemy import Table

from lna.core.db import Model
from lna.library.models.annotation import Annotation, AnnotationParagraph
from lna.library.models.details import Details, Identifier, Name, Record, Remarks
from lna.library.models.imports import Import, ImportEntry
from lna.library.models.index import PublicationIndex, PublicationWords
from lna.library.models.publication import (
    Creator,
    Publication,
    PublicationIdentifier,
    PublicationTerm,
    PublicationTheme,
)

__all__ = [
    "Annotation",
    "AnnotationParagraph",
    "Creator",
    "Details",
    "Identifier",
    "Import",
    "ImportEntry",
    "Name",
    "Publication",
    "PublicationIdentifier",
    "PublicationIndex",
    "PublicationTerm",
    "PublicationTheme",
    "PublicationWords",
    "Record",
    "Remarks",
    "table_of",
]


def table_of(model: type[Model]) -> Table:
    """The bare table of a model, for writing many rows without making objects of them."""
    return cast(Table, model.__table__)
