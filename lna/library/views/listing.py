"""The catalogue as its page shows it: facets with counts, chips, rows, pages, other forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from lna.core.i18n import language_name
from lna.core.pager import Pager
from lna.core.search.reading import sentence
from lna.core.vocabulary import COUNTRIES
from lna.library.criteria import MANY, Bad, Criteria
from lna.library.search import Label, Results
from lna.library.views.shown import coverage, theme_name
from lna.library.vocabulary import ACCESS_LABELS, TYPE_LABELS, WIDER_COVERAGE
from lna.themes.queries import themes_by_code

LEGENDS: dict[str, LazyString] = {
    "theme": _("Key theme"),
    "country": _("Country"),
    "type": _("Type"),
    "annotated": _("Annotation"),
    "access": _("Access"),
    "language": _("Language"),
}
NAMES = {**LEGENDS, "q": _("Search"), "year": _("Year"), "sort": _("Order"), "page": _("Page")}
ANNOTATED: dict[str, LazyString] = {
    "1": _("With annotation"),
    "0": _("Without annotation"),
}
SORT_NAMES: dict[str, LazyString] = {
    "relevance": _("most relevant first"),
    "year": _("latest first"),
    "title": _("by title"),
    "newest": _("newest here first"),
}
OPEN = 7
"""So many values of a filter are shown before the rest is folded away."""


@dataclass(frozen=True)
class Option:
    """A value of a filter: its name, how many it shows, and the address that toggles it."""

    label: str
    count: int | None
    chosen: bool
    url: str


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    url: str


class Listing:
    """One page of the catalogue at `path`, which has no ending."""

    legends, open = LEGENDS, OPEN

    def __init__(self, results: Results, path: str, bad: Sequence[Bad] = ()) -> None:
        self.results, self.criteria = results, results.criteria
        self.path, self.bad = path, bad

    def at(self, **changes: object) -> str:
        """The address of this page with something changed: `listing.at(sort="title")`."""
        return self.criteria.but(**changes).at(self.path)

    def form(self, ending: str) -> str:
        """The whole result in another form: `listing.form("bib")`."""
        return self.criteria.but().at(f"{self.path}.{ending}")

    @property
    def here(self) -> str:
        """The one address of what is shown."""
        return self.criteria.at(self.path)

    @property
    def clear(self) -> str:
        return Criteria().at(self.path)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What is chosen besides words and years, for the forms that ask for these."""
        return [pair for pair in self.criteria.pairs if pair[0] not in {"q", "year", "page"}]

    @property
    def years(self) -> str:
        return str(self.criteria.year or "")

    def facet(self, name: str) -> list[Option]:
        """The values of a filter that lead somewhere, and those chosen; the most frequent first."""
        counts, chosen = self.results.counts.get(name, {}), self._chosen(name)
        values = self._in_order(name, {*counts, *chosen})
        return [
            Option(
                label(name, each), counts.get(each, 0), each in chosen, self._toggled(name, each)
            )
            for each in values
        ]

    @property
    def sorts(self) -> list[Option]:
        """The orders of the list, as links; by relevance only where words are searched for."""
        now = self.criteria.order
        return [
            Option(str(words), None, each == now, self.at(sort=each))
            for each, words in SORT_NAMES.items()
            if self.criteria.q or each != "relevance"
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """One for each filter that is set."""
        return [Chip(words, without.at(self.path)) for words, without in self._set()]

    @property
    def notes(self) -> list[str]:
        """What was not understood, and how an odd search was read."""
        unknown = [
            gettext(
                "“%(value)s” is not known here (%(name)s), so it was left out.",
                value=each.value[:60],
                name=NAMES[each.name],
            )
            for each in self.bad
        ]
        return unknown + [sentence(note) for note in self.results.query.notes]

    @property
    def also(self) -> tuple[Label, ...]:
        """Names in other languages that were searched too."""
        return self.results.also

    @property
    def only_mine(self) -> str:
        """The same search for exactly what was typed."""
        return self.at(q=" ".join(f'"{word}"' for word in self.criteria.q.split()))

    @property
    def pager(self) -> Pager:
        return Pager(self.criteria.page, self.results.pages, lambda number: self.at(page=number))

    def _chosen(self, name: str) -> tuple[str, ...]:
        value = getattr(self.criteria, name)
        return value if isinstance(value, tuple) else tuple(filter(None, [value]))

    def _toggled(self, name: str, value: str) -> str:
        chosen = value in self._chosen(name)
        if name == "annotated":
            return self.at(annotated="" if chosen else value)
        toggled = self.criteria.without if chosen else self.criteria.adding
        return toggled(name, value).at(self.path)

    def _set(self) -> Iterator[tuple[str, Criteria]]:
        criteria = self.criteria
        if criteria.q:
            yield f"“{criteria.q}”", criteria.but(q="")
        if criteria.year:
            yield str(criteria.year).replace("..", " – "), criteria.but(year=None)
        if criteria.annotated:
            yield str(ANNOTATED[criteria.annotated]), criteria.but(annotated="")
        for name in MANY:
            for value in getattr(criteria, name):
                yield label(name, value), criteria.without(name, value)

    def _in_order(self, name: str, values: set[str]) -> list[str]:
        counts = self.results.counts.get(name, {})
        known = ORDERS.get(name)
        if known is not None:
            return [value for value in known if value in values]
        return sorted(values, key=lambda each: (-counts.get(each, 0), label(name, each)))


ORDERS: dict[str, Sequence[str]] = {
    "country": (*COUNTRIES, *WIDER_COVERAGE),
    "annotated": tuple(ANNOTATED),
    "access": tuple(ACCESS_LABELS),
}
"""Values in the order of their list; others go by their number, then their name."""


def label(name: str, value: str) -> str:
    """A value of a filter as the reader calls it."""
    if name == "theme":
        return theme_name(value) if value in themes_by_code() else value
    if name == "country":
        return coverage(value)
    if name == "language":
        return language_name(value)
    labels = {"type": TYPE_LABELS, "access": ACCESS_LABELS, "annotated": ANNOTATED}[name]
    return str(labels.get(value, value))
