"""What the library keeps: publications, annotations, and where they were imported from."""

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
]
