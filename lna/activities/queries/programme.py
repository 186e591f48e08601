"""The public programme as lists choose from it, kept in memory while nothing in it changes.

Each value of each filter is one integer with a bit per activity, so that choosing is AND and
OR of integers, counting is their bits, and every database finds the same in the same order.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import and_, or_

from lna.activities.criteria import MANY, Arguments, Bad, Choices, Criteria
from lna.activities.models import ACTIVITY_TYPES, MEETING_KINDS, STAGES
from lna.activities.queries.entries import Entry, read_entries
from lna.activities.queries.names import Names, read_names
from lna.activities.queries.standing import is_past, takes_registrations
from lna.activities.queries.words import holds
from lna.core import clock
from lna.core.page import caches
from lna.core.search.grammar import Grammar, Query
from lna.core.search.normalise import normalise
from lna.core.versions import versions_of
from lna.core.vocabulary import COUNTRIES, LANGUAGES

TOPICS = ("activities", "partners", "seats", "themes")
"""What pages of the programme show; seats come and go without changing what is planned."""
GRAMMAR = Grammar()
FAR = datetime.max.replace(tzinfo=UTC)
"""Where activities without dates stand: after all others."""
NO_TIME = timedelta()
Masks = dict[str, int]


class Index:
    """All public activities, soonest first, and which bits stand for which value."""

    def __init__(self, names: Names, entries: Sequence[Entry]) -> None:
        self.names = names
        self.entries = sorted(entries, key=lambda each: (each.starts_at or FAR, each.code))
        self.all = (1 << len(self.entries)) - 1
        self.masks: dict[str, Masks] = {name: {} for name in (*MANY, "cross_border")}
        for at, entry in enumerate(self.entries):
            for name, value in entry.values:
                self.masks[name][value] = self.masks[name].get(value, 0) | 1 << at
        self.moments = sorted({moment for entry in self.entries for moment in entry.moments})
        self.choices: Choices = {
            "country": COUNTRIES,
            "origin": COUNTRIES,
            "type": ACTIVITY_TYPES,
            "kind": MEETING_KINDS,
            "stage": STAGES,
            "language": LANGUAGES,
            "theme": {each.code for each in names.themes.values()},
            "group": {each.code for each in names.organisations.values()},
        }
        self._timed: tuple[int, dict[str, Masks]] = (-1, {})
        self._orders: dict[str, list[int]] = {}

    def phase(self, now: datetime) -> int:
        """How many of the moments at which a list changes by itself are over."""
        return bisect_right(self.moments, now)

    def timed(self, now: datetime) -> dict[str, Masks]:
        """The masks of what depends on the time, kept until the next moment."""
        phase = self.phase(now)
        kept, masks = self._timed
        if kept != phase:
            past = self.where(lambda entry: is_past(entry, now))
            masks = {
                "when": {"coming": self.all & ~past, "past": past, "all": self.all},
                "open": {"1": self.where(lambda entry: takes_registrations(entry, now))},
            }
            self._timed = phase, masks
        return masks

    def where(self, test: Callable[[Entry], bool]) -> int:
        """The bits of the activities that pass a test."""
        bits = "".join("1" if test(entry) else "0" for entry in reversed(self.entries))
        return int(bits or "0", 2)

    def order(self, sort: str, language: str) -> Sequence[int]:
        """The places of all activities, sorted otherwise than soonest first."""
        if sort == "soonest":
            return range(len(self.entries))
        name = f"{sort} {language}" if sort == "title" else sort
        if name not in self._orders:
            self._orders[name] = self._sorted(sort, language)
        return self._orders[name]

    def _sorted(self, sort: str, language: str) -> list[int]:
        entries, places = self.entries, range(len(self.entries))
        if sort == "title":
            titles = [normalise(entry.title.shown(language).text) for entry in entries]
            return sorted(places, key=titles.__getitem__)
        if sort == "changed":
            return sorted(places, key=lambda at: entries[at].changed_at, reverse=True)
        dated = [at for at in places if entries[at].starts_at]
        return [*reversed(dated), *range(len(dated), len(entries))]


@dataclass(frozen=True)
class Programme:
    """The programme at a moment; `version` names all that its pages show, the time included."""

    index: Index
    version: str
    now: datetime

    @property
    def planned(self) -> str:
        """The version without the seats, which come and go all day."""
        return without_seats(self.version)

    @property
    def until(self) -> datetime | None:
        """The next moment at which something changes by itself; None if nothing will."""
        following = self.index.moments[self.index.phase(self.now) :]
        return following[0] if following else None

    def read(self, arguments: Arguments) -> tuple[Criteria, tuple[Bad, ...]]:
        """The criteria of a query string, and what in it the programme does not know."""
        return Criteria.read(arguments, self.index.choices)

    def chosen(self, criteria: Criteria, *, past: timedelta = NO_TIME) -> Masks:
        """The bits each filter leaves, for the filters that are set."""
        index, timed = self.index, self.index.timed(self.now)
        left = {
            name: reduce(or_, (index.masks[name].get(each, 0) for each in values))
            for name in MANY
            if (values := getattr(criteria, name))
        }
        left["when"] = timed["when"][criteria.period]
        if past and criteria.period == "coming":
            left["when"] |= index.where(lambda entry: not is_past(entry, self.now - past))
        if criteria.cross_border:
            left["cross_border"] = index.masks["cross_border"].get("1", 0)
        if criteria.open:
            left["open"] = timed["open"]["1"]
        if criteria.first or criteria.last:
            left["days"] = index.where(lambda entry: _falls(entry, criteria))
        if criteria.q:
            tree = searched(criteria.q).tree
            left["q"] = index.where(lambda entry: holds(entry.words, tree))
        return left

    def places(self, criteria: Criteria, language: str, *, past: timedelta = NO_TIME) -> list[int]:
        """Where the chosen activities stand in the index, in the order asked for."""
        left = reduce(and_, self.chosen(criteria, past=past).values(), self.index.all)
        bits = bin(left | 1 << len(self.index.entries))[:2:-1]
        return [at for at in self.index.order(criteria.order, language) if bits[at] == "1"]

    def counts(self, criteria: Criteria, names: Sequence[str]) -> dict[str, dict[str, int]]:
        """For each value of these filters, how many it would show with all other filters."""
        chosen, known = self.chosen(criteria), {**self.index.masks, **self.index.timed(self.now)}
        counted = {}
        for name in names:
            others = (mask for other, mask in chosen.items() if other != name)
            left = reduce(and_, others, self.index.all)
            values = known[name].items()
            counted[name] = {value: (left & mask).bit_count() for value, mask in values}
        return counted


def searched(q: str) -> Query:
    """How a search is read, with notes about what was odd in it."""
    return GRAMMAR.parse(q)


def programme() -> Programme:
    """The programme now: one statement, unless something in it changed since it was read."""
    versions = versions_of(*TOPICS)
    planned = without_seats(versions)
    kept: tuple[str, Index] = caches().get("programme", ("", None))
    if kept[0] != planned or not kept[1]:
        names = read_names()
        kept = planned, Index(names, read_entries(names))
        caches()["programme"] = kept
    now = clock.now()
    return Programme(kept[1], f"{versions} phase={kept[1].phase(now)}", now)


def without_seats(versions: str) -> str:
    return " ".join(part for part in versions.split() if not part.startswith("seats="))


def activity_ids(criteria: Criteria, *, past: timedelta = NO_TIME) -> list[int]:
    """The ids of exactly the activities the list shows for these criteria, on all its pages.

    With `past`, what is over since less than that is still counted as coming (for feeds).
    """
    present = programme()
    places = present.places(criteria.but(sort="soonest"), "", past=past)
    return [present.index.entries[at].id for at in places]


def _falls(entry: Entry, criteria: Criteria) -> bool:
    if not entry.days:
        return False
    first, last = entry.days
    return not (criteria.first and last < criteria.first) and not (
        criteria.last and first > criteria.last
    )
