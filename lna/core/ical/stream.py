"""The calendar around its entries: a constant head, the zones, the entries, the tail."""

from collections.abc import Iterable
from dataclasses import dataclass

from lna.core.ical.lines import line, text_line, uri_line
from lna.core.ical.zones import HOME_ZONES, block

TAIL = b"END:VCALENDAR\r\n"
HOME_BLOCKS = b"".join(block(zone) for zone in HOME_ZONES)


@dataclass(frozen=True, kw_only=True)
class CalendarHead:
    """What a calendar says of itself. Clients hash it into every entry, so it never varies.

    `source` is the calendar's own address, for public feeds only. `color` is a CSS3 name
    (RFC 7986 5.9). There is no METHOD, which would make it an invitation, and no UID, by
    which some clients keep one entry of all.
    """

    name: str
    description: str = ""
    source: str = ""
    color: str = "darkgreen"

    def __bytes__(self) -> bytes:
        return b"".join(
            (
                b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
                b"PRODID:-//LNA//Learning and alliance activities//EN\r\nCALSCALE:GREGORIAN\r\n",
                text_line("NAME", self.name),
                text_line("X-WR-CALNAME", self.name),
                text_line("DESCRIPTION", self.description),
                text_line("X-WR-CALDESC", self.description),
                line("REFRESH-INTERVAL", "PT1H", VALUE="DURATION"),
                line("X-PUBLISHED-TTL", "PT1H"),
                line("COLOR", self.color),
                uri_line("SOURCE", self.source, VALUE="URI"),
            )
        )


def calendar(head: CalendarHead, entries: Iterable[bytes], zones: Iterable[str] = ()) -> bytes:
    """A whole calendar from rendered entries and the zones they name.

    The home zones are always there, so a calendar without entries is a valid one too.
    """
    further = (block(zone) for zone in sorted(set(zones).difference(HOME_ZONES)))
    return b"".join((bytes(head), HOME_BLOCKS, *further, *entries, TAIL))
