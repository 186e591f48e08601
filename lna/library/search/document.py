"""What of a publication is indexed: what everybody may see, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass

from lna.core.multilingual import Multilingual
from lna.core.search.lexemes import Part
from lna.library.models import Remarks
from lna.library.models.keys import title_key
from lna.library.queries import PublicationRow

TITLE, CREATORS, BODY, OTHER = "ABCD"
AUTHOR = "author"
FACETS = ("type", "theme", "country", "language", "access", "annotated")


@dataclass(frozen=True)
class Document:
    """A publication as the index keeps it; not `shown` when nobody may find it."""

    publication_id: int
    shown: bool
    year: int | None = None
    facets: tuple[tuple[str, str], ...] = ()
    sort_title: str = ""
    parts: tuple[Part, ...] = ()


def document_of(row: PublicationRow) -> Document:
    """The document of a publication; an empty one unless it is published."""
    if not row.is_public:
        return Document(row.id, shown=False)
    return Document(
        row.id,
        shown=True,
        year=row.details.year,
        facets=tuple(_facets(row)),
        sort_title=title_key(str(row.details.title)),
        parts=tuple(part for part in _parts(row) if part.text),
    )


def public_remarks(row: PublicationRow) -> list[Remarks]:
    """The annotations everybody may read."""
    return [each.remarks for each in row.annotations if each.state == "published"]


def texts_of(text: Multilingual) -> list[tuple[str, str]]:
    """Each text with its language, the original first."""
    codes = sorted(text.texts, key=lambda code: (code != text.original, code))
    return [(text.texts[code], code) for code in codes]


def _facets(row: PublicationRow) -> Iterator[tuple[str, str]]:
    details = row.details
    yield "type", details.type
    yield "access", details.access
    yield "annotated", "1" if public_remarks(row) else "0"
    for name, codes in (
        ("theme", details.themes),
        ("country", details.countries),
        ("language", details.languages),
    ):
        for code in codes:
            yield name, code


def _parts(row: PublicationRow) -> Iterator[Part]:
    details = row.details
    for text in details.title.texts.values():
        yield Part(text, TITLE, "title")
    for name in details.creators:
        yield Part(name.inverted, CREATORS, AUTHOR)
        yield Part(name.original, CREATORS, AUTHOR)
    for text in (*_public_texts(row), *details.keywords):
        yield Part(text, BODY)
    for text in (details.date, details.container, details.publisher, details.place):
        yield Part(text, OTHER)
    for number in details.identifiers:
        yield Part(number.value, OTHER)
    for remarks in public_remarks(row):
        yield Part(remarks.annotator, OTHER, "annotator", apart=True)


def _public_texts(row: PublicationRow) -> Iterator[str]:
    if row.abstract_public:
        yield from row.details.abstract.texts.values()
    for remarks in public_remarks(row):
        yield remarks.research_basis
        yield remarks.overall_relevance
        yield from (text for _theme, text in remarks.by_theme)
