"""An annotation as paragraphs of plain text, each under its own head."""

from collections.abc import Mapping

from flask_babel import gettext as _

from lna.library.models.details import Remarks


def paragraphs(remarks: Remarks, themes: Mapping[str, str]) -> list[str]:
    """`Research basis: …`, `Overall relevance: …`, one per theme, who wrote it; blanks left out.

    `themes` gives the names of key themes by code; an unknown one is shown as its code.
    """
    parts = [
        (_("Research basis"), remarks.research_basis),
        (_("Overall relevance"), remarks.overall_relevance),
        *((themes.get(code, code), text) for code, text in remarks.by_theme),
        (_("Annotation by"), remarks.annotator),
    ]
    return [f"{head}: {text}" for head, text in parts if text]
