"""The list of those who plan: every activity, at every stage, with what it needs.

Read whole in three statements and chosen from in memory: needs are not columns, and each filter
shows its counts with all the others applied.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from lna.accounts.models import User
from lna.activities.criteria import WorklistCriteria
from lna.activities.models import Activity, ActivityCountry, Stage, StageChange
from lna.activities.queries.needs import NEEDS, Need, needs_of
from lna.activities.queries.standing import OVER, local_days
from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.search.normalise import normalise
from lna.core.vocabulary import COUNTRIES

PER_PAGE = 50
NOBODY = "0"
"""The value of the filter `responsible` for activities without one."""
_activity, _country, _change = (
    model.__table__.c for model in (Activity, ActivityCountry, StageChange)
)
COLUMNS = (
    *("id", "code", "title", "stage", "type", "timezone", "starts_at", "ends_at", "all_day"),
    *("dates_tentative", "published_at", "responsible_id", "network_id", "no_network_reason"),
    *("relevance", "framework", "impact", "actual_participants", "actual_products", "created_at"),
    *("amount_usd", "capacity", "seats_taken", "waiting"),
)
STAGED = select(_change.activity_id, func.max(_change.at).label("at")).group_by(_change.activity_id)
WORK = (
    select(*(_activity[name] for name in COLUMNS), User.__table__.c.name.label("responsible"))
    .outerjoin(User.__table__, User.__table__.c.id == _activity.responsible_id)
    .order_by(_activity.starts_at.is_(None), _activity.starts_at, _activity.id)
)
IN_COUNTRIES = (
    select(_country.activity_id, _country.country)
    .where(~_country.is_origin)
    .order_by(_country.position)
)


@dataclass(frozen=True)
class Planned:
    """An activity as the list of staff shows it."""

    id: int
    code: str
    title: Multilingual
    stage: Stage
    type: str
    timezone: str
    starts_at: datetime | None
    ends_at: datetime | None
    all_day: bool
    dates_tentative: bool
    published_at: datetime | None
    responsible_id: int | None
    network_id: int | None
    no_network_reason: str
    relevance: Multilingual
    framework: Multilingual
    impact: Multilingual
    actual_participants: int | None
    actual_products: int | None
    created_at: datetime
    amount_usd: int | None
    capacity: int | None
    seats_taken: int
    waiting: int
    responsible: str | None
    countries: tuple[str, ...]
    needs: tuple[Need, ...]

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day in its own zone; None while the dates are open."""
        return local_days(self.starts_at, self.ends_at, self.timezone)


@dataclass(frozen=True)
class Option:
    """A value of a filter, how many rows it would leave, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Worklist:
    """One page of the list, with the options of every filter."""

    rows: list[Planned]
    total: int
    pages: int
    options: dict[str, list[Option]]
    people: dict[str, str]


VALUES: dict[str, Callable[[Planned], Sequence[str]]] = {
    "need": lambda row: [need.kind for need in row.needs],
    "stage": lambda row: [row.stage],
    "country": lambda row: row.countries,
    "responsible": lambda row: [str(row.responsible_id or NOBODY)],
    "published": lambda row: ["yes" if row.published_at else "no"],
}
ORDERS: dict[str, list[str]] = {
    "need": list(NEEDS),
    "stage": list(Stage),
    "country": list(COUNTRIES),
    "published": ["yes", "no"],
}


def worklist(criteria: WorklistCriteria) -> Worklist:
    """A page of the activities the criteria select, soonest first, those without dates last."""
    everything = read_work()
    rows = [row for row in everything if _fits(row, criteria)]
    first = (criteria.page - 1) * PER_PAGE
    return Worklist(
        rows[first : first + PER_PAGE],
        len(rows),
        max(1, -(-len(rows) // PER_PAGE)),
        {name: _options(name, criteria, everything) for name in VALUES},
        {str(row.responsible_id): row.responsible for row in everything if row.responsible},
    )


def read_work() -> list[Planned]:
    """Every activity with its needs; the board picks from it."""
    now = clock.now()
    staged = {row.activity_id: row.at for row in db.session.execute(STAGED)}
    countries: dict[int, list[str]] = {}
    for id, country in db.session.execute(IN_COUNTRIES):
        countries.setdefault(id, []).append(country)
    return [
        Planned(
            **row._mapping,
            countries=tuple(countries.get(row.id, ())),
            needs=tuple(needs_of(row, staged.get(row.id, row.created_at), now)),
        )
        for row in db.session.execute(WORK)
    ]


def _fits(row: Planned, criteria: WorklistCriteria, but: str = "") -> bool:
    if not criteria.stage and row.stage in OVER and but != "stage":
        return False
    if criteria.q and not _says(row, criteria.q):
        return False
    for name, values in VALUES.items():
        chosen = getattr(criteria, name)
        if chosen and name != but and not any(value in chosen for value in values(row)):
            return False
    return True


def _says(row: Planned, words: str) -> bool:
    text = normalise(" ".join((row.code, *row.title.texts.values())))
    return all(word in text for word in normalise(words).split())


def _options(name: str, criteria: WorklistCriteria, rows: list[Planned]) -> list[Option]:
    counts = Counter(
        value for row in rows if _fits(row, criteria, but=name) for value in VALUES[name](row)
    )
    chosen = getattr(criteria, name)
    values = [value for value in ORDERS.get(name, sorted(counts)) if counts[value]]
    values += [value for value in ([chosen] if isinstance(chosen, str) else chosen) if value]
    return [Option(value, counts[value], value in chosen) for value in dict.fromkeys(values)]
