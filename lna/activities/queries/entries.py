"""What lists choose activities by, read from the database in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, select

from lna.activities.models import (
    Activity,
    ActivityCountry,
    ActivityLanguage,
    Stage,
    activity_theme,
)
from lna.activities.queries.names import Names
from lna.activities.queries.related import related, rows_of
from lna.activities.queries.standing import local_days, may_take_registrations
from lna.activities.queries.words import padded
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.search.tokens import terms

_activity = Activity.__table__.c
_country = ActivityCountry.__table__.c
_language = ActivityLanguage.__table__.c
_theme = activity_theme.c
ENTRIES = select(
    *(_activity[name] for name in ("id", "code", "type", "secondary_types", "meeting_kind")),
    *(_activity[name] for name in ("title", "search_text", "timezone", "starts_at", "ends_at")),
    *(_activity[name] for name in ("is_cross_border", "group_id", "network_id", "stage")),
    *(_activity[name] for name in ("admission", "registration_opens_at")),
    *(_activity[name] for name in ("registration_closes_at", "changed_at")),
    related(_country.activity_id, _country.is_origin, _country.country),
    related(_language.activity_id, _language.language),
    related(_theme.activity_id, _theme.theme_id),
).where(_activity.published_at.is_not(None))


@dataclass(frozen=True, slots=True)
class Entry:
    """One public activity. `values` are pairs of a filter and a value it is found by."""

    id: int
    code: str
    title: Multilingual
    words: str
    stage: Stage
    starts_at: datetime | None
    ends_at: datetime | None
    days: tuple[date, date] | None
    admission: str
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    changed_at: datetime
    values: frozenset[tuple[str, str]]

    @property
    def moments(self) -> Iterator[datetime]:
        """When its place in a list changes without anybody changing it."""
        yield from (at for at in (self.starts_at, self.ends_at) if at)
        if may_take_registrations(self):
            window = (self.registration_opens_at, self.registration_closes_at)
            yield from (at for at in window if at)


def read_entries(names: Names) -> list[Entry]:
    """Every public activity."""
    return [_entry(row, names) for row in db.session.execute(ENTRIES)]


def _entry(row: Row[Any], names: Names) -> Entry:
    return Entry(
        id=row.id,
        code=row.code,
        title=row.title,
        words=padded(" ".join((*terms(row.code), row.search_text))),
        stage=row.stage,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        days=local_days(row.starts_at, row.ends_at, row.timezone),
        admission=row.admission,
        registration_opens_at=row.registration_opens_at,
        registration_closes_at=row.registration_closes_at,
        changed_at=row.changed_at,
        values=frozenset(_values(row, names)),
    )


def _values(row: Row[Any], names: Names) -> Iterator[tuple[str, str]]:
    yield from (("type", each) for each in (row.type, *row.secondary_types) if each)
    yield "stage", row.stage.value
    if row.meeting_kind:
        yield "kind", row.meeting_kind
    if row.is_cross_border:
        yield "cross_border", "1"
    for is_origin, country in rows_of(row.activity_country):
        yield "origin" if is_origin == "1" else "country", country
    yield from (("language", language) for [language] in rows_of(row.activity_language))
    for [number] in rows_of(row.activity_theme):
        if theme := names.themes.get(int(number)):
            yield "theme", theme.code
    for owner in (row.group_id, row.network_id):
        if organisation := names.organisations.get(owner):
            yield "group", organisation.code
