"""Names that look alike, in any script: for a hint, never for a merge."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from lna.core.db import db
from lna.core.search.normalise import normalise
from lna.partners.models import Organisation, Person

ALIKE = 0.55
"""Share of common letter triples from which two names are shown as alike."""
HONORIFICS = set("mr mrs ms dr prof u daw ko ma lok bong thao nang".split())  # noqa: SIM905 - words


@dataclass(frozen=True)
class Likeness:
    """Somebody or something that may be the same, with the share of common letter triples."""

    id: int
    name: str
    detail: str
    share: float


def likeness_of(names: Iterable[str]) -> str:
    """The folded forms of several names of one thing, kept beside it for comparison."""
    folded = (" ".join(normalise(name).split()) for name in names)
    return "|".join(dict.fromkeys(form for form in folded if form))


def like_organisations(names: Iterable[str], but: int | None = None) -> list[Likeness]:
    """Organisations whose name or acronym is like one of these, the likest first."""
    columns = Organisation.__table__.c
    rows = db.session.execute(
        select(columns.id, columns.name, columns.country, columns.likeness)
    ).all()
    known = [(row.id, str(row.name), row.country, row.likeness) for row in rows]
    return _alike(likeness_of(names), known, but)


def like_people(
    names: Iterable[str], *, phone: str = "", email: str = "", but: int | None = None
) -> list[Likeness]:
    """People with a like name in any script, or the same phone or e-mail, the likest first."""
    columns = Person.__table__.c
    rows = db.session.execute(
        select(
            columns.id,
            columns.name,
            columns.country,
            columns.likeness,
            columns.phone,
            columns.email,
        ).where(columns.erased_at.is_(None))
    ).all()
    same = {
        row.id
        for row in rows
        if (phone and row.phone == phone) or (email and row.email == email.lower())
    }
    known = [(row.id, row.name, row.country, row.likeness) for row in rows]
    certain = [Likeness(id, name, country, 1.0) for id, name, country, _ in known if id in same]
    alike = _alike(likeness_of(names), [row for row in known if row[0] not in same], but)
    return [one for one in certain if one.id != but] + alike


def _alike(
    wanted: str, known: Iterable[tuple[int, str, str, str]], but: int | None
) -> list[Likeness]:
    asked = [_triples(form) for form in wanted.split("|") if form]
    found = []
    for id, name, detail, forms in known:
        if id == but or not forms:
            continue
        shares = [_share(mine, _triples(form)) for form in forms.split("|") for mine in asked]
        if (share := max(shares, default=0.0)) >= ALIKE:
            found.append(Likeness(id, name, detail, share))
    return sorted(found, key=lambda one: (-one.share, one.name))[:5]


def _triples(form: str) -> frozenset[str]:
    words = [word for word in form.split() if word not in HONORIFICS] or form.split()
    padded = f"  {' '.join(sorted(words))} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)
