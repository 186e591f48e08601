"""Links in letters: asking for one reads and takes the same for known people and strangers."""

from collections.abc import Callable
from datetime import timedelta

from lna.accounts import letters, queries
from lna.accounts.models import Link, User
from lna.accounts.policies import can_sign_in_by_letter
from lna.core import audit, tokens
from lna.core.db import db

LIFETIMES = {
    Link.JOIN: timedelta(hours=24),
    Link.PASSWORD: timedelta(hours=1),
    Link.SIGN_IN: timedelta(minutes=10),
    Link.SECOND_STEP: timedelta(minutes=10),
    Link.EMAIL: timedelta(hours=24),
}
INVITED = timedelta(days=7)


def issue(link: Link, subject: object, lifetime: timedelta | None = None) -> str:
    """A secret for one purpose; it can be read only now."""
    return tokens.issue(link, subject, lifetime or LIFETIMES[link])


def use(link: Link, secret: str) -> str | None:
    """Use a link up: what it opens, or None if it is wrong, used or expired.

    Of two who press at once, one gets it.
    """
    token = tokens.find(link, secret)
    if token is None:
        return None
    db.session.refresh(token, with_for_update=True)
    if not token.is_live:
        return None
    tokens.end(token)
    return token.subject


def use_for_user(link: Link, secret: str) -> User | None:
    """Use up a link whose subject begins with the id of an account."""
    subject = use(link, secret)
    user = db.session.get(User, int(subject.split()[0])) if subject else None
    return user if user and not user.erased_at else None


def end_links(user: User) -> None:
    """Whatever could open this account by a link no longer does."""
    for link in Link.PASSWORD, Link.SIGN_IN, Link.SECOND_STEP:
        tokens.end_all(link, user.id)


def ask_to_join(email: str, language: str) -> None:
    """Write to an address that wants an account; one that has an account is told so."""
    audit.record("asked to join")
    if user := queries.user_by_email(email):
        letters.already_joined(user, issue(Link.PASSWORD, user.id))
    else:
        letters.join(email, language, issue(Link.JOIN, email))


def ask_for_password(email: str, language: str) -> None:
    """Write a link to choose a new password to whoever has this address."""
    user = queries.user_by_email(email)
    audit.record("asked for a password link", user or "")
    person = user or _nobody(email, language)
    _write(
        lambda: letters.password_link(person, issue(Link.PASSWORD, person.id)),
        really=user is not None,
    )


def ask_for_sign_in_link(email: str, language: str) -> None:
    """Write a link to sign in to whoever has this address, or why there is none for a role."""
    user = queries.user_by_email(email)
    audit.record("asked for a sign-in link", user or "")
    person = user or _nobody(email, language)
    if user and user.is_active and not can_sign_in_by_letter(user):
        letters.no_sign_in_link(user)
    else:
        _write(
            lambda: letters.sign_in_link(person, issue(Link.SIGN_IN, person.id)),
            really=user is not None and user.is_active,
        )


def use_sign_in_link(secret: str) -> User | None:
    """Whoever a link from a letter signs in; None if it no longer does."""
    user = use_for_user(Link.SIGN_IN, secret)
    return user if user and can_sign_in_by_letter(user) else None


def _nobody(email: str, language: str) -> User:
    return User(id=0, email=email, name="", language=language, timezone="UTC")


def _write(letter: Callable[[], None], *, really: bool) -> None:
    """Write a letter, and for a stranger take it back, so that time tells nothing."""
    attempt = db.session.begin_nested()
    letter()
    if really:
        attempt.commit()
    else:
        attempt.rollback()
