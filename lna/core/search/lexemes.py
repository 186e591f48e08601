"""What is written into an index: the same lexemes for SQLite's FTS5 and PostgreSQL's tsvector.

Beside each term stand, where they help, `a_b` for two terms next to each other (a phrase of two
is then one look-up; phrases of frequent words and of clusters would be slow without) and
`:title:a` for a term of a text that can be searched by itself. `_` alone is a gap.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lna.core.search.tokens import forms, is_cluster, terms

SEARCH_VERSION = 1
"""Rises when the same text would give other lexemes; an index of an older version is rebuilt."""

WEIGHTS = "ABCD"
GAP = "_"
# Both limits are PostgreSQL's; what lies beyond is found, but not as part of a phrase.
LAST_POSITION = 16383
MOST_POSITIONS = 255


class Part(NamedTuple):
    """A text of a record and how much it weighs, from A to D.

    With `field` it can be searched alone; with `apart` it is found only there.
    """

    text: str
    weight: str
    field: str = ""
    apart: bool = False


@cache
def frequent_terms() -> frozenset[str]:
    """Stems met so often that a phrase of two of them deserves a lexeme of its own.

    The words of English, of academic abstracts and of the field that stand in one text of ten:
    what two of them share is half the library, and much to read for a phrase of both.
    """
    return frozenset((Path(__file__).parent / "frequent_terms.txt").read_text().split())


def pairs(found: Sequence[str]) -> list[str]:
    """For each term but the last, the lexeme of it and the next, or empty if there is none."""
    frequent = frequent_terms()
    kinds = [
        1 if term in frequent else 2 if not term.isascii() and is_cluster(term) else 0
        for term in found
    ]
    return [
        f"{found[at]}{GAP}{found[at + 1]}" if kind and kind == kinds[at + 1] else ""
        for at, kind in enumerate(kinds[:-1])
    ]


def fts5_columns(parts: Sequence[Part]) -> dict[str, str]:
    """By weight, what goes into the columns of an FTS5 table with the tokenizer `FTS5_TOKENS`."""
    columns: dict[str, list[str]] = {weight: [] for weight in WEIGHTS}
    for part in parts:
        found = terms(part.text)
        chains = _chains(found)
        into = columns[part.weight]
        if not part.apart:
            into += [*found, GAP, *chains]
        if part.field:
            into += [*_within(part.field, found), GAP, *_within(part.field, chains)]
    return {weight: " ".join(words) for weight, words in columns.items()}


FTS5_TOKENS = "ascii tokenchars ':_'"


def tsvector(parts: Sequence[Part]) -> str:
    """The text of a tsvector, every lexeme quoted, with its places and weights."""
    places: dict[str, list[str]] = {}
    position = 0
    for part in parts:
        found = terms(part.text)
        for term, pair in zip(found, ["", *pairs(found)], strict=False):
            position += 1
            place = f"{min(position, LAST_POSITION)}{part.weight}"
            for lexeme in _named(part, [term, pair] if pair else [term]):
                places.setdefault(lexeme, []).append(place)
        position += 1
    return " ".join(f"{quoted(one)}:{','.join(at[:MOST_POSITIONS])}" for one, at in places.items())


def written_forms(parts: Iterable[Part]) -> list[str]:
    """Every word as it is written (in its normal form), for searches by a beginning."""
    found: set[str] = set()
    for part in parts:
        words = [form for form in forms(part.text) if not is_cluster(form)]
        found.update(_named(part, words))
    return sorted(found)


def quoted(lexeme: str) -> str:
    """A lexeme as a literal of tsvector and tsquery."""
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def named(field: str | None, lexeme: str) -> str:
    """The lexeme of a term in one field, or in any; no beginning of a word is that of a field."""
    return f":{field}:{lexeme}" if field else lexeme


def _named(part: Part, lexemes: list[str]) -> list[str]:
    own = [] if part.apart else lexemes
    return own + _within(part.field, lexemes) if part.field else own


def _within(field: str, lexemes: list[str]) -> list[str]:
    return [lexeme if lexeme == GAP else named(field, lexeme) for lexeme in lexemes]


def _chains(found: Sequence[str]) -> list[str]:
    """The pairs of a text, with one gap wherever they do not overlap."""
    chains: list[str] = []
    for pair in (*pairs(found), ""):
        if pair or (chains and chains[-1] != GAP):
            chains.append(pair or GAP)
    return chains
