"""How often one visitor may press: counted in the database, so all processes agree.

Addresses are counted as /32 (IPv4) or /64 (IPv6) and stored hashed with the secret key.
"""

import hashlib
import hmac
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Any, TypeVar

from flask import current_app, request
from sqlalchemy import BigInteger, delete, text
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.exceptions import TooManyRequests

from lna.core import clock
from lna.core.db import Model, db

View = TypeVar("View", bound=Callable[..., Any])


class Throttle(Model):
    """How many attempts a key has made in its present window, which ends at `ends` (epoch)."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    ends: Mapped[int] = mapped_column(BigInteger, index=True)
    attempts: Mapped[int]


COUNT = text(
    "INSERT INTO throttle (key, ends, attempts) VALUES (:key, :ends, 1)"
    " ON CONFLICT (key) DO UPDATE SET ends = :ends, attempts ="
    " CASE WHEN throttle.ends = :ends THEN throttle.attempts + 1 ELSE 1 END"
    " RETURNING attempts"
)


def limited(name: str, *, times: int, seconds: int) -> Callable[[View], View]:
    """Let one address POST to a view at most `times` in `seconds`; then 429 with Retry-After."""

    def declare(view: View) -> View:
        view.limit = (name, times, seconds)  # type: ignore[attr-defined]
        return view

    return declare


def check(view: Any) -> None:
    """Count a POST against its view's limit, before the request opens its own transaction."""
    if request.method == "POST" and hasattr(view, "limit"):
        name, times, seconds = view.limit
        if wait := attempt(f"{name} {client()}", times=times, seconds=seconds):
            raise TooManyRequests(retry_after=wait)


def attempt(key: str, *, times: int, seconds: int) -> int:
    """Count one attempt, in a transaction of its own; the seconds to wait, 0 if it may go on."""
    moment = int(clock.now().timestamp())
    ends = (moment // seconds + 1) * seconds
    counted = f"{seconds} {key}".encode()  # one key may have windows of several lengths
    hashed = hmac.new(str(current_app.secret_key).encode(), counted, hashlib.sha256)
    engine = db.engine.execution_options(sqlite_begin="IMMEDIATE")
    with engine.begin() as connection:
        made = connection.execute(COUNT, {"key": hashed.hexdigest(), "ends": ends}).scalar()
    return ends - moment if (made or 0) > times else 0


def client() -> str:
    """Where the request comes from: the address, or its /64."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return address.exploded[:19]
    return str(address)


def forget_old() -> None:
    """Drop windows that ended; for the worker."""
    db.session.execute(delete(Throttle).where(Throttle.ends < int(clock.now().timestamp())))
