"""A month as whole weeks, with what happens on each day."""

from calendar import MONDAY, Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lna.activities.criteria import Criteria
from lna.activities.queries.listing import Listed, listed
from lna.activities.queries.programme import Programme

LONG = 14
"""Days: what takes longer runs beside the month instead of filling each of its days."""
MOST = 500
"""So many activities of one month are shown; the list has them all."""


@dataclass(frozen=True)
class Day:
    """A calendar day; `other` when it only fills up the week."""

    date: date
    other: bool
    today: bool
    activities: Sequence[Listed]


@dataclass(frozen=True)
class Month:
    """Whole weeks from Monday; `running` goes on for longer than a fortnight."""

    first: date
    previous: date
    next: date
    days: Sequence[Day]
    running: Sequence[Listed]

    @property
    def is_empty(self) -> bool:
        return not self.running and not any(day.activities for day in self.days if not day.other)


def within(criteria: Criteria, first: date) -> Criteria:
    """The same choice for the whole weeks of a month, whether past or coming."""
    dates = _dates(first)
    return criteria.but(when="all", first=dates[0], last=dates[-1], sort="soonest")


def month_of(programme: Programme, criteria: Criteria, first: date, today: date) -> Month:
    """The month that begins at `first`, with the chosen activities of any period."""
    rows = listed(programme, programme.places(within(criteria, first), "")[:MOST])
    short = [(row, row.days) for row in rows if row.days and not _is_long(row)]
    previous, following = _shifted(first, -1), _shifted(first, 1)
    return Month(
        first=first,
        previous=previous,
        next=following,
        days=[
            Day(
                day,
                other=not first <= day < following,
                today=day == today,
                activities=[row for row, (begins, ends) in short if begins <= day <= ends],
            )
            for day in _dates(first)
        ],
        running=[
            row
            for row in rows
            if row.days and _is_long(row) and row.days[0] < following and first <= row.days[1]
        ],
    )


def _dates(first: date) -> list[date]:
    return list(Calendar(MONDAY).itermonthdates(first.year, first.month))


def _is_long(row: Listed) -> bool:
    return row.days is not None and (row.days[1] - row.days[0]).days >= LONG


def _shifted(first: date, by: int) -> date:
    months = first.year * 12 + first.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)
