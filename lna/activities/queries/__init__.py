"""Every named read of the programme."""

from lna.activities.queries.detail import Detail, detail_of, get_activity
from lna.activities.queries.listing import Listed, ListPage, list_page, listed
from lna.activities.queries.month import Month, month_of
from lna.activities.queries.names import Named, Names
from lna.activities.queries.programme import Programme, activity_ids, programme, searched
from lna.activities.queries.standing import Standing, standing, takes_registrations
from lna.activities.queries.titles import other_titles, second_title

__all__ = [
    "Detail",
    "ListPage",
    "Listed",
    "Month",
    "Named",
    "Names",
    "Programme",
    "Standing",
    "activity_ids",
    "detail_of",
    "get_activity",
    "list_page",
    "listed",
    "month_of",
    "other_titles",
    "programme",
    "searched",
    "second_title",
    "standing",
    "takes_registrations",
]
