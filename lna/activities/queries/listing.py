"""The rows of a list, of an export, of a month: one statement whatever their number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, bindparam, select

from lna.activities.criteria import Criteria
from lna.activities.models import (
    Activity,
    ActivityCountry,
    ActivityLanguage,
    ActivityOrganiser,
    ActivityPlace,
    Stage,
    activity_theme,
)
from lna.activities.queries.names import Named, Names
from lna.activities.queries.programme import Programme
from lna.activities.queries.related import in_order, related, rows_of
from lna.activities.queries.standing import Standing, local_days, standing
from lna.core.db import db
from lna.core.multilingual import Multilingual

PER_PAGE = 50
BATCH = 500
"""So many rows are asked for at once when all of them are exported."""
PLAIN = (
    *("id", "code", "uid", "type", "secondary_types", "meeting_kind", "title", "summary", "mode"),
    *("timezone", "starts_at", "ends_at", "all_day", "dates_tentative", "is_cross_border"),
    *("stage", "cancelled_reason", "capacity", "admission", "registration_opens_at"),
    *("registration_closes_at", "seats_taken", "waiting", "published_at", "changed_at"),
    *("planned_participants", "actual_participants", "planned_products", "actual_products"),
    "products",
)
"""Columns that a row takes over as they are."""

_activity = Activity.__table__.c
_country = ActivityCountry.__table__.c
_language = ActivityLanguage.__table__.c
_place = ActivityPlace.__table__.c
_organiser = ActivityOrganiser.__table__.c
_theme = activity_theme.c
LISTED = select(
    *(_activity[name] for name in (*PLAIN, "group_id", "network_id")),
    related(_country.activity_id, _country.position, _country.is_origin, _country.country),
    related(
        _language.activity_id, _language.position, _language.is_interpreted, _language.language
    ),
    related(_place.activity_id, _place.position, _place.country, _place.province),
    related(_theme.activity_id, _theme.theme_id),
    related(_organiser.activity_id, _organiser.position, _organiser.organisation_id),
).where(
    _activity.published_at.is_not(None),
    _activity.id.in_(bindparam("ids", expanding=True)),
)


@dataclass(frozen=True)
class Listed:
    """A public activity with all that a list or an export says of it.

    `places` are pairs of a country and a province (ISO 3166-2), which may be empty.
    """

    id: int
    code: str
    uid: str
    type: str
    secondary_types: Sequence[str]
    meeting_kind: str
    title: Multilingual
    summary: Multilingual
    mode: str
    timezone: str
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    dates_tentative: bool
    is_cross_border: bool
    stage: Stage
    cancelled_reason: Multilingual
    capacity: int | None
    admission: str
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    seats_taken: int
    waiting: int
    published_at: datetime
    changed_at: datetime
    planned_participants: int | None
    actual_participants: int | None
    planned_products: int | None
    actual_products: int | None
    products: Multilingual
    countries: Sequence[str]
    origins: Sequence[str]
    places: Sequence[tuple[str, str]]
    languages: Sequence[str]
    interpreted: Sequence[str]
    themes: Sequence[Named]
    group: Named | None
    network: Named | None
    organisers: Sequence[Named]
    standing: Standing

    @cached_property
    def days(self) -> tuple[date, date] | None:
        return local_days(self.starts_at, self.ends_at, self.timezone)

    @property
    def is_past(self) -> bool:
        return self.standing is Standing.PAST

    @property
    def is_cancelled(self) -> bool:
        return self.standing is Standing.CANCELLED


@dataclass(frozen=True)
class ListPage:
    """One page of the list: its rows, and how many there are in all."""

    rows: Sequence[Listed]
    total: int
    page: int
    pages: int


def list_page(programme: Programme, criteria: Criteria, language: str) -> ListPage:
    """The page asked for, or the last one there is."""
    places = programme.places(criteria, language)
    pages = max(1, -(-len(places) // PER_PAGE))
    page = min(criteria.page, pages)
    shown = places[(page - 1) * PER_PAGE : page * PER_PAGE]
    return ListPage(listed(programme, shown), len(places), page, pages)


def listed(programme: Programme, places: Sequence[int]) -> list[Listed]:
    """The activities at these places of the index, in this order."""
    ids = [programme.index.entries[at].id for at in places]
    found: dict[int, Listed] = {}
    for start in range(0, len(ids), BATCH):
        rows = db.session.execute(LISTED, {"ids": ids[start : start + BATCH]})
        found |= {row.id: _listed(row, programme) for row in rows}
    return [found[number] for number in ids if number in found]


def _listed(row: Row[Any], programme: Programme) -> Listed:
    names = programme.index.names
    countries = in_order(row.activity_country)
    languages = in_order(row.activity_language)
    values = {name: getattr(row, name) for name in PLAIN}
    return Listed(
        **values,
        countries=[code for is_origin, code in countries if is_origin == "0"],
        origins=[code for is_origin, code in countries if is_origin == "1"],
        places=[(country, province) for country, province in in_order(row.activity_place)],
        languages=[code for interpreted, code in languages if interpreted == "0"],
        interpreted=[code for interpreted, code in languages if interpreted == "1"],
        themes=list(_themes(row, names)),
        group=names.organisations.get(row.group_id),
        network=names.organisations.get(row.network_id),
        organisers=list(_organisers(row, names)),
        standing=standing(row, programme.now),
    )


def _themes(row: Row[Any], names: Names) -> Iterator[Named]:
    numbers = {int(number) for [number] in rows_of(row.activity_theme)}
    return (theme for number, theme in names.themes.items() if number in numbers)


def _organisers(row: Row[Any], names: Names) -> Iterator[Named]:
    for [number] in in_order(row.activity_organiser):
        if organisation := names.organisations.get(int(number)):
            yield organisation
