"""Hashing as in production takes a tenth of a second; here only where time is what is tested."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from lna.accounts.actions import passwords
from lna.core import clock


@pytest.fixture(autouse=True)
def _quick_hashing(request, monkeypatch):
    if "slow_hashing" not in request.fixturenames:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        monkeypatch.setattr(passwords, "HASHER", quick)


@pytest.fixture
def slow_hashing() -> None:
    """Hash as in production."""


@pytest.fixture
def travel(monkeypatch):
    """The clock stands at five past an hour; `travel(minutes=11)`: it is later now."""
    now = datetime.now(UTC).replace(minute=5, second=0, microsecond=0)

    def go(**by: float) -> None:
        nonlocal now
        now += timedelta(**by)

    monkeypatch.setattr(clock, "read", lambda: now)
    return go
