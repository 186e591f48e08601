"""Which publications a search tree finds: texts by the database, the rest in memory."""

import json
import sys
from array import array
from collections import OrderedDict
from threading import Lock
from typing import Any

from sqlalchemy import text

from lna.core.db import db
from lna.core.page import caches
from lna.core.search.match import (
    fts5,
    fts5_beginning,
    is_beginning,
    is_matchable,
    is_restricting,
    tsquery,
    tsquery_beginning,
)
from lna.core.search.stems import stem
from lna.core.search.tree import And, Facet, Node, Not, Or, Phrase, Span
from lna.library.search.catalogue import Catalogue, mask_of
from lna.library.search.fields import FILTERS

MOST_KEPT = 64
"""Answers kept in memory: the pages and filters of a search ask for the same words again."""

# All ids in one value: rows cost several times as much as the search itself.
IDS = {
    "sqlite": {
        "words": text(
            "SELECT json_group_array(rowid) FROM publication_words_fts"
            " WHERE publication_words_fts MATCH :query"
        ),
        "forms": text(
            "SELECT json_group_array(rowid) FROM publication_forms_fts"
            " WHERE publication_forms_fts MATCH :query"
        ),
    },
    "postgresql": {
        "words": text(
            "SELECT string_agg(int4send(publication_id), ''::bytea) FROM publication_words"
            " WHERE words @@ CAST(:query AS tsquery)"
        ),
        "forms": text(
            "SELECT string_agg(int4send(publication_id), ''::bytea) FROM publication_words"
            " WHERE forms @@ CAST(:query AS tsquery)"
        ),
    },
}
RANKED = {
    "sqlite": text(
        "SELECT rowid, -bm25(publication_words_fts, 10, 6, 4, 1) FROM publication_words_fts"
        " WHERE publication_words_fts MATCH :query"
    ),
    "postgresql": text(
        "SELECT publication_id,"
        " ts_rank(CAST('{0.1, 0.4, 0.6, 1.0}' AS real[]), words, CAST(:query AS tsquery))"
        " FROM publication_words WHERE words @@ CAST(:query AS tsquery)"
    ),
}
# The planner takes reading all vectors for cheap; it is not, they lie apart from their rows.
BY_INDEX = text("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")


class Matches:
    """The latest answers of the database for one state of the catalogue."""

    def __init__(self, present: Catalogue) -> None:
        self.present, self.lock = present, Lock()
        self.answers: OrderedDict[tuple[str, str], int] = OrderedDict()

    def get(self, key: tuple[str, str]) -> int | None:
        with self.lock:
            if key in self.answers:
                self.answers.move_to_end(key)
            return self.answers.get(key)

    def put(self, key: tuple[str, str], found: int) -> None:
        with self.lock:
            self.answers[key] = found
            while len(self.answers) > MOST_KEPT:
                self.answers.popitem(last=False)


def found_by(node: Node, present: Catalogue) -> int:
    """The mask of the publications a tree finds."""
    if is_matchable(node):
        return _found_in("words", node, present)
    if isinstance(node, Phrase):
        return _found_by_beginning(node, present)
    if isinstance(node, Facet):
        return present.any_of(FILTERS[node.field], node.codes)
    if isinstance(node, Span):
        return present.between(node.first, node.last)
    if isinstance(node, Not):
        return present.shown & ~found_by(node.part, present)
    if isinstance(node, Or):
        found = 0
        for part in node.parts:
            found |= found_by(part, present)
        return found
    return _found_by_all(node, present)


def textual(node: Node) -> Node | None:
    """The part of a tree that one expression on the full index answers, if every hit is in it."""
    if is_matchable(node):
        return node
    if not isinstance(node, And) or not any(map(is_matchable, node.parts)):
        return None
    return And(tuple(part for part in node.parts if is_restricting(part)))


def ranks(node: Node) -> dict[int, float]:
    """How well each publication answers a matchable tree, by id; the higher the better."""
    compiled = fts5 if _dialect() == "sqlite" else tsquery
    rows = _execute(RANKED[_dialect()], compiled(node)).all()
    return {number: round(rank, 9) for number, rank in rows}


def _found_by_beginning(phrase: Phrase, present: Catalogue) -> int:
    """Words that begin so, and the word itself in all its forms (`use*` finds using)."""
    found = _found_in("forms", phrase, present)
    begun, whole = phrase.beginning, stem(phrase.beginning)
    if whole != begun or begun.endswith(("e", "i", "y")):  # else all its forms begin so
        found |= _found_in("words", Phrase((whole,), phrase.field), present)
    return found


def _found_by_all(node: And, present: Catalogue) -> int:
    together = textual(node)
    found = found_by(together, present) if together else present.shown
    for part in node.parts:
        if not together or not is_restricting(part):
            found &= found_by(part, present)
    return found


def _found_in(index: str, node: Node, present: Catalogue) -> int:
    matches: Matches | None = caches().get("library matches")
    if matches is None or matches.present is not present:
        matches = caches()["library matches"] = Matches(present)
    query = _compiled(node)
    found = matches.get((index, query))
    if found is None:
        found = _ids(index, query) & present.shown
        matches.put((index, query), found)
    return found


def _compiled(node: Node) -> str:
    sqlite = _dialect() == "sqlite"
    if isinstance(node, Phrase) and is_beginning(node):
        return fts5_beginning(node) if sqlite else tsquery_beginning(node)
    return fts5(node) if sqlite else tsquery(node)


def _ids(index: str, query: str) -> int:
    (answer,) = _execute(IDS[_dialect()][index], query).one()
    if _dialect() == "sqlite":
        return mask_of(json.loads(answer))
    numbers = array("i", answer or b"")
    if sys.byteorder == "little":
        numbers.byteswap()
    return mask_of(numbers.tolist())


def _execute(statement: Any, query: str) -> Any:
    if _dialect() == "postgresql":
        db.session.execute(BY_INDEX)
    return db.session.execute(statement, {"query": query})


def _dialect() -> str:
    return str(db.session.get_bind().dialect.name)
