"""An import as its page shows it: what would happen or what happened, entry by entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lna.core.typed_text import number_in
from lna.library import queries
from lna.library.models import Import, ImportEntry, Name
from lna.library.models.imports import BROKEN, CHANGED, DOUBTFUL, NEW, PREVIEW, SAME
from lna.library.views.shown import theme_name
from lna.library.vocabulary import ACCESS_LABELS, STATUS_LABELS, TYPE_LABELS

PER_PAGE = 100
MOST_PAGES = 100_000
MOST_CHOICES = 150
"""Doubtful entries that can be decided at once; forms have at most 200 parts."""

OUTCOMES: dict[str, LazyString] = {
    NEW: _("New"),
    CHANGED: _("Changed"),
    SAME: _("The same"),
    DOUBTFUL: _("Doubtful"),
    BROKEN: _("Cannot be read"),
}
FIELDS: dict[str, LazyString] = {
    "type": _("Type"),
    "title": _("Title"),
    "creators": _("Authors and editors"),
    "date": _("Year or date"),
    "container": _("Journal, book or series it is part of"),
    "publisher": _("Publisher"),
    "place": _("Place"),
    "volume": _("Volume"),
    "issue": _("Issue or number"),
    "pages": _("Pages"),
    "edition": _("Edition"),
    "identifiers": _("Numbers"),
    "languages": _("Languages"),
    "countries": _("Countries"),
    "themes": _("Key themes"),
    "keywords": _("Keywords"),
    "classes": _("Class"),
    "abstract": _("Abstract"),
    "url": _("Web address"),
    "access": _("Access"),
    "status": _("Annotation status"),
    "licence": _("Licence"),
    "note": _("Note for editors"),
    "annotation": _("Annotation"),
}
LABELS = {"type": TYPE_LABELS, "access": ACCESS_LABELS, "status": STATUS_LABELS}


@dataclass(frozen=True)
class Tab:
    """One outcome with its number of entries and where to read them."""

    label: str
    count: int
    url: str
    chosen: bool


class Preview:
    """One import and the entries of one outcome, a page at a time."""

    def __init__(self, run: Import, arguments: Mapping[str, str]) -> None:
        self.run = run
        there = [one for one in (NEW, CHANGED, DOUBTFUL, BROKEN) if run.counts.get(one)]
        asked = arguments.get("outcome", "")
        self.outcome = asked if asked in there else next(iter(there), NEW)
        self.page = number_in(arguments.get("page", ""), MOST_PAGES) or 1

    @property
    def is_open(self) -> bool:
        """Nobody has said yes or no yet."""
        return self.run.state == PREVIEW

    @property
    def tabs(self) -> list[Tab]:
        return [
            Tab(str(words), count, self._url(outcome), outcome == self.outcome)
            for outcome, words in OUTCOMES.items()
            if (count := self.run.counts.get(outcome, 0))
        ]

    @cached_property
    def entries(self) -> Sequence[ImportEntry]:
        offset = (self.page - 1) * PER_PAGE
        return queries.reported_entries(self.run, self.outcome, offset=offset, limit=PER_PAGE)

    @cached_property
    def doubtful(self) -> Sequence[ImportEntry]:
        """The doubtful entries somebody may decide about."""
        if not self.is_open:
            return []
        return queries.reported_entries(self.run, DOUBTFUL, limit=MOST_CHOICES)

    @cached_property
    def keys(self) -> dict[int, str]:
        return queries.keys_of([one.publication_id for one in self.entries if one.publication_id])

    @property
    def previous(self) -> str | None:
        return self._url(self.outcome, self.page - 1) if self.page > 1 else None

    @property
    def next(self) -> str | None:
        more = self.run.counts.get(self.outcome, 0) > self.page * PER_PAGE
        return self._url(self.outcome, self.page + 1) if more else None

    @property
    def writes(self) -> int:
        """How many publications a yes adds or changes."""
        return int(self.run.counts.get(NEW, 0)) + int(self.run.counts.get(CHANGED, 0))

    def changes(self, entry: ImportEntry) -> list[tuple[str, str, str]]:
        """Field, what is here, what it becomes."""
        return [
            (str(FIELDS[name]), in_words(name, before), in_words(name, after))
            for name, (before, after) in entry.changes.items()
        ]

    def _url(self, outcome: str, page: int = 1) -> str:
        return url_for("library.show_import", number=self.run.id, outcome=outcome, page=page)


def in_words(field: str, value: Any) -> str:
    """A stored value as a person reads it."""
    if not value:
        return ""
    if field in LABELS:
        return str(LABELS[field].get(value, value))
    if field == "creators":
        return "; ".join(Name(**one).inverted for one in value)
    if field == "identifiers":
        return ", ".join(f"{one['kind']} {one['value']}" for one in value)
    if field == "themes":
        return ", ".join(map(theme_name, value))
    if field == "annotation":
        return str(value["overall_relevance"] or value["research_basis"])
    if isinstance(value, dict):
        return " / ".join(value["texts"].values())
    return ", ".join(value) if isinstance(value, list) else str(value)
