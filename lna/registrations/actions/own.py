"""What people change by their personal link."""

from flask_babel import lazy_gettext as _

from lna.accounts.models import User
from lna.core import tokens
from lna.core.contact import email_key
from lna.core.db import db
from lna.core.refusal import Refused
from lna.registrations import letters, queries
from lna.registrations.actions import seats
from lna.registrations.actions.signup import Details, describe
from lna.registrations.models import PERSON, Registration, State


def withdraw(registration: Registration) -> None:
    """Give the seat or the place back; doing it twice changes nothing."""
    if seats.end(registration, State.WITHDRAWN, by=None, origin=PERSON):
        letters.withdrawn(registration)


def change_details(registration: Registration, details: Details) -> str | None:
    """Write down what the person says now.

    Another e-mail gets a link of its own by letter, and the links sent before open nothing any
    more: that link's secret comes back. `Refused` if the contact is in use in this activity.
    """
    seats.lock(registration.activity)
    holder = queries.registration_of(
        registration.activity_id, mailbox=email_key(details.email), phone=details.phone
    )
    if holder not in (None, registration):
        raise Refused(_("We cannot use this address or number for you here."), "email")
    is_other = details.email != registration.email
    describe(registration, details)
    db.session.flush()
    if not is_other:
        return None
    tokens.end_all(queries.LINK, registration.id)
    secret = tokens.issue(queries.LINK, registration.id)
    letters.address_changed(registration, secret)
    return secret


def send_links(email: str) -> None:
    """Send each live registration of a mailbox its link again; nothing if there is none."""
    for registration in queries.registrations_of_mailbox(email):
        letters.link_again(registration)


def open_own(user: User, id: int) -> str | None:
    """A new secret of a personal link for its owner, signed in; None if it is somebody else's."""
    for registration in queries.registrations_of(user):
        if registration.id == id:
            return tokens.issue(queries.LINK, registration.id)
    return None
