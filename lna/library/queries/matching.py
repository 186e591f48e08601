"""What is already here: publications that entries of a file may be."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lna.core.db import db
from lna.library.models import Publication, PublicationIdentifier

PUBLICATION, NUMBER = Publication.__table__.c, PublicationIdentifier.__table__.c
MATCHED_BY = (
    PUBLICATION.id,
    PUBLICATION.key,
    PUBLICATION.title_key,
    PUBLICATION.year,
    PUBLICATION.creator_key,
)


@dataclass(frozen=True)
class Known:
    """A publication of ours by what it is recognised by."""

    id: int
    key: str
    title_key: str
    year: int | None
    creator_key: str


@dataclass(frozen=True)
class Candidates:
    """Publications of ours by DOI, by the source's number, by folded title."""

    by_doi: dict[str, list[Known]]
    by_source: dict[str, list[Known]]
    by_title: dict[str, list[Known]]


def candidates(
    dois: Collection[str], sources: Collection[str], titles: Collection[str]
) -> Candidates:
    """Whatever shares a DOI, a source's number or a folded title; two statements."""
    numbered: dict[str, dict[str, list[Known]]] = {
        "doi": defaultdict(list),
        "source": defaultdict(list),
    }
    wanted = (
        select(*MATCHED_BY, NUMBER.kind, NUMBER.value)
        .join_from(PublicationIdentifier, Publication, PUBLICATION.id == NUMBER.publication_id)
        .where(NUMBER.kind.in_(numbered), NUMBER.value.in_({*dois, *sources}))
    )
    for row in db.session.execute(wanted):
        numbered[row.kind][row.value].append(_known(row))
    titled: dict[str, list[Known]] = defaultdict(list)
    for row in db.session.execute(select(*MATCHED_BY).where(PUBLICATION.title_key.in_(titles))):
        titled[row.title_key].append(_known(row))
    return Candidates(numbered["doi"], numbered["source"], titled)


def ids_by_key(keys: Collection[str]) -> dict[str, int]:
    """The ids of the publications that have these keys."""
    found = select(PUBLICATION.key, PUBLICATION.id).where(PUBLICATION.key.in_(keys))
    return dict(db.session.execute(found).tuples().all())


def _known(row: Any) -> Known:
    return Known(row.id, row.key, row.title_key, row.year, row.creator_key)
