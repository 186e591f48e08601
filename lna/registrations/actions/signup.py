"""Signing up: one form gives one registration, however often it is sent."""

import hashlib
from dataclasses import dataclass
from typing import Any

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

    `newcomer` is the state that somebody new gets: all that a stranger may be told. `is_own`
    when it belongs to whoever is signed in.
    """

    id: int
    secret: str | None
    newcomer: State
    is_own: bool = False

    @property
    def registration(self) -> Registration:
        return db.session.get_one(Registration, self.id)


def why_closed(activity: seats.Open) -> LazyString | None:
    """Why nobody can register for it now; None while it is open."""
    return CLOSED.get(standing(activity, clock.now()))


def sign_up(activity: seats.Open, command: SignUp, *, by: Identity) -> Answer:
    """Register somebody; the same form again finds the registration it made.

    Another form with a contact that is registered already changes nothing: its owner gets the
    link by letter, unless signed in with that address. `Refused` when registration is closed.
    """
    seats.lock(activity)
    key, known = _known(activity, command)
    if known and known.key == key:
        return _answer(known, by, known.state)
    if reason := why_closed(activity):
        raise Refused(reason)
    if known:
        return _tell_owner(known, by, seats.state_for(activity))
    is_own = bool(by.is_authenticated and command.details.email == by.email)
    said = _said(command, key) | {"user_id": by.id if is_own else None}
    id, state, place = seats.enter(activity, said, by=None, origin=PERSON, approved=False)
    secret = tokens.issue(queries.LINK, id)
    addressee = _addressee(command, id=id, activity=activity, state=state, place=place)
    letters.registered(addressee, secret)
    return Answer(id=id, secret=secret, newcomer=state, is_own=is_own)


def _answer(known: Registration, by: Identity, newcomer: State) -> Answer:
    """What the owner of a registration gets: a link to it."""
    return Answer(
        id=known.id,
        secret=tokens.issue(queries.LINK, known.id),
        newcomer=newcomer,
        is_own=bool(by.is_authenticated and known.email and known.email == by.email),
    )


def _tell_owner(known: Registration, by: Identity, newcomer: State) -> Answer:
    """What somebody gets who types a contact that is registered: nothing, but for its owner."""
    if by.is_authenticated and known.email and known.email == by.email:
        return _answer(known, by, newcomer)
    letters.link_again(known)
    return Answer(id=known.id, secret=None, newcomer=newcomer)


def enter(activity: Activity, command: SignUp, *, by: User) -> Registration:
    """Staff register somebody, perhaps without e-mail and phone, before or after the public can.

    They approve by doing so: there is a seat, or a place on the waiting list.
    """
    seats.lock(activity)
    audit.record("registrations.enter", activity)
    key, known = _known(activity, command)
    if known and known.key == key:
        return known
    if known:
        raise Refused(_("Somebody is registered with this e-mail or phone already."), "email")
    said = _said(command, key) | {"user_id": None}
    id, state, place = seats.enter(activity, said, by=by, origin=STAFF, approved=True)
    addressee = _addressee(command, id=id, activity=activity, state=state, place=place)
    letters.registered(addressee, tokens.issue(queries.LINK, id))
    return db.session.get_one(Registration, id)


def describe(registration: Registration, details: Details) -> None:
    """Write down what somebody says of herself or himself."""
    for name, value in _described(details).items():
        setattr(registration, name, value)


def _described(details: Details) -> dict[str, Any]:
    """The columns of a registration for what somebody says, the organisation found if known."""
    said = vars(details) | {"mailbox": email_key(details.email)}
    typed = said.pop("organisation")
    known = organisation_by_name(typed) if typed else None
    if known and not known.is_public:
        known = None
    return said | {
        "organisation_id": known.id if known else None,
        "organisation_name": "" if known else typed,
    }


def _said(command: SignUp, key: str) -> dict[str, Any]:
    """The columns of a new registration."""
    now = clock.now()
    agreed = {
        "purpose": PROCESSING,
        "text": CONSENT_TEXT,
        "language": command.details.language,
        "given_at": now.isoformat(),
    }
    return _described(command.details) | {
        "key": key,
        "sharing_at": now if command.shares else None,
        "consents": [agreed] if command.consents else [],
    }


def _addressee(command: SignUp, **registered: Any) -> letters.Addressee:
    said = command.details
    return letters.Addressee(
        email=said.email,
        language=said.language,
        name=said.name,
        address_as=said.address_as,
        **registered,
    )


def _known(activity: seats.Open, command: SignUp) -> tuple[str, Registration | None]:
    """The key of a form with its contact, and what is registered under one or the other."""
    key, details = _key(activity, command), command.details
    mailbox = email_key(details.email)
    return key, queries.registration_of(activity.id, mailbox=mailbox, phone=details.phone, key=key)


def _key(activity: seats.Open, command: SignUp) -> str:
    """The form and the contact in it: a form that two people got from a cache is not one's own."""
    details = command.details
    who = email_key(details.email), details.phone
    parts = (str(activity.id), command.key, *(who if any(who) else (details.name,)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
