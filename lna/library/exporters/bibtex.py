"""BibTeX in UTF-8: names that stay whole, text that LaTeX can set, the annotation in `annote`."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lna.library.exporters.remarks import paragraphs
from lna.library.models.details import Details, Name, Record
from lna.library.vocabulary import document_types

MIMETYPE = "application/x-bibtex"
SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
CONTAINER = {
    "article": "journal",
    "incollection": "booktitle",
    "inproceedings": "booktitle",
}
PUBLISHER = {"techreport": "institution", "phdthesis": "school", "manual": "organization"}


def entries(records: Iterable[Record], themes: Mapping[str, str]) -> Iterator[str]:
    """One entry after the other; `themes` gives the names of key themes by code."""
    return (entry(record, themes) for record in records)


def entry(record: Record, themes: Mapping[str, str]) -> str:
    """One entry, ending in an empty line."""
    kind = document_types()[record.details.type].bibtex
    fields = {name: value for name, value in _fields(record, kind, themes) if value}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{record.key},\n{lines}}}\n\n"


def _fields(record: Record, kind: str, themes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    details = record.details
    yield "title", _title(str(details.title))
    yield from _people(details)
    yield "year", escaped(str(details.year or details.date))
    yield CONTAINER.get(kind, "series"), escaped(details.container)
    yield PUBLISHER.get(kind, "publisher"), escaped(details.publisher)
    yield "type", _type(details)
    yield "address", escaped(details.place)
    yield "volume", escaped(details.volume)
    yield "number", escaped(details.issue)
    yield "pages", _pages(details.pages)
    yield "edition", escaped(details.edition)
    for name in ("isbn", "issn"):
        yield name, escaped(", ".join(n.value for n in details.identifiers if n.kind == name))
    yield "doi", _verbatim(details.identifier("doi"))
    yield "url", _verbatim(details.url or record.address)
    yield "language", escaped(", ".join(details.languages))
    words = [themes.get(code, code) for code in details.themes]
    yield "keywords", escaped(", ".join([*words, *details.keywords]))
    yield "abstract", escaped(str(details.abstract))
    yield "copyright", escaped(details.licence)
    notes = (paragraphs(remarks, themes) for remarks in record.remarks)
    yield "annote", escaped("\n\n".join("\n\n".join(note) for note in notes))


def escaped(text: str) -> str:
    """Text that LaTeX sets as it stands."""
    return "".join(SPECIAL.get(sign, sign) for sign in text)


def _verbatim(text: str) -> str:
    """An address, in which nothing but what would end the field is changed."""
    signs = {" ": "%20", "{": "%7B", "}": "%7D", "\\": "%5C"}
    return "".join(signs.get(sign, sign) for sign in text)


def _title(text: str) -> str:
    """Words with capitals in braces, as styles may set the rest in small letters."""
    words = re.split(r"(\W+)", text)  # every second one is what stands between two words
    return "".join(
        f"{{{escaped(word)}}}"
        if place % 2 == 0 and word[place == 0 :] != word[place == 0 :].lower()
        else escaped(word)
        for place, word in enumerate(words)
    )


def _people(details: Details) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        names = [_name(name) for name in details.creators if name.role == role]
        yield role, " and ".join(names)


def _name(name: Name) -> str:
    """`Family, Given`; braces keep a literal name, and a part with a comma or `and`, whole."""
    if name.literal:
        return f"{{{escaped(name.literal)}}}"
    parts = [part for part in (name.family, name.given) if part]
    return ", ".join(
        f"{{{escaped(part)}}}" if re.search(r",|\band\b", part) else escaped(part) for part in parts
    )


def _type(details: Details) -> str:
    """What the BibTeX entry type does not tell; a report needs no word."""
    kind = document_types()[details.type]
    shared = [other for other in document_types().values() if other.bibtex == kind.bibtex]
    return "" if len(shared) == 1 or details.type in {"report", "book"} else kind.name


def _pages(text: str) -> str:
    return escaped(re.sub(r"(?<=\w)\s*[-\u2013]\s*(?=\w)", "--", text))
