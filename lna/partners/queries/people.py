"""Reading people of the register."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from lna.accounts.models import User
from lna.accounts.queries.own_data import OWN_DATA, Part
from lna.core.db import db
from lna.core.search.normalise import normalise
from lna.partners.models import Affiliation, Consent, Person


def get_person(id: int) -> Person:
    """The person with affiliations and consents, or NoResultFound; an erased one is missing."""
    wanted = (
        select(Person)
        .where(Person.id == id, Person.erased_at.is_(None))
        .options(
            selectinload(Person.affiliations).joinedload(Affiliation.organisation),
            selectinload(Person.consents),
        )
    )
    return db.session.scalars(wanted).one()


def people_listed(
    q: str = "", *, countries: Iterable[str] | None = None, offset: int = 0, limit: int = 51
) -> list[Person]:
    """People by name, of some countries or all, whose name or contact holds every word."""
    wanted = select(Person).where(Person.erased_at.is_(None))
    if countries is not None:
        wanted = wanted.where(Person.country.in_(list(countries)))
    for word in normalise(q).split():
        wanted = wanted.where(
            or_(
                Person.likeness.contains(word, autoescape=True),
                Person.email.contains(word, autoescape=True),
                Person.phone.contains(word, autoescape=True),
            )
        )
    wanted = wanted.options(
        selectinload(Person.affiliations).options(joinedload(Affiliation.organisation))
    )
    order = wanted.order_by(Person.name, Person.id).offset(offset).limit(limit)
    return list(db.session.scalars(order))


def person_by_contact(email: str = "", phone: str = "") -> Person | None:
    """The one person known by this e-mail or phone; None when there is none, or more than one."""
    clauses = [Person.email == email.lower()] if email else []
    clauses += [Person.phone == phone] if phone else []
    if not clauses:
        return None
    wanted = select(Person).where(or_(*clauses), Person.erased_at.is_(None)).limit(2)
    found = db.session.scalars(wanted).all()
    return found[0] if len(found) == 1 else None


def person_of_user(user: User) -> Person | None:
    """The register's entry of somebody with an account."""
    return db.session.scalar(select(Person).where(Person.user_id == user.id))


def own_data(user: User) -> list[Part]:
    """What the register holds about somebody with an account, for their own export."""
    person = person_of_user(user)
    if person is None:
        return []
    plain = ("name", "latin_name", "address_as", "email", "phone", "channel", "language")
    counted = ("country", "actor_group", "sex", "age_band")
    return [
        Part("person", [{name: getattr(person, name) for name in plain + counted}]),
        Part("organisations", [_affiliation(each) for each in person.affiliations]),
        Part("consents", [_consent(each) for each in person.consents]),
    ]


def _affiliation(affiliation: Affiliation) -> dict[str, Any]:
    known = {name: getattr(affiliation, name) for name in ("position", "since", "until")}
    return {"organisation": str(affiliation.organisation.name)} | known


def _consent(consent: Consent) -> dict[str, Any]:
    names = ("purpose", "text_version", "language", "given_at", "withdrawn_at")
    return {name: getattr(consent, name) for name in names}


OWN_DATA.append(own_data)
