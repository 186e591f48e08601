"""What `make run` does the second time."""

from dataclasses import replace

from flask import Flask

from lna.accounts.models import Role
from lna.core.db import db
from lna.core.ical import StoredEntry
from lna.home.cli import plant_demo
from tests.calendars.factories import make_dated
from tests.factories import make_user


def test_a_second_run_changes_nothing_but_what_another_port_makes_wrong(app: Flask, monkeypatch):
    make_user(Role.ADMINISTRATOR)
    activity = make_dated()
    db.session.commit()
    as_it_was = db.session.get(StoredEntry, activity.uid).rendered
    monkeypatch.setattr("lna.core.schema.upgrade", lambda: None)
    again = ["--quiet-if-there"]

    said = app.test_cli_runner().invoke(plant_demo, again).output
    assert said == "The database is as you left it.\n"
    assert db.session.get(StoredEntry, activity.uid).rendered == as_it_was

    elsewhere = replace(app.extensions["lna_settings"], base_url="http://127.0.0.1:8080")
    monkeypatch.setitem(app.extensions, "lna_settings", elsewhere)
    said = app.test_cli_runner().invoke(plant_demo, again).output
    assert said.endswith("1 calendar entries now lead to http://127.0.0.1:8080.\n")
    assert b"127.0.0.1:8080" in db.session.get(StoredEntry, activity.uid).rendered
