"""All publications anybody may find, as filters see them; kept in memory and brought up to date.

Each value of each filter is one integer with a bit per publication (the bit of its id), so that
choosing is AND and OR of integers, and exact counts are their bits.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import collate, func, select

from lna.core.db import db
from lna.core.page import caches
from lna.core.search.lexemes import SEARCH_VERSION
from lna.core.versions import versions_of
from lna.library.models import Publication, PublicationIndex

MOST_FOLLOWED = 500
"""Changes followed one by one; after more of them everything is read anew."""
AT_ONCE = 10_000
"""Rows in memory while everything is read."""

_index = PublicationIndex.__table__.c
READ = select(
    _index.publication_id, _index.shown, _index.year, _index.facets, _index.version
).order_by(_index.publication_id)

Masks = dict[str, int]
Code = TypeVar("Code", str, int)


class Catalogue(NamedTuple):
    """The catalogue at one version of the library; never changed once made.

    `masks` is by filter and code, `by_year` by year (0: without one), `years` those in order;
    `year_of` is the year by id.
    """

    version: int
    shown: int
    masks: dict[str, Masks]
    by_year: dict[int, int]
    years: tuple[int, ...]
    year_of: "array[int]"

    def any_of(self, name: str, codes: Iterable[str]) -> int:
        """The publications with one of these codes."""
        masks = self.masks.get(name, {})
        return reduce(or_, (masks.get(code, 0) for code in codes), 0)

    def between(self, first: int | None, last: int | None) -> int:
        """The publications of these years; one without a year is of none."""
        start = bisect_left(self.years, max(first or 1, 1))
        end = len(self.years) if last is None else bisect_right(self.years, last)
        return reduce(or_, (self.by_year[year] for year in self.years[start:end]), 0)


EMPTY = Catalogue(-1, 0, {}, {}, (), array("h"))


def catalogue() -> Catalogue:
    """The catalogue now: one statement, and what changed since it was last asked for."""
    present = versions_of("library")
    kept: tuple[str, Catalogue] = caches().get("catalogue", ("", EMPTY))
    if kept[0] != present:
        kept = present, _followed(kept[1])
        if "unsaved" not in present:  # what may be rolled back is not remembered
            caches()["catalogue"] = kept
    return kept[1]


def ids_by_title(present: Catalogue) -> Sequence[int]:
    """All ids in the order of their titles; the same on every database."""
    kept: tuple[Catalogue, array[int]] | None = caches().get("catalogue by title")
    if kept is None or kept[0] is not present:
        title: Any = PublicationIndex.sort_title
        if db.session.get_bind().dialect.name == "postgresql":
            title = collate(title, "C")
        ordered = select(_index.publication_id).where(_index.shown)
        found = db.session.scalars(ordered.order_by(title, _index.publication_id))
        kept = present, array("q", found)
        caches()["catalogue by title"] = kept
    return kept[1]


def number_not_indexed() -> int:
    """How many publications a search misses, or may, until the index is built anew."""
    indexed = select(_index.publication_id).where(_index.search_version == SEARCH_VERSION)
    missing = select(func.count()).where(Publication.id.not_in(indexed))
    return db.session.scalar(missing.select_from(Publication)) or 0


def ids_of(bits: int) -> Iterator[int]:
    """The ids a mask stands for, the newest first."""
    digits = bin(bits)[2:]
    last, at = len(digits) - 1, digits.find("1")
    while at >= 0:
        yield last - at
        at = digits.find("1", at + 1)


def mask_of(ids: Iterable[int]) -> int:
    """The mask that stands for these ids."""
    every = ids if isinstance(ids, list) else list(ids)
    if not every:
        return 0
    size = max(every) + 1
    digits = bytearray(b"0" * size)
    for number in every:
        digits[-1 - number] = 49  # "1"
    return int(digits, 2)


def _followed(old: Catalogue) -> Catalogue:
    if old is not EMPTY:
        newer = READ.where(_index.version > old.version).limit(MOST_FOLLOWED + 1)
        rows = db.session.execute(newer).all()
        if len(rows) <= MOST_FOLLOWED:
            return _changed(old, rows)
    return _read()


def _read() -> Catalogue:
    """Everything, a few thousand rows at a time: some hundred thousand a second."""
    rows = db.session.execute(READ.where(_index.shown), execution_options={"yield_per": AT_ONCE})
    return _changed(EMPTY, rows)


def _changed(old: Catalogue, rows: Iterable[Any]) -> Catalogue:
    """The catalogue with these rows in the place of older ones of the same publications."""
    touched: list[int] = []
    shown: list[int] = []
    ids: dict[str, list[int]] = defaultdict(list)
    years: dict[int, list[int]] = defaultdict(list)
    newest = old.version
    for number, is_shown, year, facets, version in rows:
        touched.append(number)
        newest = max(newest, version)
        if is_shown:
            shown.append(number)
            years[year or 0].append(number)
            for facet in facets.split():
                ids[facet].append(number)
    kept = ~mask_of(touched)
    by_year = _merged(old.by_year, kept, years)
    return Catalogue(
        version=newest,
        shown=old.shown & kept | mask_of(shown),
        masks=_masks(old.masks, kept, ids),
        by_year=by_year,
        years=tuple(sorted(year for year, mask in by_year.items() if mask)),
        year_of=_years(old.year_of, max(touched, default=0), years),
    )


def _masks(old: dict[str, Masks], kept: int, ids: dict[str, list[int]]) -> dict[str, Masks]:
    by_name: dict[str, dict[str, list[int]]] = {name: {} for name in old}
    for facet, numbers in ids.items():
        name, code = facet.split("=", 1)
        by_name.setdefault(name, {})[code] = numbers
    return {name: _merged(old.get(name, {}), kept, found) for name, found in by_name.items()}


def _merged(old: dict[Code, int], kept: int, ids: dict[Code, list[int]]) -> dict[Code, int]:
    masks = {code: mask & kept for code, mask in old.items()}
    for code, numbers in ids.items():
        masks[code] = masks.get(code, 0) | mask_of(numbers)
    return masks


def _years(old: "array[int]", last: int, years: dict[int, list[int]]) -> "array[int]":
    year_of = array("h", old)
    year_of.frombytes(bytes(year_of.itemsize * max(last + 1 - len(year_of), 0)))
    for year, numbers in years.items():
        for number in numbers:
            year_of[number] = year
    return year_of
