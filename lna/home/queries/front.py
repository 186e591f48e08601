"""The front page: what happens next, and where."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from lna.activities.criteria import Criteria
from lna.activities.queries import Listed, listed, programme
from lna.activities.queries.labels import place_name
from lna.core.db import db
from lna.core.i18n import country_name, language
from lna.core.vocabulary import provinces
from lna.home.map import Dot, centre, dot
from lna.library.models import Publication
from lna.library.models.keys import title_key
from lna.library.models.publication import PUBLISHED
from lna.library.queries.rows import PublicationRow, publication_rows

SHOWN_NEXT = 6


def upcoming() -> list[Listed]:
    """Every coming public activity, soonest first; those without dates last."""
    known = programme()
    return listed(known, known.places(Criteria(), language()))


def places_of(activities: Sequence[Listed]) -> list[Dot]:
    """A dot for each province, or country where none is named, with how many happen there."""
    there: Counter[tuple[str, str]] = Counter()
    for activity in activities:
        places = activity.places or [(country, "") for country in activity.countries]
        there.update(set(places) if activity.mode != "online" else ())
    return [_dot(country, province, number) for (country, province), number in there.items()]


def countries_of_coming() -> list[tuple[str, int, str]]:
    """Countries by how much is coming there: name, number, and the list of just these."""
    [counts] = programme().counts(Criteria(), ["country"]).values()
    most_first = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        (country_name(code), number, Criteria(country=(code,)).at("/activities"))
        for code, number in most_first
        if number
    ]


def newest_publications(most: int) -> list[PublicationRow]:
    """What was entered into the library last; of equal moments, the latest year first."""
    columns = Publication.__table__.c
    wanted = (
        select(columns.id)
        .where(columns.state == PUBLISHED)
        .order_by(columns.published_at.desc(), columns.year.desc(), columns.id)
        .limit(most)
    )
    return publication_rows(list(db.session.scalars(wanted)))


def publications_titled(title: str) -> list[Publication]:
    """Publications of this title, however it is spelled."""
    wanted = select(Publication).where(Publication.title_key == title_key(title))
    return list(db.session.scalars(wanted))


def _dot(country: str, province: str, number: int) -> Dot:
    known = provinces().get(province)
    where = (known.latitude, known.longitude) if known else centre(country)
    name = place_name(country, province if known else "")
    return dot(*where, number, f"{name}: {number}")
