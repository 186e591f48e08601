"""Everything the site keeps about a person, to be read by that person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

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
    """Every letter to an address this person has proved to read, oldest first."""
    found = select(Letter).where(Letter.to.in_([user.email, *user.former_emails]))
    return list(db.session.scalars(found.order_by(Letter.id)))


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
