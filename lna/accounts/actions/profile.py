"""What people change about themselves."""

from dataclasses import asdict, dataclass

from sqlalchemy.exc import IntegrityError

from lna.accounts import letters, queries
from lna.accounts.actions.links import end_links, issue, use
from lna.accounts.models import Link, User
from lna.core import audit, tokens
from lna.core.db import db


@dataclass(frozen=True, kw_only=True)
class ChangeProfile:
    name: str
    language: str
    timezone: str


def change_profile(user: User, command: ChangeProfile) -> None:
    """Set name, language and zone."""
    changed = [name for name, value in asdict(command).items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, getattr(command, name))
    if changed:
        audit.record("changed the profile", user, changed)
    db.session.flush()


def ask_for_new_email(user: User, email: str) -> None:
    """Write to the address that is to be the new one; it counts once its reader agrees."""
    audit.record("asked for another e-mail address", user)
    tokens.end_all(Link.EMAIL, user.id)
    if other := queries.user_by_email(email):
        letters.email_taken(other)
    else:
        letters.new_email(user, email, issue(Link.EMAIL, f"{user.id} {email}"))


def change_email(secret: str) -> User | None:
    """Take the proved address as the new one; None if the link no longer works."""
    subject = use(Link.EMAIL, secret)
    if subject is None:
        return None
    number, email = subject.split(" ", 1)
    user = db.session.get_one(User, int(number), with_for_update=True)
    if not user.is_active or queries.user_by_email(email):
        return None
    old = user.email
    try:
        with db.session.begin_nested():
            user.email, user.former_emails = email, [*user.former_emails, old]
    except IntegrityError:  # somebody else was faster
        return None
    end_links(user)
    letters.email_changed(user, old)
    audit.record("changed the e-mail address", user, ["email"])
    return user
