"""Every named read of the programme."""

from lna.activities.queries.listing import Listed, ListPage, list_page, listed
from lna.activities.queries.names import Named, Names
from lna.activities.queries.programme import Programme, activity_ids, programme, searched
from lna.activities.queries.standing import Standing, standing, takes_registrations

__all__ = [
    "ListPage",
    "Listed",
    "Named",
    "Names",
    "Programme",
    "Standing",
    "activity_ids",
    "list_page",
    "listed",
    "programme",
    "searched",
    "standing",
    "takes_registrations",
]
