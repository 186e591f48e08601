"""How somebody becomes a person with an account and a password."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from lna.accounts import letters, queries
from lna.accounts.actions.links import INVITED, end_links, issue, use, use_for_user
from lna.accounts.actions.sessions import end_sessions
from lna.accounts.models import Link, User
from lna.core import audit, clock, tokens
from lna.core.db import db
from lna.core.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class Join:
    """What somebody tells us whose address is proved."""

    name: str
    language: str
    password_hash: str


@dataclass(frozen=True, kw_only=True)
class Invite:
    email: str
    name: str
    language: str


def join(secret: str, command: Join) -> User | None:
    """Open an account by the link from the letter; None if the link no longer works."""
    email = use(Link.JOIN, secret)
    if email is None:
        return None
    tokens.end_all(Link.JOIN, email)
    try:
        user = queries.user_by_email(email) or add_user(email, command.name, command.language)
    except Refused:  # somebody else was faster
        return None
    _settle(user, command.password_hash, command.name)
    audit.record("joined", user)
    return user


def invite(command: Invite) -> User:
    """Make an account for somebody and write where to choose its password."""
    if queries.user_by_email(command.email):
        raise Refused(_("There is an account with this address already."), field="email")
    user = add_user(command.email, command.name, command.language)
    letters.invitation(user, issue(Link.PASSWORD, user.id, INVITED))
    audit.record("invited", user, ["email", "language", "name"])
    return user


def invite_again(user: User) -> None:
    """A new letter for somebody who has not taken up the invitation."""
    if user.confirmed_at:
        raise Refused(_("This person has taken up the invitation already."))
    letters.invitation(user, issue(Link.PASSWORD, user.id, INVITED))
    audit.record("invited again", user)


def add_user(email: str, name: str, language: str) -> User:
    """An account whose address is not proved yet; refused if somebody else was faster."""
    user = User(email=email, name=name, language=language)
    try:
        with db.session.begin_nested():
            db.session.add(user)
    except IntegrityError as error:
        reason = _("There is an account with this address already.")
        raise Refused(reason, field="email") from error
    return user


def set_first_password(user: User, password_hash: str) -> None:
    """Open an account whose owner is known otherwise: from the terminal, for a demonstration."""
    _settle(user, password_hash)
    audit.record("set the first password", user, ["password"])


def choose_password(secret: str, password_hash: str, name: str = "") -> User | None:
    """Set a password by the link from a letter; None if the link no longer works."""
    user = use_for_user(Link.PASSWORD, secret)
    if user is None:
        return None
    had_one = user.password_hash is not None
    _settle(user, password_hash, name)
    audit.record("chose a password", user, ["password"])
    if had_one:
        letters.password_changed(user)
    return user


def change_password(user: User, password_hash: str) -> None:
    """Set another password; every browser is signed out, and links stop working."""
    _settle(user, password_hash)
    audit.record("changed the password", user, ["password"])
    letters.password_changed(user)


def _settle(user: User, password_hash: str, name: str = "") -> None:
    user.password_hash = password_hash
    user.confirmed_at = user.confirmed_at or clock.now()
    user.name = name or user.name
    end_links(user)
    end_sessions(user)
    db.session.flush()
