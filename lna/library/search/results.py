"""The answer to a search: a page of hits, exact counts for every filter, and how it was read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_

from lna.core.search.grammar import Query
from lna.core.search.tree import described
from lna.core.vocabulary import COUNTRIES
from lna.library.criteria import MANY, Choices, Criteria
from lna.library.search.catalogue import Catalogue, catalogue
from lna.library.search.fields import GRAMMAR, key_codes
from lna.library.search.hits import Hit, hits
from lna.library.search.labels import Label, expanded
from lna.library.search.matching import found_by
from lna.library.search.ordering import in_order, slice_of
from lna.library.vocabulary import (
    ACCESS_LABELS,
    LANGUAGES,
    TYPE_LABELS,
    WIDER_COVERAGE,
)
from lna.themes.queries import themes_by_code

PAGE = 20
COUNTED = (*MANY, "annotated")
Counts = dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was found. `criteria` is what was asked for, its page one that there is.

    `counts` has, for each filter and code, how many publications it would show with all other
    filters as they are; `years` the same for each year, in order. `also` are names in other
    languages that were searched too; `reading` says how an odd or composed query was read.
    """

    criteria: Criteria
    query: Query
    total: int
    pages: int
    hits: tuple[Hit, ...]
    counts: Mapping[str, Counts]
    years: tuple[tuple[int, int], ...]
    also: tuple[Label, ...]
    reading: str


def search(criteria: Criteria, size: int = PAGE) -> Results:
    """One page of the publications the criteria choose, with what surrounds it."""
    chosen = Chosen(criteria)
    found = chosen.found()
    total = found.bit_count()
    pages = max(1, -(-total // size))
    criteria = replace(criteria, page=min(criteria.page, pages))
    ids = slice_of(chosen.ordered(found), (criteria.page - 1) * size, size)
    return Results(
        criteria=criteria,
        query=chosen.query,
        total=total,
        pages=pages,
        hits=tuple(hits(ids, chosen.tree)),
        counts={name: chosen.counts(name) for name in COUNTED},
        years=tuple(chosen.years()),
        also=chosen.also,
        reading=_reading(chosen.query),
    )


def found_ids(criteria: Criteria) -> list[int]:
    """The ids of all publications the criteria choose, on all pages, in their order."""
    chosen = Chosen(criteria)
    return list(chosen.ordered(chosen.found()))


def choices() -> Choices:
    """The values each filter knows."""
    return {
        "type": TYPE_LABELS,
        "theme": themes_by_code(),
        "country": {*COUNTRIES, *WIDER_COVERAGE},
        "language": LANGUAGES,
        "access": ACCESS_LABELS,
    }


class Chosen:
    """The masks that criteria leave, filter by filter."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        self.present: Catalogue = catalogue()
        self.query = GRAMMAR.parse(criteria.q)
        self.tree, self.also = expanded(self.query)
        self.masks = dict(self._masks())

    def _masks(self) -> Iterator[tuple[str, int]]:
        present, criteria = self.present, self.criteria
        if self.tree:
            yield "q", found_by(self.tree, present)
        for name in MANY:
            if codes := getattr(criteria, name):
                yield name, present.any_of(name, key_codes(codes) if name == "theme" else codes)
        if criteria.annotated:
            yield "annotated", present.any_of("annotated", (criteria.annotated,))
        if criteria.year:
            yield "year", present.between(*criteria.year)

    def found(self, *, without: str = "") -> int:
        """The publications all filters leave; all but one, when it is named."""
        masks = (mask for name, mask in self.masks.items() if name != without)
        return reduce(and_, masks, self.present.shown)

    def ordered(self, found: int) -> Iterator[int]:
        return in_order(self.criteria.order, found, self.tree, self.present)

    def counts(self, name: str) -> Counts:
        left = self.found(without=name)
        values = self.present.masks.get(name, {}).items()
        counted = ((code, (left & mask).bit_count()) for code, mask in values)
        return {code: count for code, count in counted if count}

    def years(self) -> Iterator[tuple[int, int]]:
        left = self.found(without="year")
        for year in self.present.years:
            if year and (count := (left & self.present.by_year[year]).bit_count()):
                yield year, count


def _reading(query: Query) -> str:
    """The query written out, where a reader may wonder how it was understood."""
    if query.tree is None:
        return ""
    text = described(query.tree)
    plain = text.replace(" AND ", " ") == " ".join(query.text.split())
    return "" if plain and not query.notes else text
