"""The public directory: rows and exact counts, from one small table read into memory.

A thousand organisations with their themes are some hundred kilobytes; they are kept while the
topic `partners` does not change, and filtered and counted there.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.page import caches
from lna.core.search.normalise import normalise
from lna.core.versions import versions_of
from lna.partners.criteria import DirectoryCriteria
from lna.partners.models import Organisation, organisation_theme
from lna.themes.queries import themes_by_id

PER_PAGE = 50


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation as the list shows it; `themes` are codes."""

    id: int
    slug: str
    kind: str
    name: Multilingual
    acronym: str
    actor_group: str
    country: str
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    website: str
    is_public: bool
    likeness: str

    @property
    def all_countries(self) -> tuple[str, ...]:
        seat = (self.country,) if self.country else ()
        return tuple(dict.fromkeys((*seat, *self.countries)))


@dataclass(frozen=True)
class Option:
    """A value of a filter, how many rows it would show, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class DirectoryPage:
    """One page of the directory, with the counts of every filter."""

    rows: list[OrganisationRow]
    total: int
    pages: int
    options: dict[str, list[Option]]


VALUES: dict[str, Callable[[OrganisationRow], tuple[str, ...]]] = {
    "kind": lambda row: (row.kind,),
    "group": lambda row: (row.actor_group,) if row.actor_group else (),
    "country": lambda row: row.all_countries,
    "theme": lambda row: row.themes,
}


def directory(criteria: DirectoryCriteria, *, with_hidden: bool = False) -> DirectoryPage:
    """The rows of one page and, per filter, the counts with all other filters applied."""
    rows = everything_listed(criteria, with_hidden=with_hidden)
    first = (criteria.page - 1) * PER_PAGE
    known = [row for row in _all() if with_hidden or row.is_public]
    return DirectoryPage(
        rows[first : first + PER_PAGE],
        len(rows),
        max(1, -(-len(rows) // PER_PAGE)),
        {name: _options(name, criteria, known) for name in VALUES},
    )


def everything_listed(
    criteria: DirectoryCriteria, *, with_hidden: bool = False
) -> list[OrganisationRow]:
    """Every row the criteria select, in the order of the list."""
    return [
        row
        for row in _all()
        if (with_hidden or row.is_public)
        and _says(row, criteria.q)
        and all(_fits(row, name, criteria) for name in VALUES)
    ]


def _options(name: str, criteria: DirectoryCriteria, rows: list[OrganisationRow]) -> list[Option]:
    others = [other for other in VALUES if other != name]
    counts: Counter[str] = Counter()
    for row in rows:
        if _says(row, criteria.q) and all(_fits(row, other, criteria) for other in others):
            counts.update(VALUES[name](row))
    chosen = getattr(criteria, name)
    values = {*counts, *chosen}
    return [
        Option(value, counts[value], value in chosen)
        for value in sorted(values, key=lambda value: (-counts[value], value))
    ]


def _fits(row: OrganisationRow, name: str, criteria: DirectoryCriteria) -> bool:
    wanted = getattr(criteria, name)
    return not wanted or not set(wanted).isdisjoint(VALUES[name](row))


def _says(row: OrganisationRow, q: str) -> bool:
    return all(word in row.likeness for word in normalise(q).split())


def _all() -> list[OrganisationRow]:
    version = versions_of("partners", "themes")
    kept = caches().get("directory")
    if kept is None or kept[0] != version:
        kept = caches()["directory"] = (version, _read())
    found: list[OrganisationRow] = kept[1]
    return found


def _read() -> list[OrganisationRow]:
    codes = {id: theme.code for id, theme in themes_by_id().items()}
    themes: dict[int, list[str]] = {}
    for organisation, theme in db.session.execute(select(organisation_theme)):
        themes.setdefault(organisation, []).append(codes[theme])
    rows = db.session.execute(select(Organisation.__table__))
    found = [
        OrganisationRow(
            row.id,
            row.slug,
            row.kind,
            row.name,
            row.acronym,
            row.actor_group,
            row.country,
            tuple(row.countries),
            tuple(themes.get(row.id, ())),
            row.website,
            row.is_public,
            row.likeness,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: normalise(str(row.name)))
