"""A feed: stored entries joined once for each version of what they show, and kept packed."""

import gzip
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from lna.calendars.queries import PublicEntry
from lna.core import clock
from lna.core.compression import compress
from lna.core.ical import CalendarHead, calendar
from lna.core.log import log
from lna.core.page import caches
from lna.core.versions import raised_at, versions_of

TOPICS = ("activities", "calendar", "partners", "themes")
PAST = timedelta(days=180)
MOST_FEEDS = 200


@dataclass(frozen=True)
class Feed:
    """A whole calendar, packed by gzip. `tag` names its bytes: equal ones alike."""

    packed: bytes
    tag: str
    changed_at: datetime | None

    @property
    def plain(self) -> bytes:
        return gzip.decompress(self.packed)


def kept(name: str, make: Callable[[], Feed]) -> Feed:
    """The feed of this name as it was made for the present versions and day, or made now."""
    present = f"{versions_of(*TOPICS)} {first_day_shown()}"
    version, feeds = caches().get("feeds", ("", {}))
    if version != present or len(feeds) >= MOST_FEEDS:
        version, feeds = caches()["feeds"] = present, {}
    if name not in feeds:
        feeds[name] = make()
    feed: Feed = feeds[name]
    return feed


def joined(
    head: CalendarHead, found: Iterable[PublicEntry], turns: Iterable[datetime] = ()
) -> Feed:
    """Head, zones, entries in order, tail; `turns` are when time alone changed what is found."""
    whole = [entry for entry in found if _is_whole(entry.rendered)]
    body = calendar(head, [entry.rendered for entry in whole], {entry.zone for entry in whole})
    changes = [change for change in (raised_at(*TOPICS), *turns) if change]
    tag = hashlib.sha256(body).hexdigest()[:32]
    return Feed(compress(body, 6), tag, max(changes, default=None))


def _is_whole(rendered: bytes) -> bool:
    """One broken entry must not end the whole feed: it is left out, and the log says so."""
    if rendered.startswith(b"BEGIN:VEVENT\r\n") and rendered.endswith(b"END:VEVENT\r\n"):
        return True
    log.error("calendar entry left out", begins=rendered[:40].decode(errors="replace"))
    return False


def first_day_shown() -> datetime:
    """Since when public feeds show the past: the midnight (UTC) of 180 days ago."""
    return datetime.combine(clock.today("UTC") - PAST, time(), UTC)
