"""Signing up: one form gives one registration, however often it is sent."""

import hashlib
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lna.accounts.models import Identity, User
from lna.activities.models import Activity
from lna.activities.queries import Standing, standing
from lna.core import audit, clock, tokens
from lna.core.contact import email_key
from lna.core.db import db
from lna.core.refusal import Refused
from lna.partners.queries import organisation_by_name
from lna.registrations import letters, queries
from lna.registrations.actions import seats
from lna.registrations.models import (
    CONSENT_TEXT,
    PERSON,
    PROCESSING,
    STAFF,
    Registration,
    RegistrationConsent,
    State,
)

CLOSED: dict[Standing, LazyString] = {
    Standing.CANCELLED: _("This activity was cancelled."),
    Standing.PAST: _("This activity is over."),
    Standing.UNDER_WAY: _("This activity has begun."),
    Standing.OPENS_LATER: _("Registration has not opened yet."),
    Standing.CLOSED: _("Registration is closed."),
    Standing.PLANNED: _("This activity takes no registrations here."),
}
"""Why nobody can register now, by where an activity stands; it is open in every other case."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a person says of herself or himself. E-mail is in lower case, phone in E.164."""

    name: str
    latin_name: str = ""
    address_as: str = ""
    email: str = ""
    phone: str = ""
    channel: str = ""
    organisation: str = ""
    actor_group: str = ""
    country: str = ""
    language: str = "en"
    sex: str = ""
    age_band: str = ""
    sharing: str = ""


@dataclass(frozen=True, kw_only=True)
class SignUp:
    """A filled-in form. `key` is the secret of that one form."""

    details: Details
    key: str
    shares: bool = True
    consents: bool = True


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of it. Without `secret` the personal link may not be shown on the screen.

    `newcomer` is the state that somebody new gets: all that a stranger may be told.
    """

    registration: Registration
    secret: str | None
    newcomer: State


def why_closed(activity: Activity) -> LazyString | None:
    """Why nobody can register for it now; None while it is open."""
    return CLOSED.get(standing(activity, clock.now()))


def sign_up(activity: Activity, command: SignUp, *, by: Identity) -> Answer:
    """Register somebody; the same form again finds the registration it made.

    Another form with a contact that is registered already changes nothing: its owner gets the
    link by letter, unless signed in with that address. `Refused` when registration is closed.
    """
    seats.lock(activity)
    key = _key(activity, command)
    if again := queries.registration_with_key(key):
        return Answer(registration=again, secret=_issue(again), newcomer=again.state)
    if reason := why_closed(activity):
        raise Refused(reason)
    details = command.details
    user = by if by.is_authenticated and details.email == by.email else None
    if known := queries.live_registration(
        activity, mailbox=email_key(details.email), phone=details.phone
    ):
        is_own = user is not None and known.email == user.email
        if not is_own:
            letters.link_again(known)
        return Answer(
            registration=known,
            secret=_issue(known) if is_own else None,
            newcomer=seats.state_for(activity),
        )
    registration = _filled(activity, command, key)
    registration.user_id = user.id if user else None
    seats.admit(registration, by=user, origin=PERSON, approved=False)
    secret = _issue(registration)
    letters.registered(registration, secret)
    return Answer(registration=registration, secret=secret, newcomer=registration.state)


def enter(activity: Activity, command: SignUp, *, by: User) -> Registration:
    """Staff register somebody, perhaps without e-mail and phone, before or after the public can.

    They approve by doing so: there is a seat, or a place on the waiting list.
    """
    seats.lock(activity)
    audit.record("registrations.enter", activity)
    key = _key(activity, command)
    if again := queries.registration_with_key(key):
        return again
    details = command.details
    if queries.live_registration(activity, mailbox=email_key(details.email), phone=details.phone):
        raise Refused(_("Somebody is registered with this e-mail or phone already."), "email")
    registration = _filled(activity, command, key)
    seats.admit(registration, by=by, origin=STAFF, approved=True)
    letters.registered(registration, _issue(registration))
    return registration


def describe(registration: Registration, details: Details) -> None:
    """Write down what somebody says of herself or himself."""
    for name in (
        *("name", "latin_name", "address_as", "email", "phone", "channel"),
        *("actor_group", "country", "language", "sex", "age_band", "sharing"),
    ):
        setattr(registration, name, getattr(details, name))
    registration.mailbox = email_key(details.email)
    known = organisation_by_name(details.organisation)
    registration.organisation = known if known and known.is_public else None
    registration.organisation_name = "" if registration.organisation else details.organisation


def _filled(activity: Activity, command: SignUp, key: str) -> Registration:
    registration = Registration(key=key)
    with db.session.no_autoflush:
        describe(registration, command.details)
        registration.activity = activity
    if command.shares:
        registration.sharing_at = clock.now()
    if command.consents:
        registration.consents.append(
            RegistrationConsent(
                purpose=PROCESSING,
                text_version=CONSENT_TEXT,
                language=command.details.language,
            )
        )
    return registration


def _key(activity: Activity, command: SignUp) -> str:
    """The form and the contact in it: a form that two people got from a cache is not one's own."""
    details = command.details
    who = email_key(details.email), details.phone
    parts = (str(activity.id), command.key, *(who if any(who) else (details.name,)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _issue(registration: Registration) -> str:
    return tokens.issue(queries.LINK, registration.id)
