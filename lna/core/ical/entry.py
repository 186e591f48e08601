"""What one entry of a calendar says, and the bytes that say it."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import gettext as _

from lna.core.ical.lines import day, line, local, moment, text_line, texts_line, uri_line

Status = Literal["confirmed", "tentative", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """A description: the same description always renders to the same bytes.

    `uid` is a bare UUID, kept for ever and never given to anything else (RFC 7986 5.3).
    Timed: `start` and `end` are aware datetimes, shown in `zone` (IANA). All day: both are
    dates, the first and the last day. `description` is plain text; `url` is repeated as its
    last line, because Google and Thunderbird hide the property. `geo` is latitude and
    longitude. `parent` is the UID of the entry this one is a part of. A wrong time or an
    unknown zone raises ValueError.
    """

    uid: str
    summary: str
    start: datetime | date
    end: datetime | date
    zone: str = "UTC"
    status: Status = "confirmed"
    description: str = ""
    location: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    geo: tuple[float, float] | None = None
    transparent: bool = False
    parent: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        ZoneInfo(self.zone)  # raises for a zone nobody knows
        if isinstance(self.start, datetime) != isinstance(self.end, datetime):
            raise ValueError("an entry is timed or all day, not both")
        if isinstance(self.start, datetime) and isinstance(self.end, datetime):
            if not self.start.tzinfo or not self.end.tzinfo:
                raise ValueError("a time without a zone")
            if self.end <= self.start:
                raise ValueError("an entry ends after it starts")
        elif self.end < self.start:
            raise ValueError("the last day is not before the first")

    @property
    def starts_at(self) -> datetime:
        """When it begins, in UTC; a day begins at midnight in its zone."""
        return self._instant(self.start)

    @property
    def ends_at(self) -> datetime:
        """When it is over, in UTC; a day is over at midnight in its zone."""
        end = self.end if isinstance(self.end, datetime) else self.end + timedelta(days=1)
        return self._instant(end)

    def _instant(self, when: datetime | date) -> datetime:
        if not isinstance(when, datetime):
            when = datetime.combine(when, time(), ZoneInfo(self.zone))
        return when.astimezone(UTC)

    @property
    def commitment(self) -> tuple[object, ...]:
        """What people were told to be where, when: SEQUENCE counts its changes.

        RFC 5546 2.1.4 names the times and the status; the venue is counted as well.
        """
        return self.start, self.end, self.zone, self.status, self.location

    def as_json(self) -> dict[str, Any]:
        """The description as JSON values; `from_json` gives it back."""
        times = {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return asdict(self) | times

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "CalendarEntry":
        kind = datetime if "T" in said["start"] else date
        return cls(
            **said
            | {
                "start": kind.fromisoformat(said["start"]),
                "end": kind.fromisoformat(said["end"]),
                "categories": tuple(said["categories"]),
                "geo": tuple(said["geo"]) if said["geo"] else None,
            }
        )


def render(entry: CalendarEntry, sequence: int, last_modified: datetime) -> bytes:
    """The VEVENT, from BEGIN to END, with its line breaks."""
    changed = moment(last_modified)
    is_cancelled = entry.status == "cancelled"
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            line("UID", entry.uid),
            line("DTSTAMP", changed),
            line("LAST-MODIFIED", changed),
            line("SEQUENCE", str(sequence)),
            _times(entry),
            line("STATUS", entry.status.upper()),
            line("TRANSP", "TRANSPARENT" if entry.transparent or is_cancelled else "OPAQUE"),
            text_line("SUMMARY", _title(entry), LANGUAGE=entry.language),
            text_line("DESCRIPTION", _text(entry), LANGUAGE=entry.language),
            text_line("LOCATION", entry.location),
            line("GEO", "{:.5f};{:.5f}".format(*entry.geo)) if entry.geo else b"",
            uri_line("URL", entry.url),
            texts_line("CATEGORIES", entry.categories),
            line("RELATED-TO", entry.parent, RELTYPE="PARENT") if entry.parent else b"",
            b"END:VEVENT\r\n",
        )
    )


def _times(entry: CalendarEntry) -> bytes:
    if isinstance(entry.start, datetime) and isinstance(entry.end, datetime):
        zone = ZoneInfo(entry.zone)
        start, end = (local(when.astimezone(zone)) for when in (entry.start, entry.end))
        return line("DTSTART", start, TZID=entry.zone) + line("DTEND", end, TZID=entry.zone)
    after = entry.end + timedelta(days=1)  # DTEND is the first day that is not part of it
    return line("DTSTART", day(entry.start), VALUE="DATE") + line("DTEND", day(after), VALUE="DATE")


def _title(entry: CalendarEntry) -> str:
    if entry.status != "cancelled":
        return entry.summary
    with force_locale(entry.language or "en"):
        return str(_("Cancelled: %(title)s", title=entry.summary))


def _text(entry: CalendarEntry) -> str:
    return f"{entry.description.strip()}\n\n{entry.url}".strip()
