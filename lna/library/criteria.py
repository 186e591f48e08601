"""What publications are chosen by: a query string <-> one frozen dataclass.

Every link of a filter, chip, sort, page or export is `criteria.but(...).at(path)`; equal choices
have one address, whatever order they were typed in.
"""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

from lna.core.typed_text import clean, fold_digits, number_in

MANY = ("type", "theme", "country", "language", "access")
"""Filters that take several values: a publication with any one of them is found."""
ANNOTATED = ("1", "0")
SORTS = ("relevance", "year", "title", "newest")
ORDER = ("q", *MANY[:4], "year", "access", "annotated", "sort", "page")
SPAN = re.compile(r"(\d{4})?(?:(\.\.|-)(\d{4})?)?")
LONGEST_QUERY = 1000
MOST_PAGES = 100_000

Choices = Mapping[str, Container[str]]


class Arguments(Protocol):
    """A query string as Werkzeug hands it over (`request.args`)."""

    def getlist(self, key: str) -> list[str]: ...


class Bad(NamedTuple):
    """A value that could not be used, and the filter it was given for."""

    name: str
    value: str


class Years(NamedTuple):
    """From one year to another, both included; None is open."""

    first: int | None
    last: int | None

    def __str__(self) -> str:
        ends = ["" if year is None else str(year) for year in self]
        return ends[0] if ends[0] == ends[1] else "..".join(ends)


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """One choice of publications. Empty means not chosen; `annotated` is `1`, `0` or empty."""

    q: str = ""
    type: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    year: Years | None = None
    access: tuple[str, ...] = ()
    annotated: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, arguments: Arguments, choices: Choices) -> tuple["Criteria", tuple[Bad, ...]]:
        """The criteria of a query string, and what in it could not be used.

        `choices` holds the values each filter of `MANY` knows. Unknown parameters do not count.
        """
        found: dict[str, Any] = {}
        bad: list[Bad] = []
        for name in ORDER:
            typed = [value for value in map(clean, arguments.getlist(name)) if value]
            if name in MANY:
                known = choices[name]
                found[name] = tuple(sorted({each for each in typed if each in known}))
                bad += [Bad(name, each) for each in typed if each not in known]
            elif typed and (value := _single(name, typed[-1])) is not None:
                found[name] = value
            elif typed:
                bad.append(Bad(name, typed[-1]))
        return cls(**found)._plain(), tuple(bad)

    def _plain(self) -> "Criteria":
        """Without what goes without saying."""
        return replace(self, sort="") if self.sort == replace(self, sort="").order else self

    def but(self, **changes: Any) -> "Criteria":
        """The same but for this, on the first page: `criteria.but(country=("LA",))`."""
        return replace(self, **{"page": 1, **changes})._plain()

    def adding(self, name: str, value: str) -> "Criteria":
        """The same with one more value of a filter."""
        return self.but(**{name: tuple(sorted({*getattr(self, name), value}))})

    def without(self, name: str, value: str) -> "Criteria":
        """The same without one value of a filter."""
        kept = tuple(each for each in getattr(self, name) if each != value)
        return self.but(**{name: kept})

    @property
    def order(self) -> str:
        """By relevance where something was searched for, else by year, unless said otherwise."""
        return self.sort or ("relevance" if self.q else "year")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query string, in its one order."""
        return [(name, value) for name in ORDER for value in _texts(getattr(self, name))]

    def to_query(self) -> str:
        """The query string, without a question mark."""
        return urlencode([pair for pair in self.pairs if pair != ("page", "1")])

    def at(self, path: str) -> str:
        """The address of this choice under a path: `criteria.at("/library.bib")`."""
        query = self.to_query()
        sign = "&" if "?" in path else "?"
        return f"{path}{sign}{query}" if query else path

    @property
    def is_filtered(self) -> bool:
        """Whether anything is chosen besides order and page."""
        return self.but(sort="") != Criteria()


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, tuple) and not isinstance(value, Years):
        return value
    return (str(value),) if value else ()


def _single(name: str, text: str) -> Any:
    """The value of a filter that takes one; None when it cannot be used."""
    if name == "q":
        return text if len(text) <= LONGEST_QUERY else None
    if name == "year":
        return _years(fold_digits(text))
    if name == "page":
        return number_in(text, MOST_PAGES)
    return text if text in (ANNOTATED if name == "annotated" else SORTS) else None


def _years(text: str) -> Years | None:
    match = SPAN.fullmatch(text.replace(" ", ""))
    if match is None or match[1] is match[3] is None:
        return None
    first = int(match[1]) if match[1] else None
    last = int(match[3]) if match[3] else None if match[2] else first
    if first is not None and last is not None and first > last:
        first, last = last, first
    return Years(first, last)
