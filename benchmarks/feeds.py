"""A feed of 1,000 events: ours beside the ORM and the icalendar library, in one run.

`python -m benchmarks.feeds` takes some 20 s. Times are CPU time of this process, the median of
runs that alternate between both ways; a ratio says how many times cheaper ours is.
"""

import gc
import gzip
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

import icalendar
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lna import create_app
from lna.activities.criteria import Criteria
from lna.activities.models import Activity, ActivityCountry, ActivityPlace, Stage
from lna.calendars import feeds, queries
from lna.config import Settings
from lna.core.db import db
from lna.core.ical import CalendarEntry, CalendarHead, StoredEntry, calendar, keep_entries
from lna.core.ical.entry import render
from lna.core.multilingual import Multilingual
from lna.core.page import caches
from lna.core.versions import raise_version

EVENTS = 1000
TEXT = "Farmers' groups, commune councils and the department of land walk the boundary together. "
HEAD = CalendarHead(name="Learning & Alliance", source="https://example.org/activities.ics")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lna-bench-") as folder:
        app = create_app(Settings(data_dir=Path(folder), secret_key="bench"), TESTING=True)
        with app.app_context():
            db.create_all()
            fill()
            report(app)
            db.session.remove()
            db.engine.dispose()


def fill() -> None:
    """Activities and their calendar entries, a part of them over."""
    begin = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
    for number in range(EVENTS):
        start = begin + timedelta(days=number // 2 - 150)
        activity = Activity(
            code=f"KH-{number}",
            type="learning_visit",
            title=Multilingual.of(f"ដំណើរទស្សនកិច្ចសិក្សា អំពីដីធ្លី {number}", "km"),
            summary=Multilingual.of(TEXT * 3),
            starts_at=start,
            ends_at=start + timedelta(hours=7),
            timezone="Asia/Phnom_Penh",
            stage=Stage.CALL_OPEN,
            published_at=begin,
        )
        activity.countries = [ActivityCountry(country="KH")]
        activity.places = [ActivityPlace(country="KH", province="KH-16", town="Ban Lung")]
        db.session.add(activity)
        db.session.flush()
        keep_entries("activity", activity.id, [described(activity)])
    raise_version("activities")
    db.session.commit()


def described(activity: Activity) -> CalendarEntry:
    assert activity.starts_at
    assert activity.ends_at
    return CalendarEntry(
        uid=activity.uid,
        summary=str(activity.title),
        start=activity.starts_at,
        end=activity.ends_at,
        zone=activity.timezone,
        description=str(activity.summary),
        location=f"{activity.places[0].town}, {activity.places[0].country}",
        url=f"https://example.org/activities/{activity.code}",
        categories=(activity.type, *activity.country_codes),
        language=activity.title.original,
    )


def with_the_library() -> bytes:
    """The usual way: objects from the ORM, events by the library, at every request."""
    db.session.expunge_all()
    stream = icalendar.Calendar()
    stream.add("prodid", "-//LNA//EN")
    stream.add("version", "2.0")
    wanted = select(Activity).where(Activity.published_at.is_not(None))
    related = selectinload(Activity.countries), selectinload(Activity.places)
    for activity in db.session.scalars(wanted.options(*related).order_by(Activity.starts_at)):
        stream.add_component(event(described(activity), activity.changed_at))
    stream.add_missing_timezones()
    return stream.to_ical()


def event(entry: CalendarEntry, changed: datetime) -> icalendar.Event:
    assert isinstance(entry.start, datetime)
    assert isinstance(entry.end, datetime)
    made, zone = icalendar.Event(), ZoneInfo(entry.zone)
    made.add("uid", entry.uid)
    made.add("dtstamp", changed)
    made.add("last-modified", changed)
    made.add("sequence", 0)
    made.add("dtstart", entry.start.astimezone(zone))
    made.add("dtend", entry.end.astimezone(zone))
    made.add("status", "CONFIRMED")
    made.add("transp", "OPAQUE")
    made.add("summary", entry.summary)
    made.add("description", f"{entry.description}\n\n{entry.url}")
    made.add("location", entry.location)
    made.add("url", entry.url)
    made.add("categories", list(entry.categories))
    return made


def read_and_joined() -> bytes:
    """The first feed after a change: stored text read from the database and joined."""
    caches().pop("calendar", None)
    return joined()


def joined() -> bytes:
    """Every other feed of that version: the same text joined, chosen by its date."""
    since = feeds.first_day_shown()
    found = [entry for entry in queries.public_entries() if entry.ends_at >= since]
    return calendar(HEAD, [entry.rendered for entry in found], {entry.zone for entry in found})


def stored() -> bytes:
    """The packed body of the present version, as for every other request."""
    return feeds.of_choice(Criteria()).packed


def report(app: Flask) -> None:
    assert joined().count(b"BEGIN:VEVENT") == with_the_library().count(b"BEGIN:VEVENT") == EVENTS
    assert gzip.decompress(stored()).count(b"BEGIN:VEVENT") == EVENTS
    naive, first, others, kept = alternating(
        with_the_library, read_and_joined, joined, stored, runs=9, repeat=20
    )
    show("feed of 1,000 events by ORM + icalendar", naive)
    show("  stored text read and joined", first, naive)
    show("  joined from stored text", others, naive, goal=200)
    show("  stored compressed body", kept, naive, goal=2000)
    requests(app, naive)
    serialisers()
    one_edit()


def requests(app: Flask, naive: float) -> None:
    """Whole answers of the application, headers, gates and all."""
    client = app.test_client()
    packed = {"Accept-Encoding": "gzip"}
    tag = client.get("/activities.ics", headers=packed).headers["ETag"]
    known = {**packed, "If-None-Match": tag}
    assert client.get("/activities.ics", headers=known).status_code == 304

    hello = Flask("hello")
    hello.add_url_rule("/", view_func=lambda: "hello")
    bare = hello.test_client()
    _, plain, whole, not_modified = alternating(
        with_the_library,
        lambda: bare.get("/"),
        lambda: client.get("/activities.ics", headers=packed),
        lambda: client.get("/activities.ics", headers=known),
        runs=3,
        repeat=200,
    )
    show("a bare Flask “hello”", plain)
    show("whole answer 200, gzip", whole, naive)
    show("whole answer 304", not_modified, naive)
    print(f"304 against a bare Flask “hello”: {plain / not_modified:.2f} of its speed")


def serialisers() -> None:
    """Rendering everything anew, against the library doing the same from the same objects."""
    kept = [(each.entry, each.last_modified) for each in db.session.scalars(select(StoredEntry))]

    def library() -> None:
        for entry, changed in kept:
            event(entry, changed).to_ical()

    def ours() -> None:
        for entry, changed in kept:
            render(entry, 0, changed)

    theirs, our_own = alternating(library, ours, runs=5)
    show("1,000 entries rendered by icalendar", theirs)
    show("  by our serialiser", our_own, theirs, goal=1)


def one_edit() -> None:
    """One activity gets another title: what changes in the table, and what it costs."""
    before = {each.uid: each.rendered for each in db.session.scalars(select(StoredEntry))}
    costs = []
    for number in range(9):
        activity = db.session.scalars(select(Activity).where(Activity.code == "KH-500")).one()
        edited = replace(described(activity), summary=f"Another title {number}")
        start = process_time()
        keep_entries("activity", activity.id, [edited])
        db.session.flush()
        costs.append(process_time() - start)
    db.session.commit()
    after = {each.uid: each.rendered for each in db.session.scalars(select(StoredEntry))}
    changed = [uid for uid in after if after[uid] != before[uid]]
    assert len(changed) == 1
    print(f"one edit re-renders {len(changed)} entry of {EVENTS}: {median(costs) * 1000:.2f} ms")


def alternating(*ways: Callable[[], object], runs: int, repeat: int = 1) -> list[float]:
    """The median CPU seconds of each way, taken in turns; the first once, others `repeat` times.

    What one way leaves for the garbage collector is not charged to the next.
    """
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(runs):
        for way, taken in zip(ways, times, strict=True):
            gc.collect()
            turns = 1 if way is ways[0] else repeat
            start = process_time()
            for _ in range(turns):
                way()
            taken.append((process_time() - start) / turns)
    return [median(taken) for taken in times]


def show(what: str, seconds: float, against: float = 0, goal: int = 0) -> None:
    line = f"{what:<44}{seconds * 1000:>10.3f} ms"
    if against:
        line += f"{against / seconds:>10,.0f} x"
    if goal:
        line += f"   goal {goal:,} x: {'reached' if against / seconds >= goal else 'MISSED'}"
    print(line)


if __name__ == "__main__":
    main()
