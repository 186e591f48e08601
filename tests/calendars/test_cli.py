"""Looking after the calendar from the command line."""

import re

from flask import Flask

from lna.calendars.cli import rebuild_calendar, unreadable_entries
from lna.core.db import db
from lna.core.ical import StoredEntry
from tests.calendars.factories import make_dated
from tests.factories import make_activity


def test_activities_that_came_past_the_actions_get_their_entries(app: Flask) -> None:
    present = make_dated()
    as_it_was = db.session.get(StoredEntry, present.uid).rendered
    missing = make_activity()
    db.session.commit()

    said = app.test_cli_runner().invoke(rebuild_calendar).output

    assert said == "1 entries are new or look different now.\n"
    assert db.session.get(StoredEntry, missing.uid) is not None
    assert db.session.get(StoredEntry, present.uid).rendered == as_it_was


def test_the_doctor_finds_what_other_programs_cannot_read(app: Flask) -> None:
    spoilt = make_dated()
    make_dated()
    assert unreadable_entries() == []
    stored = db.session.get(StoredEntry, spoilt.uid)
    stored.rendered = re.sub(rb"DTSTART[^\r]*", b"DTSTART:soon", stored.rendered)
    db.session.commit()
    app.extensions["lna_caches"].clear()
    (finding,) = unreadable_entries()
    assert "lna rebuild-calendar" in finding
    assert app.test_cli_runner().invoke(rebuild_calendar).output.startswith("1 ")
    assert unreadable_entries() == []
