"""Changing the library: publications, annotations, imports."""

from lna.library.actions.annotations import (
    Annotate,
    annotate,
    edit_annotation,
    publish_annotation,
    return_to_draft,
    send_to_review,
    withdraw_annotation,
)
from lna.library.actions.erasure import erase_own
from lna.library.actions.imports import (
    confirm_import,
    discard_import,
    import_publications,
    preview_import,
)
from lna.library.actions.judging import Options
from lna.library.actions.publications import (
    Describe,
    create_publication,
    edit_publication,
    publish_publication,
    withdraw_publication,
)
from lna.library.actions.undoing import undo_import

__all__ = [
    "Annotate",
    "Describe",
    "Options",
    "annotate",
    "confirm_import",
    "create_publication",
    "discard_import",
    "edit_annotation",
    "edit_publication",
    "erase_own",
    "import_publications",
    "preview_import",
    "publish_annotation",
    "publish_publication",
    "return_to_draft",
    "send_to_review",
    "undo_import",
    "withdraw_annotation",
    "withdraw_publication",
]
