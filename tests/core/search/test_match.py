"""What the gold list must find, and that no query is one a database refuses."""

import sqlite3
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text

from lna.core.db import db
from lna.core.search.grammar import Grammar
from lna.core.search.lexemes import FTS5_TOKENS, Part, fts5_columns, tsvector, written_forms
from lna.core.search.match import (
    fts5,
    fts5_beginning,
    is_beginning,
    is_matchable,
    tsquery,
    tsquery_beginning,
)
from lna.core.search.tree import And, Node, Not, Or, Phrase
from tests.conftest import POSTGRESQL
from tests.core.search.gold import FOUND, TEXTS
from tests.core.search.queries import odd_queries

GRAMMAR = Grammar(texts=("title", "author"))
NAMES = list(TEXTS)
Found = set[str]
postgresql = pytest.mark.skipif(not POSTGRESQL, reason="needs PostgreSQL")


def parts(content: str) -> list[Part]:
    return [Part(content, "A", "title"), Part("Nok Demo", "B", "author", apart=True)]


def answered(node: Node, leaf: Callable[[Node], Found]) -> Found:
    """The tree over sets: leaves, and every part that one expression can answer, by `leaf`."""
    if is_matchable(node) or is_beginning(node):
        return leaf(node)
    if isinstance(node, Not):
        return set(NAMES) - answered(node.part, leaf)
    assert isinstance(node, And | Or)
    sets = [answered(part, leaf) for part in node.parts]
    return set.union(*sets) if isinstance(node, Or) else set.intersection(*sets)


@pytest.fixture(scope="module")
def table() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        f"CREATE VIRTUAL TABLE words USING fts5(a, b, c, d, content='', tokenize=\"{FTS5_TOKENS}\")"
    )
    connection.execute(
        "CREATE VIRTUAL TABLE forms USING fts5(form, content='', detail=none, columnsize=0,"
        f" prefix='1 2 3', tokenize=\"{FTS5_TOKENS}\")"
    )
    for number, content in enumerate(TEXTS.values()):
        columns = fts5_columns(parts(content)).values()
        connection.execute(
            "INSERT INTO words(rowid, a, b, c, d) VALUES (?, ?, ?, ?, ?)", (number, *columns)
        )
        words = " ".join(written_forms(parts(content)))
        connection.execute("INSERT INTO forms(rowid, form) VALUES (?, ?)", (number, words))
    return connection


def in_fts5(table: sqlite3.Connection, node: Node) -> Found:
    where, match = ("words", fts5) if is_matchable(node) else ("forms", fts5_beginning)
    rows = table.execute(f"SELECT rowid FROM {where} WHERE {where} MATCH ?", (match(node),))
    return {NAMES[number] for (number,) in rows}


@pytest.mark.parametrize(("query", "wanted"), FOUND, ids=[query for query, _ in FOUND])
def test_fts5_finds_the_gold_list(table: sqlite3.Connection, query: str, wanted: Found) -> None:
    tree = GRAMMAR.parse(query).tree
    assert tree
    assert answered(tree, lambda node: in_fts5(table, node)) == wanted


def in_postgresql(node: Node) -> Found:
    where, match = ("words", tsquery) if is_matchable(node) else ("forms", tsquery_beginning)
    rows = db.session.execute(
        text(f"SELECT number FROM gold WHERE {where} @@ CAST(:query AS tsquery)"),
        {"query": match(node)},
    )
    return {NAMES[number] for (number,) in rows}


@postgresql
def test_postgresql_finds_the_gold_list(app: Flask) -> None:
    db.session.execute(
        text("CREATE TEMPORARY TABLE gold (number int, words tsvector, forms tsvector)")
    )
    for number, content in enumerate(TEXTS.values()):
        words = " ".join(f"'{form}'" for form in written_forms(parts(content)))
        db.session.execute(
            text("INSERT INTO gold VALUES (:n, CAST(:w AS tsvector), CAST(:f AS tsvector))"),
            {"n": number, "w": tsvector(parts(content)), "f": words},
        )
    for query, wanted in FOUND:
        tree = GRAMMAR.parse(query).tree
        assert tree
        assert answered(tree, in_postgresql) == wanted, query
    db.session.rollback()


def test_a_field_is_searched_alone(table: sqlite3.Connection) -> None:
    def found(query: str) -> Found:
        tree = GRAMMAR.parse(query).tree
        assert tree
        return answered(tree, lambda node: in_fts5(table, node))

    assert found("author:nok") == set(TEXTS)
    assert found("nok") == set()
    assert found('title:"land grabbing"') == {"en-grabbing"}
    assert found("title:ដីធ្លី") == {"km-grabbing"}
    assert found("title:thai*") == {"en-thailand"}
    assert found("author:(demo land)") == set()
    assert found("auth*") == set()
    assert found("titl*") == set()


def test_a_pair_is_not_read_across_what_lies_between() -> None:
    """`land use` and `use policy` in one text do not make `land use policy`."""
    words = fts5_columns([Part("land use, zebras use policy", "A")])["A"]
    assert "land_use" in words
    assert "use_polici" in words
    tree = GRAMMAR.parse('"land use policy"').tree
    assert tree
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE VIRTUAL TABLE t USING fts5(a, tokenize="{FTS5_TOKENS}")')
    connection.execute("INSERT INTO t VALUES (?)", (words,))
    assert not connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (fts5(tree),)).fetchall()


def leaves(node: Node) -> list[Node]:
    if is_matchable(node) or is_beginning(node):
        return [node]
    if isinstance(node, Not):
        return leaves(node.part)
    return [leaf for part in getattr(node, "parts", ()) for leaf in leaves(part)]


@given(odd_queries)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_fts5_takes_every_query(query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f'CREATE VIRTUAL TABLE t USING fts5(a, tokenize="{FTS5_TOKENS}")')
    tree = GRAMMAR.parse(query).tree
    for leaf in leaves(tree) if tree else ():
        match = fts5(leaf) if is_matchable(leaf) else fts5_beginning(leaf)
        connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (match,)).fetchall()


@postgresql
@given(odd_queries)
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_postgresql_takes_every_query(app: Flask, query: str) -> None:
    tree = GRAMMAR.parse(query).tree
    for leaf in leaves(tree) if tree else ():
        match = tsquery(leaf) if is_matchable(leaf) else tsquery_beginning(leaf)
        db.session.execute(text("SELECT CAST(:q AS tsquery)"), {"q": match}).all()


@postgresql
@given(some.text(max_size=200))
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_postgresql_takes_every_text(app: Flask, content: str) -> None:
    db.session.execute(text("SELECT CAST(:w AS tsvector)"), {"w": tsvector(parts(content))}).all()


@given(odd_queries)
@settings(max_examples=300, deadline=None)
def test_every_leaf_is_a_phrase(query: str) -> None:
    tree = GRAMMAR.parse(query).tree
    for leaf in leaves(tree) if tree else ():
        assert is_matchable(leaf) or isinstance(leaf, Phrase)
