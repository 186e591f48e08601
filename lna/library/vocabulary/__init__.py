"""The closed lists of the library: types, access, annotation status, coverage, problems."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lna.core.vocabulary import COUNTRIES
from lna.themes.models import KEY
from lna.themes.vocabulary import entries

HERE = Path(__file__).parent

TYPE_LABELS: dict[str, LazyString] = {
    "journal_article": _("Journal article"),
    "report": _("Report"),
    "working_paper": _("Working paper"),
    "conference_proceedings": _("Conference paper"),
    "book": _("Book"),
    "book_section": _("Book chapter"),
    "thesis": _("Thesis"),
    "statute": _("Law"),
    "web_page": _("Web page"),
    "unpublished_work": _("Unpublished work"),
    "case_study": _("Case study"),
    "policy_brief": _("Policy brief"),
    "training_material": _("Training material"),
    "guideline": _("Guideline"),
    "video": _("Video"),
    "map": _("Map"),
}

TILE_LABELS: dict[str, LazyString] = {
    "journal_article": _("Article"),
    "conference_proceedings": _("Paper"),
    "book_section": _("Chapter"),
    "unpublished_work": _("Text"),
    "training_material": _("Training"),
}
"""Words short enough for the tile beside a row, where the type's own name is not."""

ACCESS_LABELS: dict[str, LazyString] = {
    "available": _("Available for download"),
    "copyright_journal": _("Copyrighted journal article"),
    "contact_author": _("Contact the author"),
    "copyright_book": _("Copyrighted book"),
    "unspecified": _("Access not stated"),
}

ACCESS_NAMES = {
    "available": "Available for download",
    "copyright_journal": "Copyrighted journal article",
    "contact_author": "Contact author",
    "copyright_book": "Copyright Book",
    "unspecified": "unspecified",
}
"""What the forum calls them, in its exports and in our tables."""

STATUS_LABELS: dict[str, LazyString] = {
    "tbd": _("To be decided"),
    "background": _("Background"),
    "annotated": _("Annotated"),
    "": _("Not stated"),
}
"""What the source says about annotating a publication; what we hold may say otherwise."""

CLASS_LABELS: dict[str, LazyString] = {
    "journal": _("Journal"),
    "grey literature": _("Grey literature"),
    "book": _("Book"),
}

ROLE_LABELS: dict[str, LazyString] = {
    "author": _("Author"),
    "editor": _("Editor"),
    "translator": _("Translator"),
}

WIDER_COVERAGE: dict[str, LazyString] = {"regional": _("Regional"), "global": _("Global")}
"""What a publication is about when it is about more than countries."""

PROBLEM_LABELS: dict[str, LazyString] = {
    "label_cut": _("The label of the source is cut off."),
    "theme_unknown": _("A key theme of the source is not one of ours."),
    "country_unknown": _("A country of the source is not one of ours."),
    "language_unknown": _("A language of the source is not one of ours."),
    "type_unknown": _("The type in the source is not one of ours; it is entered as a report."),
    "no_year": _("There is no year."),
    "buddhist_year": _("The year looks like one of the Buddhist era."),
    "no_creator": _("There is no author and no editor."),
    "identifier_invalid": _("An ISBN or ISSN is not a valid number."),
    "address_repaired": _("The web address held spaces."),
    "address_unusable": _("The web address cannot be used."),
    "notes_differ": _("The source has two versions of the annotation."),
    "text_repaired": _("Characters that cannot be stored were replaced or removed."),
}

KEY_THEMES = tuple(theme.code for theme in entries() if theme.kind == KEY)
"""The fourteen key themes as the Mekong Land Research Forum writes them."""


@dataclass(frozen=True)
class DocumentType:
    """A type and its names elsewhere; `name` is the one other libraries wrote in our sources."""

    code: str
    name: str
    csl: str
    bibtex: str
    ris: str

    @property
    def label(self) -> LazyString:
        return TYPE_LABELS[self.code]


@cache
def document_types() -> dict[str, DocumentType]:
    """Every type by its code, in the order people should be offered them."""
    with (HERE / "document_types.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = {}
    for row in rows:
        code = row["mlrf_or_lna_type"].lower().replace(" ", "_")
        found[code] = DocumentType(
            code, row["mlrf_or_lna_type"], row["csl"], row["bibtex"], row["ris"]
        )
    return found


@cache
def coverage_codes() -> dict[str, str]:
    """Code of a country (ISO, two letters) or of a wider coverage, by every folded name."""
    found = {code: code for code in WIDER_COVERAGE}
    for country in COUNTRIES.values():
        found |= {fold_code(name): country.code for name in (country.code, *country.variants)}
    return found


LANGUAGES = {
    "en": ("eng", "english"),
    "km": ("khm", "khmer", "cambodian"),
    "lo": ("lao", "laotian"),
    "my": ("mya", "bur", "burmese", "myanmar"),
    "vi": ("vie", "vietnamese"),
    "th": ("tha", "thai"),
    "fr": ("fra", "fre", "french"),
    "zh": ("zho", "chi", "chinese"),
    "de": ("deu", "ger", "german"),
    "es": ("spa", "spanish"),
    "ja": ("jpn", "japanese"),
    "id": ("ind", "indonesian"),
    "ms": ("msa", "may", "malay"),
    "pt": ("por", "portuguese"),
}
"""Languages of publications: two-letter code, then what sources write instead."""

LANGUAGE_CODES = {name: code for code, names in LANGUAGES.items() for name in (code, *names)}


@lru_cache(maxsize=4096)
def fold_code(text: str) -> str:
    """Spelling variants of a code or a name as one: `Formalization_Titling`, `Lao PDR`."""
    letters = re.sub(r"[\W_]+", "", text.casefold())
    return letters.replace("isation", "ization")


def key_theme(text: str) -> str | None:
    """The key theme meant by a spelling variant, or None."""
    return _THEMES.get(fold_code(text))


_THEMES = {fold_code(code): code for code in KEY_THEMES}
