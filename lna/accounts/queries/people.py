"""Finding people: by address, by role, for a country, and the administrator's list."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from lna.accounts.criteria import AccountCriteria, State
from lna.accounts.models import Grant, Role, User
from lna.core import clock
from lna.core.audit import AuditLine
from lna.core.db import db

PAGE = 50


@dataclass(frozen=True)
class Credentials:
    """What a password is checked against, to be read before and used after a transaction."""

    user_id: int | None = None
    password_hash: str | None = None


def get_user(user_id: int) -> User:
    """The account, or NoResultFound; erased ones are gone."""
    found = select(User).where(User.id == user_id, User.erased_at.is_(None))
    return db.session.scalars(found).one()


def user_by_email(email: str) -> User | None:
    """Whoever signs in with this address (folded), in whatever state."""
    return db.session.scalar(select(User).where(User.email == email))


def credentials_of(email: str) -> Credentials:
    """Of the person with this address; empty ones for a stranger."""
    found = select(User.id, User.password_hash).where(
        User.email == email, User.confirmed_at.is_not(None)
    )
    row = db.session.execute(found).one_or_none()
    return Credentials(*row) if row else Credentials()


def users_with_role(*roles: Role, country: str | None = None) -> list[User]:
    """Active people who hold one of the roles now; with `country`, for it or for all."""
    held = Grant.role.in_(roles) & _is_live()
    if country is not None:
        held &= or_(Grant.country.is_(None), Grant.country == country)
    return list(db.session.scalars(_active().where(User.grants.any(held)).order_by(User.id)))


def facilitators_of(countries: Iterable[str]) -> list[User]:
    """The facilitators of these countries and their present substitutes: whom to write to."""
    held = (
        (Grant.role == Role.NATIONAL_FACILITATOR) & Grant.country.in_(tuple(countries)) & _is_live()
    )
    return list(db.session.scalars(_active().where(User.grants.any(held)).order_by(User.id)))


def substitutes_of(user: User) -> list[Grant]:
    """Who stands in for this facilitator, now or later, soonest first."""
    found = select(Grant).where(
        Grant.substitute_for_id == user.id, or_(Grant.until.is_(None), Grant.until > clock.now())
    )
    return list(db.session.scalars(found.order_by(Grant.since, Grant.id)))


def get_grant_of(user: User, grant_id: int) -> Grant:
    """One of the roles a person holds or held; NoResultFound for anybody else's."""
    found = select(Grant).where(Grant.id == grant_id, Grant.user_id == user.id)
    return db.session.scalars(found).one()


def get_substitute_of(user: User, grant_id: int) -> Grant:
    """One of the grants that stand in for this facilitator; NoResultFound for others."""
    found = select(Grant).where(Grant.id == grant_id, Grant.substitute_for_id == user.id)
    return db.session.scalars(found).one()


def accounts(criteria: AccountCriteria) -> list[User]:
    """One page of the administrator's list, by name."""
    order = (func.lower(User.name), User.id)
    page = _chosen(select(User), criteria).order_by(*order).limit(PAGE)
    return list(db.session.scalars(page.offset((criteria.page - 1) * PAGE)))


def count_accounts(criteria: AccountCriteria) -> int:
    """How many accounts the list has on all its pages."""
    return db.session.scalar(_chosen(select(func.count(User.id)), criteria)) or 0


def history_of(user: User, limit: int = 30) -> list[AuditLine]:
    """What was done to this account, newest first."""
    lines = select(AuditLine).where(AuditLine.object == f"User {user.id}")
    return list(db.session.scalars(lines.order_by(AuditLine.id.desc()).limit(limit)))


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """Names by id; erased people have none."""
    found = select(User.id, User.name).where(User.id.in_(set(user_ids)))
    return {row.id: row.name for row in db.session.execute(found)}


def _active() -> Select[tuple[User]]:
    return select(User).where(
        User.confirmed_at.is_not(None), User.suspended_at.is_(None), User.erased_at.is_(None)
    )


def _is_live() -> ColumnElement[bool]:
    now = clock.now()
    return and_(Grant.since <= now, or_(Grant.until.is_(None), Grant.until > now))


def _chosen(found: Select, criteria: AccountCriteria) -> Select:  # type: ignore[type-arg]
    found = found.where(User.erased_at.is_(None))
    for word in criteria.q.split():  # SQLite folds the case of ASCII letters only
        small = word.lower()
        named = func.lower(User.name).contains(small, autoescape=True)
        as_written = User.name.contains(word, autoescape=True)
        in_email = User.email.contains(small, autoescape=True)
        found = found.where(or_(named, as_written, in_email))
    held = _is_live()
    if criteria.role:
        held &= Grant.role == Role(criteria.role)
    if criteria.country:
        held &= Grant.country == criteria.country
    if criteria.role or criteria.country:
        found = found.where(User.grants.any(held))
    return found.where(STATES[State(criteria.state)]) if criteria.state else found


STATES = {
    State.INVITED: User.confirmed_at.is_(None),
    State.SUSPENDED: User.suspended_at.is_not(None),
    State.WITHOUT_SECOND_FACTOR: User.totp_secret.is_(None),
}
