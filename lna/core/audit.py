"""Who did what, when, in which role: append-only, each line sealed to the one before.

Fields are named, their values never kept. `lna doctor` verifies the chain with `broken_at`.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import g, has_request_context
from flask_login import current_user
from sqlalchemy import DDL, Connection, delete, event, insert, select, text
from sqlalchemy.orm import Mapped, mapped_column

from lna.config import settings
from lna.core import clock
from lna.core.db import Model, db


class AuditLine(Model):
    """One act. `actor` is a user id, or empty for a visitor or the system."""

    __tablename__ = "audit_line"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    role: Mapped[str]
    action: Mapped[str]
    object: Mapped[str]
    fields: Mapped[list[str]]
    request: Mapped[str]
    seal: Mapped[str]


def record(action: str, thing: object = "", fields: Iterable[str] = ()) -> None:
    """Write a line in the present transaction; it stands or falls with the change."""
    _append(db.session.connection(), action, thing, fields)


def record_reading(action: str, thing: object = "", fields: Iterable[str] = ()) -> None:
    """Write that something was looked at or exported, in a transaction of its own."""
    with db.engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        _append(connection, action, thing, fields)


def record_refusal(where: str) -> None:
    """Write that a page was refused, after giving up what the request had begun."""
    actor = _actor()
    db.session.rollback()
    with db.engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        _append(connection, "refused", where, (), actor)


def broken_at() -> int | None:
    """The id of the first line that does not follow from the one before; None if all do."""
    seal = ""
    lines = db.session.execute(select(AuditLine.__table__).order_by(AuditLine.id))
    for number, line in enumerate(lines.mappings()):
        values = {name: line[name] for name in line if name not in {"id", "seal"}}
        if number and line["seal"] != _seal(seal, values):
            return int(line["id"])
        seal = line["seal"]
    return None


def forget_old() -> None:
    """Drop lines older than the settings keep them; the chain is verified from the next one on."""
    oldest = clock.now() - timedelta(days=settings().audit_months * 30.5)
    db.session.execute(delete(AuditLine).where(AuditLine.at < oldest))


def _append(
    connection: Connection,
    action: str,
    thing: object,
    fields: Iterable[str],
    actor: dict[str, str] | None = None,
) -> None:
    if connection.dialect.name == "postgresql":  # one line at a time, or the chain forks
        connection.execute(text("SELECT pg_advisory_xact_lock(7300)"))
    last = select(AuditLine.seal).order_by(AuditLine.id.desc()).limit(1)
    values = {
        "at": clock.now(),
        "action": action,
        "object": _name(thing),
        "fields": sorted(fields),
        **(actor or _actor()),
    }
    seal = _seal(connection.execute(last).scalar() or "", values)
    connection.execute(insert(AuditLine).values(**values, seal=seal))


def _actor() -> dict[str, str]:
    if not has_request_context():
        return {"actor": "", "role": "system", "request": ""}
    known = current_user.is_authenticated
    return {
        "actor": str(current_user.id) if known else "",
        "role": current_user.main_role if known else "visitor",
        "request": g.get("request_id", ""),
    }


def _name(thing: object) -> str:
    number = getattr(thing, "id", None)
    return str(thing) if number is None else f"{type(thing).__name__} {number}"


def _seal(previous: str, values: dict[str, Any]) -> str:
    content = json.dumps({**values, "at": values["at"].isoformat()}, sort_keys=True)
    return hashlib.sha256(f"{previous}\n{content}".encode()).hexdigest()


APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER audit_line_no_update BEFORE UPDATE ON audit_line"
        " BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END"
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_line_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN RAISE EXCEPTION ''the audit trail is append-only''; END'",
        "CREATE TRIGGER audit_line_no_update BEFORE UPDATE ON audit_line"
        " FOR EACH ROW EXECUTE FUNCTION audit_line_refuse()",
    ],
}
"""Lines are never changed; retention deletes whole years from the front."""

for _dialect, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(AuditLine.__table__, "after_create", _ddl.execute_if(dialect=_dialect))
