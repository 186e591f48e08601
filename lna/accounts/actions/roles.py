"""Granting and ending roles, substitutes for a period (M18), suspension."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from lna.accounts import letters, queries
from lna.accounts.actions.links import end_links
from lna.accounts.actions.sessions import end_sessions
from lna.accounts.models import Grant, Role, User
from lna.core import audit, clock
from lna.core.db import db
from lna.core.refusal import Refused

LONGEST_SUBSTITUTION = timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class GrantRole:
    """A role from a moment (now, if none) until another (open end, if none)."""

    role: Role
    country: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class NameSubstitute:
    """Who stands in for a facilitator in a country. `email` is that of an account."""

    email: str
    country: str
    since: datetime
    until: datetime


def grant_role(user: User, command: GrantRole) -> Grant:
    """Give a role; the person is signed out everywhere and told."""
    if (command.role is Role.NATIONAL_FACILITATOR) != bool(command.country):
        reason = (
            _("Please choose the country of this role.")
            if not command.country
            else _("This role is for all countries: please choose none.")
        )
        raise Refused(reason, field="country")
    grant = _add(user, command)
    if user.confirmed_at:  # else the invitation says all there is to do
        letters.role_granted(grant)
    audit.record("granted a role", user, [command.role.value, command.country or "all countries"])
    return grant


def end_grant(grant: Grant) -> None:
    """Take a role away, now; one that has not begun is deleted. Substitutes end with it."""
    if grant.has_ended:
        return
    user = grant.user
    if grant.role is Role.ADMINISTRATOR:
        check_others_administer(user)
    for substitute in _standing_in_for(grant):
        end_grant(substitute)
    audit.record("ended a role", user, [grant.role.value, grant.country or "all countries"])
    letters.role_ended(grant)
    close(grant)
    end_sessions(user)
    db.session.flush()


def close(grant: Grant) -> None:
    """Let a role end now, without a word; what has not begun is deleted."""
    now = clock.now()
    if grant.since >= now:
        grant.user.grants.remove(grant)
    elif not grant.has_ended:
        grant.until = now


def name_substitute(facilitator: User, command: NameSubstitute) -> Grant:
    """Let a colleague stand in for a period; tasks and letters go to both."""
    if command.country not in facilitator.own_countries:
        raise Refused(_("You can name a substitute only for a country of your own."), "country")
    substitute = queries.user_by_email(command.email)
    if substitute is None or not substitute.is_active:
        raise Refused(
            _("Nobody with this address has an account. Please ask them to sign up."), "email"
        )
    if substitute.id == facilitator.id or substitute.has_role(
        Role.NATIONAL_FACILITATOR, country=command.country
    ):
        raise Refused(_("This person facilitates for this country already."), "email")
    if command.until - command.since > LONGEST_SUBSTITUTION:
        raise Refused(_("Please choose a period of at most one year."), "until")
    grant = _add(
        substitute,
        GrantRole(
            role=Role.NATIONAL_FACILITATOR,
            country=command.country,
            since=command.since,
            until=command.until,
        ),
    )
    grant.substitute_for = facilitator
    db.session.flush()
    letters.role_granted(grant)
    letters.substitute_named(grant)
    audit.record("named a substitute", facilitator, [command.country])
    return grant


def suspend(user: User) -> None:
    """Close an account for now: nobody signs in, whoever was is out."""
    check_others_administer(user)
    user.suspended_at = user.suspended_at or clock.now()
    end_links(user)
    end_sessions(user)
    audit.record("suspended", user)
    db.session.flush()


def reinstate(user: User) -> None:
    """Open a suspended account again."""
    user.suspended_at = None
    audit.record("reinstated", user)
    db.session.flush()


def check_others_administer(user: User) -> None:
    """Refuse what would leave the site without an administrator."""
    lasting = select(Grant).where(Grant.role == Role.ADMINISTRATOR).with_for_update()
    others = {
        grant.user_id
        for grant in db.session.scalars(lasting)
        if grant.is_live and grant.until is None and grant.user.is_active
    } - {user.id}
    if not others and user.has_role(Role.ADMINISTRATOR):
        raise Refused(_("This is the last administrator: please name another one first."))


def _add(user: User, command: GrantRole) -> Grant:
    since = max(command.since or clock.now(), clock.now())
    if command.until and command.until <= since:
        raise Refused(_("The end has to lie after the beginning, and ahead."), field="until")
    for held in user.grants:
        same = held.role is command.role and held.country == command.country
        if same and not held.has_ended and _overlap(held, since, command.until):
            raise Refused(_("This person holds this role already in that time."), field="role")
    grant = Grant(role=command.role, country=command.country, since=since, until=command.until)
    user.grants.append(grant)
    end_sessions(user)
    db.session.flush()
    return grant


def _overlap(held: Grant, since: datetime, until: datetime | None) -> bool:
    return (held.until is None or since < held.until) and (until is None or held.since < until)


def _standing_in_for(grant: Grant) -> list[Grant]:
    return [
        each for each in queries.substitutes_of(grant.user)
        if each.country == grant.country and each.id != grant.id
    ]  # fmt: skip
