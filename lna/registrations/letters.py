"""What we write to people about their registration, in their language; one letter an event.

People without e-mail get none: their link was shown to them, and staff can call.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from lna.activities.models import Activity
from lna.config import settings
from lna.core import clock, tokens
from lna.core.outbox import post, post_new
from lna.registrations import queries
from lna.registrations.models import Registration, State

FIRST = {State.CONFIRMED: "confirmed", State.WAITING: "waiting", State.PENDING: "pending"}
"""The letter that answers a registration, by the state it got."""


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """Whom a letter is for: what it says of the person and of the registration `id`."""

    id: int
    activity: Activity | Row[Any]
    state: State
    email: str
    language: str
    name: str
    address_as: str
    place: int | None = None

    @classmethod
    def of(cls, registration: Registration) -> "Addressee":
        same = ("id", "activity", "state", "email", "language", "name", "address_as")
        place = queries.place_of(registration)
        return cls(**{name: getattr(registration, name) for name in same}, place=place)


def about(id: int) -> str:
    """The name under which the outbox keeps the letters of a registration."""
    return f"registration {id}"


def link(secret: str) -> str:
    """The personal address behind a secret."""
    return f"{_base()}/registrations/{secret}"


def registered(addressee: Addressee, secret: str) -> None:
    """The answer: a seat, a place on the waiting list, or that it waits for approval."""
    if addressee.email:
        post_new(**_letter(addressee, FIRST[addressee.state], "registered", link=link(secret)))


def restored(registration: Registration) -> None:
    """The same, after staff put somebody back on the list."""
    _write_with_link(registration, FIRST[registration.state], _last_change(registration))


def approved(registration: Registration) -> None:
    """Staff said yes: a seat, or a place on the waiting list while there is none."""
    kind = "approved" if registration.has_seat else "waiting"
    _write_with_link(registration, kind, _last_change(registration))


def promoted(registration: Registration) -> None:
    _write_with_link(registration, "promoted", _last_change(registration))


def withdrawn(registration: Registration) -> None:
    _write(Addressee.of(registration), "withdrawn", _last_change(registration))


def cancelled(registration: Registration, reason: str) -> None:
    """Staff took the registration off; with the reason, if they gave one."""
    cause = _last_change(registration)
    _write(Addressee.of(registration), "cancelled", cause, reason=reason)


def link_again(registration: Registration) -> None:
    """A link was asked for, or the form filled in again: at most one such letter an hour."""
    _write_with_link(registration, "link", f"link {clock.now():%Y-%m-%dT%H}")


def address_changed(registration: Registration, secret: str) -> None:
    cause = f"address {tokens.digest(secret)[:12]}"
    _write(Addressee.of(registration), "address", cause, link=link(secret))


def activity_cancelled(registration: Registration, at: datetime) -> None:
    cause = f"activity cancelled {at.isoformat()}"
    _write(Addressee.of(registration), "activity_cancelled", cause)


def activity_restored(registration: Registration, at: datetime) -> None:
    _write_with_link(registration, "activity_restored", f"activity restored {at.isoformat()}")


def _last_change(registration: Registration) -> str:
    return f"change {registration.changes[-1].id}"


def _write_with_link(registration: Registration, template: str, cause: str) -> None:
    """A letter that opens the own page; the link is one more, those sent before stay good."""
    if registration.email:
        secret = tokens.issue(queries.LINK, registration.id)
        _write(Addressee.of(registration), template, cause, link=link(secret))


def _write(addressee: Addressee, template: str, cause: str, **said: Any) -> None:
    if addressee.email:
        post(**_letter(addressee, template, cause, **said))


def _letter(addressee: Addressee, template: str, cause: str, **said: Any) -> dict[str, Any]:
    languages = settings().languages
    return {
        "to": addressee.email,
        "template": f"mail/registrations/{template}.txt",
        "language": addressee.language if addressee.language in languages else languages[0],
        "cause": f"{about(addressee.id)} {cause}",
        "about": about(addressee.id),
        "registration": addressee,
        "activity": addressee.activity,
        "page": f"{_base()}/activities/{addressee.activity.code}",
        **said,
    }


def _base() -> str:
    return settings().base_url.rstrip("/")
