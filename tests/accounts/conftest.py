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
    """`travel(minutes=11)`: it is later now, for the application and the tests."""
    passed = timedelta()

    def go(**by: float) -> None:
        nonlocal passed
        passed += timedelta(**by)

    monkeypatch.setattr(clock, "read", lambda: datetime.now(UTC) + passed)
    return go
