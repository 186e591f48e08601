"""Reading single organisations, and lists of them to choose from."""

import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Row, select
from sqlalchemy.orm import selectinload

from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.page import caches
from lna.core.search.normalise import normalise
from lna.core.versions import versions_of
from lna.partners.models import (
    GROUP,
    NETWORK,
    Affiliation,
    Membership,
    Organisation,
    Person,
)
from lna.partners.queries.likeness import likeness_of


def get_organisation(slug: str) -> Organisation:
    """The organisation with its themes and members, or NoResultFound."""
    wanted = (
        select(Organisation)
        .where(Organisation.slug == slug)
        .options(
            selectinload(Organisation.themes),
            selectinload(Organisation.members).joinedload(Membership.member),
        )
    )
    return db.session.scalars(wanted).one()


def organisations_with(ids: Iterable[int]) -> list[Organisation]:
    wanted = set(ids)
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))
    return list(found)


def organisation_by_name(name: str) -> Organisation | None:
    """The one organisation that is called exactly so, in any of its languages or by acronym."""
    form = likeness_of([name])
    if not form:
        return None
    marked = "|" + Organisation.likeness + "|"
    wanted = select(Organisation).where(marked.contains(f"|{form}|", autoescape=True))
    found = db.session.scalars(wanted.limit(2)).all()
    return found[0] if len(found) == 1 else None


def organisation_names() -> dict[int, tuple[str, Multilingual, str, bool]]:
    """Slug, name, acronym and whether it is public, of every organisation; kept in memory."""
    version = versions_of("partners")
    kept = caches().get("organisation_names")
    if kept is None or kept[0] != version:
        columns = Organisation.__table__.c
        rows = db.session.execute(
            select(columns.id, columns.slug, columns.name, columns.acronym, columns.is_public)
        )
        names = {row.id: (row.slug, row.name, row.acronym, row.is_public) for row in rows}
        kept = caches()["organisation_names"] = (version, names)
    found: dict[int, tuple[str, Multilingual, str, bool]] = kept[1]
    return found


def organisation_choices(*kinds: str) -> list[tuple[int, Multilingual]]:
    """Organisations to choose from in a form, of some kinds or of all, by name."""
    wanted = select(Organisation.id, Organisation.name)
    if kinds:
        wanted = wanted.where(Organisation.kind.in_(kinds))
    rows = db.session.execute(wanted).all()
    return sorted(((row.id, row.name) for row in rows), key=lambda row: normalise(str(row[1])))


def network_choices() -> list[tuple[int, Multilingual]]:
    """Existing networks and groups an activity can strengthen (M13)."""
    return organisation_choices(NETWORK, GROUP)


def people_of(organisation: Organisation) -> Sequence[Row[tuple[Person, str]]]:
    """People who belong to it now, with their position."""
    wanted = (
        select(Person, Affiliation.position)
        .join(Affiliation, Affiliation.person_id == Person.id)
        .where(Affiliation.organisation_id == organisation.id, Affiliation.until.is_(None))
        .order_by(Person.name)
    )
    return db.session.execute(wanted).all()


def slug_for(name: str) -> str:
    """A free address for a name: `star-kampuchea`, with a number if it is taken."""
    words = re.findall(r"[a-z0-9]+", normalise(name))
    stem = "-".join(words)[:60].strip("-") or "organisation"
    taken = set(
        db.session.scalars(
            select(Organisation.slug).where(Organisation.slug.startswith(stem, autoescape=True))
        )
    )
    number, slug = 1, stem
    while slug in taken or slug in {"new", "people"}:
        number += 1
        slug = f"{stem}-{number}"
    return slug
