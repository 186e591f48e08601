"""What a page with filters shows around its rows: facets with counts, chips, pages, other forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from flask_babel import LazyString, gettext, ngettext
from flask_babel import lazy_gettext as _

from lna.activities.criteria import MANY, Bad, Criteria
from lna.activities.models import ACTIVITY_TYPES, MEETING_KINDS, STAGES
from lna.activities.queries import ListPage, Programme, searched
from lna.activities.queries.labels import label
from lna.core.i18n import day
from lna.core.page import Parts
from lna.core.pager import Pager
from lna.core.search.reading import sentence
from lna.core.vocabulary import COUNTRIES, LANGUAGES

LEGENDS: dict[str, LazyString] = {
    "type": _("Type"),
    "country": _("Country"),
    "theme": _("Theme"),
    "language": _("Language"),
    "group": _("Group or network"),
    "kind": _("Kind of meeting"),
    "stage": _("Stage"),
    "origin": _("Subject comes from"),
}
FIRST = ("type", "country", "theme", "language", "group")
FURTHER = ("kind", "stage", "origin")
DAYS = ("first", "last")
FLAGS: dict[str, LazyString] = {
    "open": _("Open for registration"),
    "cross_border": _("Across borders"),
}
PERIOD_NAMES: dict[str, LazyString] = {
    "coming": _("Coming"),
    "past": _("Past"),
    "all": _("All dates"),
}
SORT_NAMES: dict[str, LazyString] = {
    "soonest": _("soonest first"),
    "latest": _("latest first"),
    "title": _("by title"),
    "changed": _("recently changed first"),
}
NAMES = {
    **LEGENDS,
    **FLAGS,
    "q": _("Search"),
    "when": _("When"),
    "from": _("From"),
    "to": _("To"),
    "sort": _("Order"),
    "page": _("Page"),
}
"""Everything a query string can say wrong has a name for the note about it."""
ORDERS: dict[str, Sequence[str]] = {
    "type": tuple(ACTIVITY_TYPES),
    "country": tuple(COUNTRIES),
    "origin": tuple(COUNTRIES),
    "kind": tuple(MEETING_KINDS),
    "stage": tuple(STAGES),
    "language": LANGUAGES,
}
"""Values in the order of their list; others go by their names."""


@dataclass(frozen=True)
class Option:
    """A value of a filter: what it is called, how many it would show, whether it is chosen."""

    value: str
    label: str
    count: int | None
    chosen: bool
    url: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter that is set, and the address without it."""

    label: str
    url: str


class Filters:
    """The filters of a page at `path`, for what is chosen by `counted` (else `criteria`)."""

    legends, first, further = LEGENDS, FIRST, FURTHER

    def __init__(
        self,
        programme: Programme,
        criteria: Criteria,
        path: str,
        bad: Sequence[Bad] = (),
        counted: Criteria | None = None,
    ) -> None:
        self.programme, self.criteria, self.path, self.bad = programme, criteria, path, bad
        self.counted = counted or criteria

    def at(self, **changes: object) -> str:
        """The address of this page with something changed: `filters.at(page=2)`."""
        return self.criteria.but(**changes).at(self.path)

    @property
    def here(self) -> str:
        """The one address of what is shown."""
        return self.criteria.at(self.path)

    @property
    def action(self) -> str:
        """Where the form goes; what the path asks for travels in hidden fields."""
        return self.path.partition("?")[0]

    @property
    def subscribe(self) -> str:
        """Where it is explained how to have these activities in one's own calendar."""
        return self.criteria.but(sort="").at(url_for("calendars.subscribe"))

    @cached_property
    def _counts(self) -> dict[str, dict[str, int]]:
        return self.programme.counts(self.counted, (*LEGENDS, *FLAGS, "when"))

    @property
    def has_further(self) -> bool:
        """Whether something is chosen among the filters that are folded away."""
        return any(getattr(self.criteria, name) for name in (*FURTHER, "cross_border", *DAYS))

    def facet(self, name: str) -> list[Option]:
        """The values of a filter that lead somewhere, and those chosen."""
        counts, chosen = self._counts[name], getattr(self.criteria, name)
        shown = {value for value, count in counts.items() if count} | set(chosen)
        return [
            Option(value, self._label(name, value), counts.get(value, 0), value in chosen)
            for value in self._in_order(name, shown)
        ]

    def flag(self, name: str) -> list[Option]:
        """A filter that is on or off."""
        count, chosen = self._counts[name].get("1", 0), getattr(self.criteria, name)
        return [Option("1", str(FLAGS[name]), count, chosen)] if count or chosen else []

    @property
    def periods(self) -> list[Option]:
        """Coming, past and all, as links."""
        counts, now = self._counts["when"], self.criteria.period
        return [
            Option(each, str(words), counts[each], each == now, self.at(when=each))
            for each, words in PERIOD_NAMES.items()
        ]

    @property
    def sorts(self) -> list[Option]:
        """The orders of the list, as links."""
        now = self.criteria.order
        return [
            Option(each, str(words), None, each == now, self.at(sort=each))
            for each, words in SORT_NAMES.items()
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        """One for each filter that is set."""
        return [Chip(words, without.at(self.path)) for words, without in self._set()]

    @property
    def clear(self) -> str:
        return Criteria().at(self.path)

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
        return unknown + [sentence(note) for note in searched(self.criteria.q).notes]

    def _set(self) -> Iterator[tuple[str, Criteria]]:
        criteria = self.criteria
        if criteria.q:
            yield f"“{criteria.q}”", criteria.but(q="")
        if criteria.when:
            yield str(PERIOD_NAMES[criteria.when]), criteria.but(when="")
        if criteria.first:
            yield gettext("From %(day)s", day=day(criteria.first)), criteria.but(first=None)
        if criteria.last:
            yield gettext("Until %(day)s", day=day(criteria.last)), criteria.but(last=None)
        for name in (each for each in FLAGS if getattr(criteria, each)):
            yield str(FLAGS[name]), criteria.but(**{name: False})
        for name in MANY:
            for value in getattr(criteria, name):
                yield self._chip(name, value), criteria.without(name, value)

    def _chip(self, name: str, value: str) -> str:
        words = self._label(name, value)
        if name in ("origin", "language", "stage"):
            return f"{LEGENDS[name]}: {words}"
        return words

    def _label(self, name: str, value: str) -> str:
        return label(name, value, self.programme.index.names)

    def _in_order(self, name: str, values: set[str]) -> list[str]:
        names = self.programme.index.names
        themes = [theme.code for theme in names.themes.values()]
        known = ORDERS.get(name) or (themes if name == "theme" else ())
        listed = [value for value in known if value in values]
        return listed + sorted(values.difference(listed), key=lambda each: self._label(name, each))


class Listing(Filters):
    """The list at `path` (without an ending): its rows, its pages, and its other forms."""

    def __init__(
        self,
        programme: Programme,
        criteria: Criteria,
        path: str,
        found: ListPage,
        bad: Sequence[Bad] = (),
    ) -> None:
        super().__init__(programme, criteria, path, bad)
        self.found = found
        self.parts = Parts("activity rows", programme.planned)

    def form(self, ending: str) -> str:
        """The same list in another form: `listing.form("csv")`."""
        return self.criteria.but().at(f"{self.path}.{ending}")

    @property
    def way_out(self) -> tuple[str, str | None, str]:
        """For an empty list: what can be done, the address, and the words of the link."""
        everything = self._counts["when"]["all"]
        if everything:
            found = ngettext("%(num)s activity", "%(num)s activities", everything)
            words = gettext("Among all dates there are some.")
            return words, self.at(when="all", first=None, last=None), found
        if self.criteria.is_filtered:
            return gettext("Take a filter away."), self.clear, gettext("Show all that is coming")
        return gettext("What is planned will be listed here."), None, ""

    @property
    def pager(self) -> Pager:
        return Pager(self.found.page, self.found.pages, lambda number: self.at(page=number))
