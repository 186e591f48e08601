"""Publications as rows of a table; the columns are those our own CSV reader knows."""

from collections.abc import Iterable, Iterator

from lna.library.models import Name, Record
from lna.library.vocabulary import ACCESS_NAMES, document_types

MIMETYPE = "text/csv"
HEAD = (
    "key", "title", "year", "authors", "editors", "container", "publisher", "place", "volume",
    "issue", "pages", "edition", "isbn", "doi", "doc_type", "language", "countries", "key_themes",
    "keywords", "access", "status", "has_annotation", "url", "address",
)  # fmt: skip


def rows(records: Iterable[Record]) -> Iterator[list[str]]:
    """One row for each publication, under `HEAD`."""
    return (_row(record) for record in records)


def _row(record: Record) -> list[str]:
    details = record.details
    numbers = [n.value for n in details.identifiers if n.kind in {"isbn", "issn"}]
    return [
        record.key,
        str(details.title),
        str(details.year or details.date),
        _names(details.creators, "author"),
        _names(details.creators, "editor"),
        details.container,
        details.publisher,
        details.place,
        details.volume,
        details.issue,
        details.pages,
        details.edition,
        ", ".join(numbers),
        details.identifier("doi"),
        document_types()[details.type].name,
        ", ".join(details.languages),
        "|".join(details.countries),
        "|".join(details.themes),
        "|".join(details.keywords),
        ACCESS_NAMES[details.access],
        details.status,
        str(int(bool(record.remarks))),
        details.url,
        record.address,
    ]


def _names(creators: Iterable[Name], role: str) -> str:
    return "; ".join(name.written for name in creators if name.role == role)
