"""What we write to people about their registration, in their language; one letter an event.

People without e-mail get none: their link was shown to them, and staff can call.
"""

from datetime import datetime
from typing import Any

from lna.config import settings
from lna.core import clock, tokens
from lna.core.outbox import post
from lna.registrations import queries
from lna.registrations.models import Registration, State

FIRST = {State.CONFIRMED: "confirmed", State.WAITING: "waiting", State.PENDING: "pending"}
"""The letter that answers a registration, by the state it got."""


def about(registration: Registration) -> str:
    """The name under which the outbox keeps the letters of a registration."""
    return f"registration {registration.id}"


def link(secret: str) -> str:
    """The personal address behind a secret."""
    return f"{_base()}/registrations/{secret}"


def registered(registration: Registration, secret: str) -> None:
    """The answer: a seat, a place on the waiting list, or that it waits for approval."""
    _write(registration, FIRST[registration.state], "registered", link=link(secret))


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
    _write(registration, "withdrawn", _last_change(registration))


def cancelled(registration: Registration, reason: str) -> None:
    """Staff took the registration off; with the reason, if they gave one."""
    _write(registration, "cancelled", _last_change(registration), reason=reason)


def link_again(registration: Registration) -> None:
    """A link was asked for, or the form filled in again: at most one such letter an hour."""
    _write_with_link(registration, "link", f"link {clock.now():%Y-%m-%dT%H}")


def address_changed(registration: Registration, secret: str) -> None:
    cause = f"address {tokens.digest(secret)[:12]}"
    _write(registration, "address", cause, link=link(secret))


def activity_cancelled(registration: Registration, at: datetime) -> None:
    _write(registration, "activity_cancelled", f"activity cancelled {at.isoformat()}")


def activity_restored(registration: Registration, at: datetime) -> None:
    _write_with_link(registration, "activity_restored", f"activity restored {at.isoformat()}")


def _last_change(registration: Registration) -> str:
    return f"change {registration.changes[-1].id}"


def _write_with_link(registration: Registration, template: str, cause: str) -> None:
    """A letter that opens the own page; the link is one more, those sent before stay good."""
    if registration.email:
        secret = tokens.issue(queries.LINK, registration.id)
        _write(registration, template, cause, link=link(secret))


def _write(registration: Registration, template: str, cause: str, **said: Any) -> None:
    if not registration.email:
        return
    activity = registration.activity
    known = registration.language in settings().languages
    post(
        registration.email,
        f"mail/registrations/{template}.txt",
        language=registration.language if known else settings().languages[0],
        cause=f"{about(registration)} {cause}",
        about=about(registration),
        registration=registration,
        activity=activity,
        page=f"{_base()}/activities/{activity.code}",
        place=queries.place_of(registration),
        **said,
    )


def _base() -> str:
    return settings().base_url.rstrip("/")
