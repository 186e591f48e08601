"""The directory as its page and its exports show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from lna.core.i18n import country_name, plain
from lna.core.pager import Pager
from lna.core.vocabulary import ACTOR_GROUPS
from lna.partners.criteria import DirectoryCriteria
from lna.partners.forms import KINDS
from lna.partners.queries import DirectoryPage, OrganisationRow
from lna.themes.queries import themes_by_code


@dataclass(frozen=True)
class Choice:
    """A value of a filter with its words, its count and the address that toggles it."""

    value: str
    label: str
    count: int
    chosen: bool
    url: str


class Listing:
    """One page of the directory with the words and addresses of its filters."""

    def __init__(self, criteria: DirectoryCriteria, found: DirectoryPage) -> None:
        self.criteria, self.found = criteria, found

    def url(self, criteria: DirectoryCriteria, suffix: str = "") -> str:
        return criteria.at(url_for("partners.index") + suffix)

    def choices(self, name: str) -> list[Choice]:
        return [
            Choice(
                option.value,
                label(name, option.value),
                option.count,
                option.chosen,
                self.url(self.criteria.toggled(name, option.value)),
            )
            for option in self.found.options[name]
        ]

    def words(self, name: str, value: str) -> str:
        return label(name, value) if value else ""

    @property
    def chips(self) -> list[Choice]:
        chosen = [one for name in self.found.options for one in self.choices(name) if one.chosen]
        if self.criteria.q:
            url = self.url(self.criteria.but(q=""))
            chosen.insert(0, Choice("", f"“{self.criteria.q}”", 0, chosen=True, url=url))
        return chosen

    @property
    def pager(self) -> Pager:
        def at(number: int) -> str:
            return self.url(self.criteria.but(page=number))

        return Pager(self.criteria.page, self.found.pages, at)


def label(name: str, value: str) -> str:
    """The words of a filter's value."""
    if name == "country":
        return country_name(value)
    if name == "theme":
        known = themes_by_code().get(value)
        return plain(known.name) if known else value
    return str({"kind": KINDS, "group": ACTOR_GROUPS}[name].get(value, value))


def exported(rows: Iterable[OrganisationRow]) -> list[dict[str, Any]]:
    """What the public may have of each row, as plain texts."""
    return [
        {
            "slug": row.slug,
            "kind": row.kind,
            "name": plain(row.name),
            "names": dict(row.name.texts),
            "acronym": row.acronym,
            "actor_group": row.actor_group,
            "country": row.country,
            "countries": " ".join(row.countries),
            "themes": " ".join(row.themes),
            "website": row.website,
        }
        for row in rows
    ]
