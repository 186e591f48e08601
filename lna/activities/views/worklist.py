"""What the staff's list shows around its rows: facets with counts, chips, pages."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from lna.activities.criteria import WorklistCriteria
from lna.activities.models import STAGES, Stage
from lna.activities.queries.needs import NEEDS
from lna.activities.queries.worklist import NOBODY, Worklist
from lna.core.i18n import country_name
from lna.core.pager import Pager

LEGENDS: dict[str, LazyString] = {
    "need": _("Needs"),
    "stage": _("Stage"),
    "country": _("Country"),
    "responsible": _("Responsible"),
    "published": _("Shown to everyone"),
}


@dataclass(frozen=True)
class Choice:
    """A value of a filter with its words, its count, and the list with it or without it."""

    value: str
    label: str
    count: int | None
    chosen: bool
    url: str


class WorkListing:
    """The list as its page shows it."""

    legends = LEGENDS

    def __init__(self, criteria: WorklistCriteria, found: Worklist) -> None:
        self.criteria, self.found = criteria, found
        self.action = url_for("activities.worklist")

    def facet(self, name: str) -> list[Choice]:
        return [
            self._choice(name, option.value, option.count, option.chosen)
            for option in self.found.options[name]
        ]

    @property
    def chips(self) -> list[Choice]:
        """What is chosen, each with the list without it."""
        chosen = [("q", self.criteria.q)] if self.criteria.q else []
        for name in LEGENDS:
            kept = getattr(self.criteria, name)
            chosen += [(name, value) for value in ([kept] if isinstance(kept, str) else kept)]
        return [self._choice(name, value, None, True) for name, value in chosen if value]

    def _choice(self, name: str, value: str, count: int | None, chosen: bool) -> Choice:
        without = self.criteria.without(name, value).at(self.action)
        return Choice(value, self.words(name, value), count, chosen, without)

    def words(self, name: str, value: str) -> str:
        """A value of a filter as it is called."""
        if name == "need" and value in NEEDS:
            return str(NEEDS[value])
        if name == "stage" and value in set(Stage):
            return str(STAGES[Stage(value)])
        if name == "country":
            return country_name(value)
        if name == "responsible":
            nobody = str(gettext("Nobody"))
            return nobody if value == NOBODY else self.found.people.get(value, value)
        if name == "published":
            return str({"yes": gettext("Published"), "no": gettext("Draft")}.get(value, value))
        return value

    @property
    def pager(self) -> Pager:
        def at(number: int) -> str:
            return self.criteria.but(page=number).at(self.action)

        return Pager(self.criteria.page, self.found.pages, at)
