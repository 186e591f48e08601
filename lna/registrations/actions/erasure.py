"""Taking a person out of registrations: what is counted stays."""

from sqlalchemy import delete, update

from lna.accounts.actions import ERASERS
from lna.accounts.models import User
from lna.core import audit, clock, tokens
from lna.core.db import db
from lna.core.outbox import SENT, Letter
from lna.partners.actions import erase_person
from lna.registrations import letters, queries
from lna.registrations.actions import seats
from lna.registrations.models import PERSON, Registration, RegistrationChange, State

TAKEN_OUT = (
    *("name", "latin_name", "address_as", "email", "mailbox", "phone", "channel"),
    *("organisation_name", "sharing"),
)
"""Emptied by erasing; activity, state, country, actor group, sex and age band stay counted."""


def erase_own(user: User) -> None:
    """The registrations' part of erasing an account."""
    registrations = queries.registrations_of(user)
    for activity in sorted({each.activity for each in registrations}, key=lambda one: one.id):
        seats.lock(activity)  # all of them first and in one order, so two erasures cannot block
    for registration in registrations:
        erase(registration)


def erase(registration: Registration) -> None:
    """Take the person out of a registration; a seat in what lies ahead is given on.

    With the last registration the entry in the register of people goes as well.
    """
    audit.record("registrations.erase", registration)
    if not registration.activity.has_begun:
        seats.end(registration, State.WITHDRAWN, by=None, origin=PERSON)
    for name in TAKEN_OUT:
        setattr(registration, name, "")
    person, registration.person, registration.organisation = registration.person, None, None
    registration.user_id = registration.key = registration.sharing_at = None
    registration.consents = []
    registration.erased_at = clock.now()
    tokens.end_all(queries.LINK, registration.id)
    _erase_words(registration)
    db.session.flush()
    if person and not person.erased_at and not queries.is_registered(person):
        erase_person(person)


def _erase_words(registration: Registration) -> None:
    """Reasons staff wrote, and letters: unsent ones are never sent, sent ones lose their text."""
    db.session.execute(
        update(RegistrationChange)
        .where(RegistrationChange.registration_id == registration.id)
        .values(reason="")
    )
    about = Letter.about == letters.about(registration.id)
    db.session.execute(delete(Letter).where(about, Letter.state != SENT))
    db.session.execute(
        update(Letter).where(about).values(to="", subject="", body="", attachments=[])
    )


ERASERS.append(erase_own)
