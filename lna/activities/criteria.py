"""What a list of activities is chosen by: a query string <-> one frozen dataclass.

Every link of a filter, chip, sort, page, feed or export is `criteria.but(...).at(path)`; equal
choices have one address, whatever order they were typed in.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlencode

from lna.core.typed_text import clean, fold_digits, number_in

MANY = ("country", "origin", "type", "kind", "theme", "group", "language", "stage")
"""Filters that take several values: an activity with any one of them is found."""
FLAGS = ("cross_border", "open")
DATES = ("from", "to")
PERIODS = ("coming", "past", "all")
SORTS = ("soonest", "latest", "title", "changed")
ORDER = (
    *("q", "country", "origin", "cross_border", "type", "kind", "theme", "group", "language"),
    *("stage", "open", "when", "from", "to", "sort", "page"),
)
YEARS = range(1900, 2201)
"""A year beyond these is a slip, or counted in the Buddhist era."""
LONGEST_QUERY = 200
MOST_PAGES = 10_000

Choices = Mapping[str, Container[str]]


class Arguments(Protocol):
    """A query string as Werkzeug hands it over (`request.args`)."""

    def getlist(self, key: str) -> list[str]: ...


class Bad(NamedTuple):
    """A value that could not be used, and the filter it was given for."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """One choice of activities. Empty means not chosen; `first` and `last` are `from` and `to`."""

    q: str = ""
    country: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    cross_border: bool = False
    type: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    open: bool = False
    when: str = ""
    first: date | None = None
    last: date | None = None
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
            typed = [clean(value) for value in arguments.getlist(name)]
            typed = [value for value in typed if value]
            if name in MANY:
                known = choices[name]
                found[name] = tuple(sorted({each for each in typed if each in known}))
                bad += [Bad(name, each) for each in typed if each not in known]
            elif typed:
                value = _single(name, typed[-1])
                if value is None:
                    bad.append(Bad(name, typed[-1]))
                else:
                    found[_field(name)] = value
        return cls(**found)._plain(), tuple(bad)

    def _plain(self) -> "Criteria":
        """Without what goes without saying."""
        plain = replace(self, when="") if self.when == replace(self, when="").period else self
        return replace(plain, sort="") if plain.sort == replace(plain, sort="").order else plain

    def but(self, **changes: Any) -> "Criteria":
        """The same but for this, on the first page: `criteria.but(country=("LA",))`."""
        return replace(self, **{"page": 1, **changes})._plain()

    def without(self, name: str, value: str) -> "Criteria":
        """The same without one value of a filter."""
        kept = tuple(each for each in getattr(self, name) if each != value)
        return self.but(**{name: kept})

    @property
    def period(self) -> str:
        """`coming` unless said otherwise; a first or last day alone looks at all times."""
        return self.when or ("all" if self.first or self.last else "coming")

    @property
    def order(self) -> str:
        """`soonest` for what is coming, else `latest`, unless said otherwise."""
        return self.sort or ("soonest" if self.period == "coming" else "latest")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query string, in its one order."""
        return [(name, value) for name in ORDER for value in _texts(getattr(self, _field(name)))]

    def at(self, path: str) -> str:
        """The address of this choice under a path: `criteria.at("/activities.csv")`."""
        query = urlencode([pair for pair in self.pairs if pair != ("page", "1")])
        sign = "&" if "?" in path else "?"
        return f"{path}{sign}{query}" if query else path

    @property
    def is_filtered(self) -> bool:
        """Whether anything is chosen besides order and page."""
        return self.but(sort="") != Criteria()


def _field(name: str) -> str:
    return {"from": "first", "to": "last"}.get(name, name)


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("1",) if value else ()
    return (str(value),) if value else ()


def _single(name: str, text: str) -> Any:
    """The value of a filter that takes one; None when it cannot be used."""
    if name == "q":
        return text if len(text) <= LONGEST_QUERY else None
    if name in FLAGS:
        return {"1": True, "0": False}.get(text)
    if name in DATES:
        return _day(fold_digits(text))
    if name == "page":
        return number_in(text, MOST_PAGES)
    return text if text in (PERIODS if name == "when" else SORTS) else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None


@dataclass(frozen=True, kw_only=True)
class WorklistCriteria:
    """What staff choose their list by: every value one of many, unknown ones found nowhere.

    `responsible` holds user ids as text; `published` is `yes`, `no` or empty for both. Without
    a stage chosen, what is completed or cancelled is left out.
    """

    q: str = ""
    stage: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    published: str = ""
    need: tuple[str, ...] = ()
    page: int = 1

    @classmethod
    def read(cls, arguments: Arguments) -> "WorklistCriteria":
        typed = {
            name: [str(clean(value)) for value in arguments.getlist(name) if clean(value)]
            for name in ("q", "stage", "country", "responsible", "published", "need", "page")
        }
        many = ("stage", "country", "responsible", "need")
        chosen = {name: tuple(sorted(set(typed[name])))[:50] for name in many}
        page = typed["page"][-1] if typed["page"] else "1"
        return cls(
            **chosen,
            q=" ".join(typed["q"])[:LONGEST_QUERY],
            published=next((each for each in typed["published"] if each in ("yes", "no")), ""),
            page=number_in(page, MOST_PAGES) or 1,
        )

    def but(self, **changes: Any) -> "WorklistCriteria":
        """The same but for this, on the first page."""
        return replace(self, **{"page": 1, **changes})

    def without(self, name: str, value: str) -> "WorklistCriteria":
        """The same without one value of a filter."""
        kept = getattr(self, name)
        if isinstance(kept, str):
            return self.but(**{name: ""})
        return self.but(**{name: tuple(each for each in kept if each != value)})

    def at(self, path: str) -> str:
        """The address of this choice under a path; equal choices have one."""
        names = ("q", "stage", "country", "responsible", "published", "need", "page")
        pairs = [(name, value) for name in names for value in _texts(getattr(self, name))]
        query = urlencode([pair for pair in pairs if pair != ("page", "1")])
        return f"{path}?{query}" if query else path

    @property
    def is_filtered(self) -> bool:
        return self.but() != WorklistCriteria()
