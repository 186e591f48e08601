"""Writing the search index, in the transaction of the change it follows."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, text

from lna.core.db import db
from lna.core.search.lexemes import SEARCH_VERSION, fts5_columns, quoted, tsvector, written_forms
from lna.core.versions import TopicVersion, raise_version
from lna.library.models import Publication, PublicationIndex, PublicationWords
from lna.library.queries import publication_rows
from lna.library.search.document import Document, document_of

BATCH = 500

PUT_WORDS = text(
    "INSERT INTO publication_words_fts (rowid, title, creators, body, other)"
    " VALUES (:id, :title, :creators, :body, :other)"
)
TAKE_WORDS = text(
    "INSERT INTO publication_words_fts"
    " (publication_words_fts, rowid, title, creators, body, other)"
    " VALUES ('delete', :id, :title, :creators, :body, :other)"
)
PUT_FORMS = text("INSERT INTO publication_forms_fts (rowid, form) VALUES (:id, :form)")
TAKE_FORMS = text(
    "INSERT INTO publication_forms_fts (publication_forms_fts, rowid, form)"
    " VALUES ('delete', :id, :form)"
)
FORGET_FTS5 = (
    "INSERT INTO publication_words_fts (publication_words_fts) VALUES ('delete-all')",
    "INSERT INTO publication_forms_fts (publication_forms_fts) VALUES ('delete-all')",
)
PUT_VECTORS = text(
    "INSERT INTO publication_words (publication_id, words, forms)"
    " VALUES (:id, CAST(:words AS tsvector), CAST(:forms AS tsvector))"
)
TIDY = {
    "sqlite": (
        "INSERT INTO publication_words_fts (publication_words_fts) VALUES ('optimize')",
        "INSERT INTO publication_forms_fts (publication_forms_fts) VALUES ('optimize')",
    ),
    "postgresql": (
        "SELECT gin_clean_pending_list('ix_publication_words_words')",
        "SELECT gin_clean_pending_list('ix_publication_words_forms')",
    ),
}

_words = PublicationWords.__table__.c


def index_publications(ids: Sequence[int]) -> None:
    """Make these publications found as they are now, or no longer; raises the version."""
    raise_version("library")
    version = _library_version()
    for some in _batches(ids):
        rows = {row.id: row for row in publication_rows(some)}
        write_documents(
            [
                document_of(rows[number]) if number in rows else Document(number, shown=False)
                for number in some
            ],
            version,
        )


def reindex(told: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Build the whole index anew; how many publications are in it. `told` hears of progress."""
    raise_version("library")
    version = _library_version()
    _forget_all()
    ids = db.session.scalars(select(Publication.id).order_by(Publication.id)).all()
    gone = db.session.scalars(
        select(PublicationIndex.publication_id).where(
            PublicationIndex.publication_id.not_in(select(Publication.id))
        )
    ).all()
    write_documents([Document(number, shown=False) for number in gone], version)
    for done, some in enumerate(_batches(ids)):
        write_documents([document_of(row) for row in publication_rows(some)], version)
        told(min((done + 1) * BATCH, len(ids)), len(ids))
    _tidy()
    return len(ids)


def write_documents(documents: Sequence[Document], version: int) -> None:
    """Put documents in the place of older ones of the same publications."""
    ids = [document.publication_id for document in documents]
    if not ids:
        return
    found = [document for document in documents if document.shown]
    if _dialect() == "sqlite":
        _take_from_fts5(ids)
        _put_into_fts5(found)
    else:
        db.session.execute(delete(PublicationWords).where(_words.publication_id.in_(ids)))
        _put_vectors(found)
    index = PublicationIndex.__table__
    db.session.execute(delete(PublicationIndex).where(index.c.publication_id.in_(ids)))
    db.session.execute(insert(PublicationIndex), [_row(each, version) for each in documents])


def _row(document: Document, version: int) -> dict[str, Any]:
    return {
        "publication_id": document.publication_id,
        "version": version,
        "search_version": SEARCH_VERSION,
        "shown": document.shown,
        "year": document.year,
        "facets": " ".join(f"{name}={code}" for name, code in document.facets),
        "sort_title": document.sort_title,
    }


def _put_into_fts5(documents: Sequence[Document]) -> None:
    rows, put_words, put_forms = [], [], []
    for document in documents:
        number = document.publication_id
        title, creators, body, other = fts5_columns(document.parts).values()
        words = {"title": title, "creators": creators, "body": body, "other": other}
        form = {"form": " ".join(written_forms(document.parts))}
        put_words.append({"id": number, **words})
        put_forms.append({"id": number, **form})
        rows.append({"publication_id": number, "words": _packed(words), "forms": _packed(form)})
    _execute(insert(PublicationWords), rows)
    _execute(PUT_WORDS, put_words)
    _execute(PUT_FORMS, put_forms)


def _take_from_fts5(ids: Sequence[int]) -> None:
    """FTS5 without content forgets a row only when told what is in it."""
    old = db.session.execute(
        select(PublicationWords.__table__).where(_words.publication_id.in_(ids))
    ).all()
    _execute(TAKE_WORDS, [{"id": row.publication_id, **_unpacked(row.words)} for row in old])
    _execute(TAKE_FORMS, [{"id": row.publication_id, **_unpacked(row.forms)} for row in old])
    db.session.execute(delete(PublicationWords).where(_words.publication_id.in_(ids)))


def _put_vectors(documents: Sequence[Document]) -> None:
    _execute(
        PUT_VECTORS,
        [
            {
                "id": document.publication_id,
                "words": tsvector(document.parts),
                "forms": " ".join(map(quoted, written_forms(document.parts))),
            }
            for document in documents
        ],
    )


def _execute(statement: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(statement, rows)


def _forget_all() -> None:
    """Leave nothing of the old index: its lexemes may be of another version."""
    db.session.execute(delete(PublicationWords))
    if _dialect() == "sqlite":
        for statement in FORGET_FTS5:
            db.session.execute(text(statement))


def _tidy() -> None:
    """Merge what many insertions left in pieces."""
    for statement in TIDY[_dialect()]:
        db.session.execute(text(statement))


def _dialect() -> str:
    return str(db.session.get_bind().dialect.name)


def _library_version() -> int:
    """The number this transaction raised the library to."""
    topic = TopicVersion.__table__.c
    return db.session.scalar(select(topic.version).where(topic.topic == "library")) or 0


def _packed(columns: dict[str, str]) -> bytes:
    return zlib.compress(json.dumps(columns, ensure_ascii=False).encode(), 3)


def _unpacked(blob: bytes) -> dict[str, str]:
    columns: dict[str, str] = json.loads(zlib.decompress(blob))
    return columns


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    every = list(dict.fromkeys(ids))
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]
