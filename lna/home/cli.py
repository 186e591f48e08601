"""Setting the site up: an empty one, or one with demonstration content."""

import click
from flask.cli import with_appcontext

from lna.accounts.models import Role
from lna.accounts.queries import users_with_role
from lna.calendars import actions as calendars
from lna.config import settings
from lna.core import schema
from lna.core.db import db
from lna.home import demo
from lna.themes.actions import plant_themes

LOCAL = ("http://127.0.0.1", "http://localhost")


@click.command()
@with_appcontext
def init() -> None:
    """Make or update the database; then add the first administrator with `lna user add`."""
    schema.upgrade()
    added = plant_themes()
    db.session.commit()
    click.echo(f"The database is ready; {added} themes were added.")
    if not users_with_role(Role.ADMINISTRATOR):
        click.echo("Next: lna user add YOU@EXAMPLE.ORG --name 'Your name' --role administrator")


@click.command(name="demo")
@click.option("--quiet-if-there", is_flag=True, help="Say little when the database has content.")
@with_appcontext
def plant_demo(quiet_if_there: bool) -> None:
    """Fill an empty database with a programme to look at. Never on a public site."""
    if not settings().base_url.startswith(LOCAL):
        raise click.ClickException("LNA_BASE_URL is a public address: demo content stays out.")
    schema.upgrade()
    if users_with_role(Role.ADMINISTRATOR):
        if not quiet_if_there:
            raise click.ClickException("The database has content already; nothing was changed.")
        click.echo("The database is as you left it.")
        _follow_address()
        return
    for line in _planted():
        click.echo(line)


def _follow_address() -> None:
    """Calendar entries hold addresses of this site: another port shows in them too."""
    changed = calendars.rebuild()
    db.session.commit()
    if changed:
        click.echo(f"{changed} calendar entries now lead to {settings().base_url}.")


def _planted() -> list[str]:
    """Plant everything and commit it at once; the lines that tell how to sign in."""
    click.echo("Planting the demonstration content ...")
    plant_themes()
    partners = demo.plant_partners()
    sign_ins = demo.plant_accounts()
    activities = demo.plant_activities(partners)
    activities.append(demo.plant_meeting(partners))
    [coordinator] = users_with_role(Role.REGIONAL_COORDINATOR)
    demo.plant_registrations(activities, coordinator)
    [annotator] = users_with_role(Role.ANNOTATOR)
    [reviewer] = users_with_role(Role.EDITOR)
    publications = demo.plant_publications(annotator, reviewer)
    db.session.commit()
    width = max(len(each.email) for each in sign_ins)
    roles = max(len(each.role) for each in sign_ins)
    return [
        f"{len(activities)} activities, {publications} publications.",
        "",
        "Sign in as one of these invented people (shown once; `lna user reset EMAIL` helps later):",
        *(f"  {each.role:{roles}}  {each.email:{width}}  {each.password}" for each in sign_ins),
        "",
    ]


COMMANDS = init, plant_demo
