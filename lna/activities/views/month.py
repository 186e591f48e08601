"""The month page: which month is asked for, and its days as links."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from lna.activities.criteria import YEARS, Criteria
from lna.activities.queries import Listed, Month
from lna.core.i18n import shown
from lna.core.typed_text import fold_digits


@dataclass(frozen=True)
class Link:
    """An activity on a day."""

    title: Markup
    url: str


@dataclass(frozen=True)
class Cell:
    """A day of the grid."""

    date: date
    other: bool
    today: bool
    entries: Sequence[Link]


def asked_month(text: str, today: date) -> date:
    """The first day of a month written `2027-02`; of the present one for anything else."""
    try:
        first = date.fromisoformat(f"{fold_digits(text)}-01")
    except ValueError:
        return today.replace(day=1)
    return first if first.year in YEARS else today.replace(day=1)


def month_path(first: date) -> str:
    """The address of a month, without filters."""
    return url_for("activities.calendar", month=f"{first:%Y-%m}")


def shown_month(month: Month, criteria: Criteria) -> dict[str, Any]:
    """What the page needs of a month: it, its days, and the addresses of the months around it."""
    days = [
        Cell(day.date, day.other, day.today, [_link(each) for each in day.activities])
        for day in month.days
    ]
    earlier, later = (
        criteria.at(month_path(first)) if first.year in YEARS else None
        for first in (month.previous, month.next)
    )
    return {"month": month, "days": days, "earlier": earlier, "later": later}


def _link(activity: Listed) -> Link:
    title = shown(activity.title)
    if activity.is_cancelled:
        title = Markup("<s>{}</s>").format(title)
    return Link(title, url_for("activities.show", code=activity.code))
