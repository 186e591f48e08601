"""Writing what is known about publications: one or a thousand by the same few statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, update

from lna.core import clock
from lna.core.db import Model, db
from lna.library.actions.indexing import index_publications
from lna.library.models import (
    Creator,
    Details,
    Publication,
    PublicationIdentifier,
    PublicationTerm,
    PublicationTheme,
    table_of,
)
from lna.library.models.keys import creator_key, lengthened, readable_key, title_key
from lna.library.models.publication import (
    CLASS,
    COUNTRY,
    DRAFT,
    KEYWORD,
    LANGUAGE,
    PUBLISHED,
)
from lna.library.queries.matching import ids_by_key
from lna.library.queries.rows import PLAIN
from lna.themes.queries import themes_by_code

RELATED: tuple[type[Model], ...] = (
    Creator,
    PublicationIdentifier,
    PublicationTerm,
    PublicationTheme,
)
TERMS = {LANGUAGE: "languages", COUNTRY: "countries", KEYWORD: "keywords", CLASS: "classes"}


@dataclass(frozen=True, kw_only=True)
class New:
    """A publication to be added and under which circumstances."""

    details: Details
    flags: tuple[str, ...] = ()
    state: str = DRAFT
    origin: str = "hand"
    abstract_public: bool = False
    import_id: int | None = None
    by_id: int | None = None


def insert_publications(news: Sequence[New]) -> list[int]:
    """Add publications; their ids in the same order. The caller announces them."""
    if not news:
        return []
    keys = _free_keys([new.details for new in news])
    rows = [
        _columns(new.details) | _circumstances(new, key)
        for new, key in zip(news, keys, strict=True)
    ]
    db.session.execute(insert(table_of(Publication)), rows)
    ids = ids_by_key(keys)  # one statement, where RETURNING in order is one for each row
    _insert_related({ids[key]: new.details for key, new in zip(keys, news, strict=True)})
    return [ids[key] for key in keys]


def replace_details(wanted: dict[int, Details]) -> None:
    """Say something else about publications, by id; each becomes one version newer."""
    if not wanted:
        return
    now = clock.now()
    for number, details in wanted.items():
        db.session.execute(
            update(Publication)
            .where(Publication.id == number)
            .values(**_columns(details), changed_at=now, version=Publication.version + 1)
        )
    for model in RELATED:
        related = model.__table__.c.publication_id
        db.session.execute(delete(model).where(related.in_(wanted)))
    _insert_related(wanted)


def announce(ids: Sequence[int]) -> None:
    """Let search and every page kept in memory know that these publications changed."""
    index_publications(ids)


def _circumstances(new: New, key: str) -> dict[str, Any]:
    now = clock.now()
    return {
        "key": key,
        "flags": list(new.flags),
        "state": new.state,
        "origin": new.origin,
        "abstract_public": new.abstract_public,
        "import_id": new.import_id,
        "created_by_id": new.by_id,
        "created_at": now,
        "changed_at": now,
        "published_at": now if new.state == PUBLISHED else None,
        "version": 1,
    }


def _columns(details: Details) -> dict[str, Any]:
    return {name: getattr(details, name) for name in PLAIN} | {
        "year": details.year,
        "title_key": title_key(str(details.title)),
        "creator_key": creator_key(details.creators),
    }


def _free_keys(details: Sequence[Details]) -> list[str]:
    wanted = [readable_key(each) for each in details]
    used: Counter[str] = Counter(ids_by_key(set(wanted)).keys())
    keys = []
    for key in wanted:
        keys.append(lengthened(key) if used[key] else key)
        used[key] += 1
    return keys


def _insert_related(wanted: dict[int, Details]) -> None:
    themes = themes_by_code()
    rows: dict[type[Model], list[dict[str, Any]]] = {model: [] for model in RELATED}
    for number, details in wanted.items():
        to = {"publication_id": number}
        rows[Creator] += [
            to | {"position": at} | vars(name) for at, name in enumerate(details.creators)
        ]
        rows[PublicationIdentifier] += [
            to | {"position": at} | vars(each) for at, each in enumerate(details.identifiers)
        ]
        rows[PublicationTerm] += [
            to | {"kind": kind, "code": code, "position": at}
            for kind, field in TERMS.items()
            for at, code in enumerate(getattr(details, field))
        ]
        rows[PublicationTheme] += [
            to | {"theme_id": themes[code].id} for code in details.themes if code in themes
        ]
    for model, values in rows.items():
        if values:
            db.session.execute(insert(table_of(model)), values)
