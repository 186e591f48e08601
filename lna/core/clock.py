"""What time it is: the one place that asks, so that a test can answer."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def _system() -> datetime:
    return datetime.now(UTC)


read = _system


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return read()


def today(zone: str) -> date:
    """The calendar day it is now in an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()
