"""Everything the site keeps about a person, to be read by that person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from lna.accounts.models import Session, User
from lna.core.audit import AuditLine
from lna.core.db import db
from lna.core.outbox import Letter


@dataclass(frozen=True)
class Part:
    """Rows of one kind; values are text, numbers, moments, or lists and mappings of these."""

    name: str
    rows: list[dict[str, Any]]


OWN_DATA: list[Callable[[User], Iterable[Part]]] = []
"""What other features keep about a person; each appends its own query."""


def own_data_of(user: User) -> list[Part]:
    """All parts that hold anything, the account's first."""
    parts = [
        Part("account", [_account(user)]),
        Part("roles", [_grant(grant) for grant in user.grants]),
        Part("sessions", [_session(session) for session in _sessions(user)]),
        Part("letters", [_letter(letter) for letter in letters_to(user)]),
        Part("activity_log", [_act(line) for line in _acts(user)]),
    ]
    for others in OWN_DATA:
        parts += others(user)
    return [part for part in parts if part.rows]


def letters_to(user: User) -> list[Letter]:
    """Every letter to an address this person had proved to read then, oldest first."""
    return list(db.session.scalars(select(Letter).where(own_letters(user)).order_by(Letter.id)))


def own_letters(user: User) -> ColumnElement[bool]:
    """Which letters were written to this person.

    A former address may be somebody else's by now: what came there since is not among them.
    """
    return or_(*(_sent_to(address, until) for address, until in addresses_of(user)))


def _sent_to(address: str, until: datetime | None) -> ColumnElement[bool]:
    there = Letter.to == address
    return there if until is None else and_(there, Letter.posted_at <= until)


def addresses_of(user: User) -> list[tuple[str, datetime | None]]:
    """The present address, and each former one with the moment it was left."""
    goodbye = Letter.cause.startswith(f"{leaving(user)} ")
    left = select(Letter.to, func.max(Letter.posted_at)).where(goodbye).group_by(Letter.to)
    return [(user.email, None), *((to, at) for to, at in db.session.execute(left))]


def leaving(user: User) -> str:
    """How the causes begin of the last letters to addresses this person had."""
    return f"user {user.id} left"


def _account(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "email": user.email,
        "former_emails": user.former_emails,
        "language": user.language,
        "timezone": user.timezone,
        "created_at": user.created_at,
        "confirmed_at": user.confirmed_at,
        "has_password": user.password_hash is not None,
        "has_second_factor": user.has_second_factor,
    }


def _grant(grant: Any) -> dict[str, Any]:
    return {
        "role": grant.role.value,
        "country": grant.country,
        "since": grant.since,
        "until": grant.until,
        "is_substitute": grant.substitute_for_id is not None,
    }


def _sessions(user: User) -> list[Session]:
    found = select(Session).where(Session.user_id == user.id)
    return list(db.session.scalars(found.order_by(Session.id)))


def _session(session: Session) -> dict[str, Any]:
    return {
        "device": session.device,
        "created_at": session.created_at,
        "seen_at": session.seen_at,
        "ended_at": session.ended_at,
    }


def _letter(letter: Letter) -> dict[str, Any]:
    return {
        "to": letter.to,
        "subject": letter.subject,
        "body": letter.body,
        "posted_at": letter.posted_at,
        "sent_at": letter.sent_at,
    }


def _acts(user: User) -> list[AuditLine]:
    found = select(AuditLine).where(AuditLine.actor == str(user.id))
    return list(db.session.scalars(found.order_by(AuditLine.id)))


def _act(line: AuditLine) -> dict[str, Any]:
    return {"at": line.at, "action": line.action, "object": line.object, "fields": line.fields}
