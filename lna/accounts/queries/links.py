"""Whom a link in a letter belongs to, looked at without using it up."""

from sqlalchemy import select

from lna.accounts.models import Link, User
from lna.core import tokens
from lna.core.db import db


def subject_of(link: Link, secret: str) -> str | None:
    """What a live link opens; None if it is wrong, used or expired."""
    token = tokens.find(link, secret)
    return token.subject if token else None


def user_of(link: Link, secret: str) -> User | None:
    """The person a live link is for; its subject begins with the id."""
    subject = subject_of(link, secret)
    if subject is None:
        return None
    person = select(User).where(User.id == int(subject.split()[0]), User.erased_at.is_(None))
    return db.session.scalar(person)
