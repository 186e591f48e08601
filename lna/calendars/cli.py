"""Looking after the calendar: render it anew, find what other programs cannot read."""

import click
from flask.cli import with_appcontext

from lna.calendars import actions, queries
from lna.core.cli import DOCTORS
from lna.core.db import db
from lna.core.ical import CalendarHead, calendar


@click.command(name="rebuild-calendar")
@with_appcontext
def rebuild_calendar() -> None:
    """Make every calendar entry anew; what looks the same keeps its stamp."""
    changed = actions.rebuild()
    db.session.commit()
    click.echo(f"{changed} entries are new or look different now.")


def unreadable_entries() -> list[str]:
    """Which stored entries another program could not read."""
    from icalendar import Calendar  # noqa: PLC0415 - loads when first used

    head, findings = CalendarHead(name="Check"), []
    for entry in queries.public_entries():
        try:
            read = Calendar.from_ical(calendar(head, [entry.rendered], [entry.zone]))
            wrong = [str(error) for part in read.walk() for error in part.errors]
        except ValueError as problem:
            wrong = [str(problem)]
        if wrong:
            findings.append(
                f"The calendar entry of activity {entry.activity_id} cannot be read"
                f" ({wrong[0]}): run `lna rebuild-calendar`."
            )
    return findings


DOCTORS.append(unreadable_entries)
COMMANDS = (rebuild_calendar,)
