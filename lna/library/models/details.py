"""What is known about a publication, as values: typed in, read from a file, or stored."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lna.core.multilingual import Multilingual

EARLIEST, LATEST = 1000, 2199


@dataclass(frozen=True, kw_only=True)
class Name:
    """A creator as cited: family and given, or one literal name that is never turned around.

    `original` is the name in its own script when the rest is in Latin letters.
    """

    role: str = "author"
    family: str = ""
    given: str = ""
    literal: str = ""
    original: str = ""

    @property
    def inverted(self) -> str:
        """`Warr, Peter` or `Human Rights Watch`."""
        return self.literal or ", ".join(filter(None, (self.family, self.given)))

    @property
    def written(self) -> str:
        """As `inverted`; braces keep a literal name with a comma whole when it is read again."""
        return f"{{{self.literal}}}" if "," in self.literal else self.inverted

    @property
    def first(self) -> str:
        """What the name is sorted and keyed by."""
        return self.family or self.literal or self.given


@dataclass(frozen=True, order=True)
class Identifier:
    """A number of a publication elsewhere; `kind` is doi, isbn, issn, handle or source."""

    kind: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Details:
    """Everything said about one publication but who may see it.

    `date` is EDTF level 1 text (`2015`, `2015-06`, `2014/2016`, `2015~`) or what the source
    said; `access`, `type`, `status` and the classes are codes of `vocabulary`; `countries`
    are ISO codes, `regional` or `global`; `themes` are codes of key themes.
    """

    type: str
    title: Multilingual
    creators: tuple[Name, ...] = ()
    date: str = ""
    container: str = ""
    publisher: str = ""
    place: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: str = ""
    identifiers: tuple[Identifier, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    abstract: Multilingual = field(default_factory=Multilingual)
    url: str = ""
    access: str = "unspecified"
    status: str = ""
    licence: str = ""
    note: str = ""

    @property
    def year(self) -> int | None:
        return year_of(self.date)

    @property
    def authors(self) -> Iterator[Name]:
        return (name for name in self.creators if name.role == "author")

    def identifier(self, kind: str) -> str:
        """The first identifier of a kind, or empty."""
        return next((found.value for found in self.identifiers if found.kind == kind), "")

    def to_json(self) -> dict[str, Any]:
        """Every field as JSON can hold it; `from_json` gives an equal value back."""
        return {name: _plain(value) for name, value in vars(self).items()}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Details":
        made = {name: MADE.get(name, _as_it_is)(value) for name, value in content.items()}
        return cls(**made)


def _plain(value: Any) -> Any:
    if isinstance(value, Multilingual):
        return {"original": value.original, "texts": dict(value.texts)}
    if isinstance(value, tuple):
        return [vars(item) if isinstance(item, Name | Identifier) else item for item in value]
    return value


def _as_it_is(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


MADE: Mapping[str, Callable[[Any], Any]] = {
    "title": lambda value: Multilingual(**value),
    "abstract": lambda value: Multilingual(**value),
    "creators": lambda value: tuple(Name(**name) for name in value),
    "identifiers": lambda value: tuple(Identifier(**number) for number in value),
}


@dataclass(frozen=True, kw_only=True)
class Remarks:
    """An annotation's text; `by_theme` pairs the code of a key theme with its paragraph."""

    citation: str = ""
    research_basis: str = ""
    overall_relevance: str = ""
    by_theme: tuple[tuple[str, str], ...] = ()
    annotator: str = ""
    language: str = "en"

    def __bool__(self) -> bool:
        return bool(self.research_basis or self.overall_relevance or self.by_theme)

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "by_theme": [list(pair) for pair in self.by_theme]}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Remarks":
        return cls(**{**content, "by_theme": tuple(map(tuple, content["by_theme"]))})


@dataclass(frozen=True, kw_only=True)
class Record:
    """A publication as a reader gets it: `key` never changes, `address` is its permanent page.

    `remarks` are the annotations this reader may see, `details.abstract` is empty for one who
    may not see it.
    """

    key: str
    details: Details
    remarks: tuple[Remarks, ...] = ()
    address: str = ""


def year_of(date: str) -> int | None:
    """The first year of a date, if it begins with one of four digits that can be meant."""
    found = re.match(r"\s*(\d{4})(?!\d)", date)
    year = int(found[1]) if found else 0
    return year if EARLIEST <= year <= LATEST else None
