"""Looking after the calendar: render it anew, find what other programs cannot read."""

import click
from flask.cli import with_appcontext

from lna.calendars import queries
from lna.core.cli import DOCTORS
from lna.core.db import db
from lna.core.ical import CalendarHead, calendar, rebuild_entries


@click.command(name="rebuild-calendar")
@with_appcontext
def rebuild_calendar() -> None:
    """Render every calendar entry anew; what looks the same keeps its stamp."""
    changed = rebuild_entries()
    db.session.commit()
    click.echo(f"{changed} entries look different now.")


def unreadable_entries() -> list[str]:
    """Which stored entries another program could not read."""
    from icalendar import Calendar  # noqa: PLC0415 - loads when first used

    head, findings = CalendarHead(name="Check"), []
    for entry in queries.public_entries():
        try:
            Calendar.from_ical(calendar(head, [entry.rendered], [entry.zone]))
        except ValueError as problem:
            findings.append(
                f"A calendar entry cannot be read ({problem}): run `lna rebuild-calendar`."
            )
    return findings


DOCTORS.append(unreadable_entries)
COMMANDS = (rebuild_calendar,)
