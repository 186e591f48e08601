"""RIS: one tag a line, literal names without a comma, the annotation in N1."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lna.library.exporters.remarks import paragraphs
from lna.library.models.details import Details, Name, Record
from lna.library.vocabulary import document_types

MIMETYPE = "application/x-research-info-systems"
END = "\r\n"
ROLES = {"author": "AU", "editor": "ED", "translator": "A4"}


def entries(records: Iterable[Record], themes: Mapping[str, str]) -> Iterator[str]:
    """One record after the other; `themes` gives the names of key themes by code."""
    return (entry(record, themes) for record in records)


def entry(record: Record, themes: Mapping[str, str]) -> str:
    """One record from TY to ER, ending in an empty line."""
    lines = (f"{tag}  - {value}{END}" for tag, value in _lines(record, themes) if value)
    return f"TY  - {document_types()[record.details.type].ris}{END}{''.join(lines)}ER  - {END}{END}"


def _lines(record: Record, themes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    details = record.details
    yield "ID", record.key
    for name in details.creators:
        yield ROLES[name.role], _name(name)
    yield "TI", _one_line(str(details.title))
    yield "PY", str(details.year or "")
    yield "DA", "" if details.date == str(details.year) else _one_line(details.date)
    yield "T2", _one_line(details.container)
    yield "VL", _one_line(details.volume)
    yield "IS", _one_line(details.issue)
    yield from _pages(details.pages)
    yield "ET", _one_line(details.edition)
    yield "PB", _one_line(details.publisher)
    yield "CY", _one_line(details.place)
    for number in details.identifiers:
        if number.kind in {"isbn", "issn"}:
            yield "SN", number.value
    yield "DO", details.identifier("doi")
    yield "UR", details.url or record.address
    yield "LA", ", ".join(details.languages)
    yield "M3", document_types()[details.type].name
    for code in details.themes:
        yield "KW", _one_line(themes.get(code, code))
    for word in details.keywords:
        yield "KW", _one_line(word)
    yield "AB", _one_line(str(details.abstract))
    yield from _notes(record, details, themes)


def _notes(
    record: Record, details: Details, themes: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Each annotation is one N1; its further paragraphs are lines without a tag."""
    for remarks in record.remarks:
        yield "N1", END.join(_one_line(text) for text in paragraphs(remarks, themes))
    yield "C1", _one_line(details.licence)


def _name(name: Name) -> str:
    """`Family, Given`; a comma inside a literal name is doubled, as EndNote reads it."""
    if name.literal:
        return _one_line(name.literal).replace(", ", ",, ", 1)
    return _one_line(name.inverted)


def _pages(text: str) -> Iterator[tuple[str, str]]:
    found = re.fullmatch(r"\s*(\w+)\s*[-\u2013]\s*(\w+)\s*", text)
    if found:
        yield "SP", found[1]
        yield "EP", found[2]
    else:
        yield "SP", _one_line(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())
