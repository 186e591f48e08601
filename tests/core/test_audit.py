from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from lna.core import audit, clock
from lna.core.db import db


def test_lines_follow_from_each_other_and_a_changed_one_is_found():
    for act in ("one", "two", "three"):
        audit.record(act, fields=["name"])
    db.session.commit()
    assert audit.broken_at() is None

    db.session.execute(text("DELETE FROM audit_line WHERE action = 'two'"))
    db.session.commit()
    third = db.session.query(audit.AuditLine.id).filter_by(action="three").scalar()
    assert audit.broken_at() == third


def test_a_line_cannot_be_changed():
    audit.record("one")
    db.session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text("UPDATE audit_line SET action = 'other'"))
    db.session.rollback()


def test_a_line_falls_with_the_change_it_reports():
    audit.record("one")
    db.session.rollback()
    assert db.session.query(audit.AuditLine).count() == 0


def test_old_lines_are_forgotten_and_the_rest_still_follows(monkeypatch):
    audit.record("long ago")
    db.session.commit()
    later = clock.now() + timedelta(days=800)
    monkeypatch.setattr(clock, "read", lambda: later)
    audit.record("today")
    audit.record("today, later")
    audit.forget_old()
    db.session.commit()
    assert [line.action for line in db.session.query(audit.AuditLine)] == ["today", "today, later"]
    assert audit.broken_at() is None
