"""The life of an entry: what a calendar application is told at each step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from lna.core import clock
from lna.core.db import db
from lna.core.ical import CalendarEntry, StoredEntry, keep_entries, withdraw_entries
from lna.core.ical.keep import entries_of
from lna.core.versions import versions_of

START = datetime(2027, 2, 9, 2, 0, tzinfo=UTC)
VISIT = CalendarEntry(
    uid="0c1f2a8e-6c55-4a8e-9a43-0f6f3f6f2b11",
    summary="Learning visit",
    start=START,
    end=START + timedelta(hours=7),
    zone="Asia/Phnom_Penh",
    location="Ratanakiri",
)
WALK = replace(VISIT, uid="0c1f2a8e-6c55-4a8e-9a43-0f6f3f6f2b12", summary="Walk", parent=VISIT.uid)


@pytest.fixture
def time(monkeypatch):
    """A clock the test moves: `time(minutes=5)`."""
    at = [datetime(2026, 11, 20, 8, 0, tzinfo=UTC)]
    monkeypatch.setattr(clock, "read", lambda: at[0])

    def pass_by(**long):
        at[0] += timedelta(**long)
        return at[0]

    return pass_by


def keep(*entries, **how):
    keep_entries("activity", 1, entries, **how)
    db.session.commit()
    return entries_of("activity", 1)


def test_a_kept_entry_begins_at_sequence_zero(time):
    (stored,) = keep(VISIT)
    assert (stored.uid, stored.sequence, stored.last_modified) == (VISIT.uid, 0, time())
    assert stored.entry == VISIT
    assert b"DTSTART;TZID=Asia/Phnom_Penh:20270209T090000" in stored.rendered


def test_keeping_the_same_again_changes_nothing(time):
    keep(VISIT)
    before = versions_of("calendar")
    time(hours=1)
    (stored,) = keep(VISIT)
    assert stored.last_modified == time(hours=-1)
    assert versions_of("calendar") == before


@pytest.mark.parametrize(
    ("change", "sequence"),
    [
        ({"start": START + timedelta(hours=1)}, 1),
        ({"end": VISIT.end + timedelta(hours=1)}, 1),
        ({"zone": "Asia/Yangon"}, 1),
        ({"status": "tentative"}, 1),
        ({"status": "cancelled"}, 1),
        ({"location": "Mondulkiri"}, 1),
        ({"start": START.date(), "end": START.date()}, 1),
        ({"summary": "Another title"}, 0),
        ({"description": "Bring boots."}, 0),
        ({"url": "https://example.org/x"}, 0),
        ({"categories": ("Training",)}, 0),
    ],
)
def test_sequence_counts_what_people_must_act_on(time, change, sequence):
    keep(VISIT)
    time(minutes=1)
    (stored,) = keep(replace(VISIT, **change))
    assert stored.sequence == sequence
    assert stored.last_modified == time()
    assert stored.uid == VISIT.uid


def test_two_edits_in_one_second_can_be_told_apart(time):
    keep(VISIT)
    keep(replace(VISIT, summary="B"))
    (stored,) = keep(replace(VISIT, summary="C"))
    assert stored.last_modified == time() + timedelta(seconds=2)


def test_an_edit_leaves_every_other_entry_as_it_is(time):
    _, walk = keep(VISIT, WALK)
    as_it_was = walk.rendered
    time(days=1)
    visit, walk = keep(replace(VISIT, summary="New title"), WALK)
    assert b"New title" in visit.rendered
    assert walk.rendered == as_it_was


def test_a_part_that_is_gone_becomes_a_tombstone(time):
    keep(VISIT, WALK)
    time(days=1)
    visit, walk = keep(VISIT)
    assert (visit.status, visit.sequence) == ("confirmed", 0)
    assert (walk.status, walk.sequence) == ("cancelled", 1)
    assert b"SUMMARY:Cancelled: Walk\r\n" in walk.rendered
    time(days=1)
    _, again = keep(VISIT)
    assert again.sequence == 1


def test_withdrawn_entries_belong_to_nobody_and_come_back_the_same(time):
    before = keep(VISIT)[0].rendered
    version = versions_of("calendar")
    withdraw_entries("activity", 1)
    db.session.commit()
    assert versions_of("calendar") != version
    assert db.session.get(StoredEntry, VISIT.uid).scope == "withdrawn"
    time(days=1)
    (stored,) = keep(VISIT)
    assert stored.scope == "public"
    assert stored.rendered == before
