"""Calendar entries: described once, rendered once, kept as bytes until what they show changes."""

from lna.core.ical.entry import CalendarEntry
from lna.core.ical.keep import (
    StoredEntry,
    entries_of,
    keep_entries,
    withdraw_entries,
)
from lna.core.ical.stream import CalendarHead, calendar

__all__ = [
    "CalendarEntry",
    "CalendarHead",
    "StoredEntry",
    "calendar",
    "entries_of",
    "keep_entries",
    "withdraw_entries",
]
