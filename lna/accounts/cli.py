"""Accounts from the terminal: the first administrator, roles, somebody locked out."""

import sys
from datetime import date, datetime, timedelta

import click
from flask.cli import AppGroup

from lna.accounts import actions, queries
from lna.accounts.models import Link, Role, User
from lna.config import settings
from lna.core.cli import CHORES
from lna.core.contact import email_of
from lna.core.db import db
from lna.core.refusal import Refused
from lna.core.typed_text import clean
from lna.core.typed_times import midnight

CHORES.append(actions.forget_old)

user = AppGroup("user", help="People who can sign in: add one, grant a role, let one in again.")
ROLES = click.Choice([role.value for role in Role if role is not Role.STAKEHOLDER])
DAY = click.DateTime(["%Y-%m-%d"])


@user.command()
@click.argument("email")
@click.option("--name", required=True)
@click.option("--role", type=ROLES)
@click.option("--country", help="Of a national facilitator: KH, LA, MM, VN …")
@click.option("--language", default="en", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(
    email: str,
    name: str,
    role: str | None,
    country: str | None,
    language: str,
    password_stdin: bool,
) -> None:
    """Make an account; without a password a link to choose one is printed."""
    try:
        address = email_of(email)
        password_hash = _read_password(name, address) if password_stdin else ""
        person = actions.add_user(address, name, language)
        if role:
            actions.grant_role(person, actions.GrantRole(role=Role(role), country=country))
    except Refused as refusal:
        raise click.ClickException(str(refusal.reason)) from refusal
    if password_hash:
        actions.set_first_password(person, password_hash)
        click.echo(f"{address} can sign in.")
    else:
        _print_link(person)
    db.session.commit()


@user.command("role")
@click.argument("email")
@click.argument("role", type=ROLES)
@click.option("--country", help="Of a national facilitator: KH, LA, MM, VN …")
@click.option("--until", type=DAY, help="The last day, year-month-day; without it there is none.")
@click.option("--end", is_flag=True, help="Take the role away instead.")
def change_role(
    email: str, role: str, country: str | None, until: datetime | None, end: bool
) -> None:
    """Grant a role to somebody, or end it; he or she is signed out and told."""
    person, wanted = _person(email), Role(role)
    try:
        if end:
            _end(person, wanted, country)
        else:
            last = _end_of(until.date(), person.timezone) if until else None
            actions.grant_role(person, actions.GrantRole(role=wanted, country=country, until=last))
    except Refused as refusal:
        raise click.ClickException(str(refusal.reason)) from refusal
    db.session.commit()
    held = ", ".join(sorted(each.value for each in person.roles)) or "none"
    click.echo(f"{person.email} has now: {held}")


@user.command()
@click.argument("email")
@click.option("--without-second-factor", is_flag=True, help="The phone and the codes are lost.")
def reset(email: str, without_second_factor: bool) -> None:
    """Print a link by which somebody chooses a new password; it works once, for an hour."""
    person = _person(email)
    if without_second_factor:
        actions.remove_second_factor(person)
    _print_link(person)
    db.session.commit()


def _read_password(*words: str) -> str:
    password = clean(sys.stdin.readline())
    actions.check_strength(password, actions.LEAST, words)
    return actions.hashed(password)


def _person(email: str) -> User:
    person = queries.user_by_email(email.strip().lower())
    if person is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    return person


def _end(person: User, role: Role, country: str | None) -> None:
    held = [
        grant
        for grant in person.grants
        if grant.role is role and grant.country == country and not grant.has_ended
    ]
    if not held:
        raise click.ClickException(f"{person.email} does not have this role.")
    for grant in held:
        actions.end_grant(grant)


def _end_of(day: date, zone: str) -> datetime:
    return midnight(day + timedelta(days=1), zone)


def _print_link(person: User) -> None:
    secret = actions.issue(Link.PASSWORD, person.id)
    click.echo(f"{person.email} chooses a password here, within one hour:")
    click.echo(settings().address(f"/password/{secret}"))
