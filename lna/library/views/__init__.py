"""The library over HTTP."""

from flask import Blueprint, request

from lna.config import settings
from lna.library.exporters.citation import short_names
from lna.library.vocabulary import TILE_LABELS, TYPE_LABELS

bp = Blueprint("library", __name__)
bp.add_app_template_filter(short_names)


@bp.app_template_filter()
def tile_type(code: str) -> str:
    """A type of publication in a word that fits a tile."""
    return str(TILE_LABELS.get(code, TYPE_LABELS[code]))


@bp.url_value_preprocessor
def let_files_in(endpoint: str | None, values: dict[str, object] | None) -> None:
    """A file to import may be as large as an upload, all else as any request."""
    if endpoint == "library.imports_new":
        request.max_content_length = settings().max_upload


from lna.library.views import annotating, editing, importing, record, shelf  # noqa: E402, F401
