"""The search index: what the public may find, written with every change of a publication.

The same lexemes go to SQLite's FTS5 and to PostgreSQL's tsvector; which database it is shows
only in how they are kept. The statements of either are here for the migration to run.
"""

from typing import Any

from sqlalchemy import DDL, Index, LargeBinary, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from lna.core.db import Model
from lna.core.search.lexemes import FTS5_TOKENS

# No foreign key: the row of a publication that is gone tells every process that it is gone.
Lexemes = TSVECTOR().with_variant(LargeBinary(), "sqlite")


class PublicationIndex(Model):
    """What lists are filtered, counted and sorted by.

    `version` is that of the library when the row was written, so that what is kept in memory
    follows by reading newer rows. `facets` are `name=code` with spaces between.
    """

    __tablename__ = "publication_index"
    __table_args__ = (Index(None, "version"), Index(None, "sort_title", "publication_id"))

    publication_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    search_version: Mapped[int]
    shown: Mapped[bool]
    year: Mapped[int | None]
    facets: Mapped[str] = mapped_column(default="")
    sort_title: Mapped[str] = mapped_column(default="")


class PublicationWords(Model):
    """What texts are searched by. `words` with places and weights, `forms` as words are written.

    On SQLite both are what went into the FTS5 tables, packed: it takes the same to take it out.
    """

    __tablename__ = "publication_words"

    publication_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[Any] = mapped_column(Lexemes)
    forms: Mapped[Any] = mapped_column(Lexemes)


WORDS, FORMS = "publication_words_fts", "publication_forms_fts"

CREATE_SQLITE = (
    f"CREATE VIRTUAL TABLE {WORDS} USING fts5(title, creators, body, other, content='',"
    f' tokenize="{FTS5_TOKENS}")',
    f"CREATE VIRTUAL TABLE {FORMS} USING fts5(form, content='', detail=none, columnsize=0,"
    f" prefix='1 2 3 4 5', tokenize=\"{FTS5_TOKENS}\")",
)
DROP_SQLITE = tuple(f"DROP TABLE IF EXISTS {table}" for table in (WORDS, FORMS))
# Vectors lie apart from their rows: most searches read the indexes and the ids alone.
CREATE_POSTGRESQL = (
    "ALTER TABLE publication_words ALTER words SET STORAGE EXTERNAL,"
    " ALTER forms SET STORAGE EXTERNAL, SET (toast_tuple_target = 128)",
    "CREATE INDEX ix_publication_words_words ON publication_words USING gin (words)",
    "CREATE INDEX ix_publication_words_forms ON publication_words USING gin (forms)",
)

for _moment, _dialect, _statements in (
    ("after_create", "sqlite", CREATE_SQLITE),
    ("before_drop", "sqlite", DROP_SQLITE),
    ("after_create", "postgresql", CREATE_POSTGRESQL),
):
    for _statement in _statements:
        event.listen(
            PublicationWords.__table__,
            _moment,
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
