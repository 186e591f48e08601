"""What we write to people about their accounts: always to the address it concerns, never a name.

A name somebody typed into a form would let strangers write sentences in our letters.
"""

from typing import Any

from lna.accounts.models import Grant, User
from lna.accounts.queries.own_data import leaving
from lna.config import settings
from lna.core import outbox


def join(email: str, language: str, secret: str) -> None:
    """Go on with joining; proves that the address is read."""
    _post(email, language, "join", about="joining", link=_link("/sign-up/", secret))


def already_joined(user: User, secret: str) -> None:
    """Somebody wanted to join with an address that has an account."""
    _post_to(user, "already_joined", sign_in=_link("/sign-in"), link=_link("/password/", secret))


def invitation(user: User, secret: str) -> None:
    _post_to(user, "invitation", link=_link("/password/", secret))


def password_link(user: User, secret: str) -> None:
    _post_to(user, "password_link", link=_link("/password/", secret))


def password_changed(user: User) -> None:
    _post_to(user, "password_changed", link=_link("/password"))


def sign_in_link(user: User, secret: str) -> None:
    _post_to(user, "sign_in_link", link=_link("/sign-in/link/", secret))


def no_sign_in_link(user: User) -> None:
    """A link was asked for somebody whose role needs a password."""
    _post_to(user, "no_sign_in_link", link=_link("/sign-in"), password=_link("/password"))


def new_email(user: User, email: str, secret: str) -> None:
    """To the new address: follow the link if it is yours."""
    link = _link("/account/email/", secret)
    _post(email, user.language, "new_email", about=f"user {user.id}", link=link)


def email_taken(user: User) -> None:
    """Somebody wanted to change to an address that has an account."""
    _post_to(user, "email_taken", link=_link("/sign-in"))


def email_changed(user: User, old: str) -> None:
    """To the old address, once the new one is proved; from then on it may be somebody else's."""
    contact, about = settings().contact_email, f"user {user.id}"
    cause = f"{leaving(user)} {len(user.former_emails)}"
    _post(old, user.language, "email_changed", about=about, cause=cause, contact=contact)


def second_factor_set(user: User) -> None:
    _post_to(user, "second_factor_set", link=_link("/account"))


def second_factor_removed(user: User) -> None:
    _post_to(user, "second_factor_removed", link=_link("/account"))


def recovery_code_used(user: User) -> None:
    left = len(user.recovery_codes)
    _post_to(user, "recovery_code_used", left=left, link=_link("/account/second-factor"))


def role_granted(grant: Grant) -> None:
    _post_to(grant.user, "role_granted", grant=grant, link=_link("/sign-in"))


def role_ended(grant: Grant) -> None:
    _post_to(grant.user, "role_ended", grant=grant)


def substitute_named(grant: Grant) -> None:
    """To the facilitator: who stands in, and until when."""
    if grant.substitute_for:
        _post_to(grant.substitute_for, "substitute_named", grant=grant, link=_link("/account"))


def _post_to(user: User, name: str, **context: Any) -> None:
    about = f"user {user.id}"
    _post(user.email, user.language, name, about=about, zone=user.timezone, **context)


def _post(to: str, language: str, name: str, *, about: str, **context: Any) -> None:
    template = f"mail/accounts/{name}.txt"
    outbox.post(to, template, language=language, about=about, **context)


def _link(path: str, secret: str = "") -> str:
    return settings().address(path + secret)
