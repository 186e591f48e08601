"""Every named read of registrations."""

from lna.registrations.queries.listing import Listed, ListPage, list_page, listed
from lna.registrations.queries.own_data import own_data
from lna.registrations.queries.single import (
    LINK,
    first_waiting,
    get_activity,
    get_registration,
    is_registered,
    known_organisations,
    live_registrations,
    lock_activity,
    next_queue_number,
    people_like,
    place_of,
    registration_behind,
    registration_of,
    registrations_of,
    registrations_of_mailbox,
    registrations_with,
)

__all__ = [
    "LINK", "ListPage", "Listed", "first_waiting", "get_activity", "get_registration",
    "is_registered", "known_organisations", "list_page", "listed", "live_registrations",
    "lock_activity", "next_queue_number", "own_data", "people_like", "place_of",
    "registration_behind", "registration_of", "registrations_of", "registrations_of_mailbox",
    "registrations_with",
]  # fmt: skip
