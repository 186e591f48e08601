"""What countries, places, themes and LandVoc concepts are called in other languages.

A search for one of these names also looks for the others, and says so.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lna.core.page import caches
from lna.core.search.grammar import Query
from lna.core.search.tokens import terms
from lna.core.search.tree import And, Node, Or, Phrase
from lna.core.vocabulary import COUNTRIES, provinces
from lna.core.vocabulary import HERE as SHARED
from lna.library.vocabulary import HERE
from lna.themes.queries import themes_by_id

NATIVE = {"KH": "km", "LA": "lo", "MM": "my", "VN": "vi", "TH": "th"}
Terms = tuple[str, ...]


class Label(NamedTuple):
    """A name and the language it is in."""

    language: str
    text: str


Groups = dict[Terms, list[tuple[Label, ...]]]


def expanded(query: Query) -> tuple[Node | None, tuple[Label, ...]]:
    """The tree with the other names of what it asks for, and these names.

    Nothing is added to what stands in quotation marks or under a NOT.
    """
    tree, typed = query.tree, query.text
    if tree is None or any(mark in typed for mark in '"“”„«»'):
        return tree, ()
    added: dict[Label, None] = {}
    if _is_plain(tree) and (whole := _with_labels(tree, _terms_of(tree), added)) is not tree:
        return whole, tuple(added)
    return _by_leaves(tree, added), tuple(added)


@cache
def country_labels() -> dict[str, tuple[Label, ...]]:
    """The names of each country by its code; a name in brackets is another one."""
    with (SHARED / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["iso2"]: tuple(
            Label(column[5:], name)
            for column, value in row.items()
            if column.startswith("name_") and column != "name_variants"
            for name in filter(None, (part.strip() for part in re.split(r"[()]", value)))
        )
        for row in rows
    }


@cache
def _groups() -> Groups:
    """All names of a thing by the terms of each; what is called alike shares its terms."""
    found: Groups = {}
    for labels, others in (*_countries(), *_places(), *_concepts()):
        for name in (*(label.text for label in labels), *others):
            found.setdefault(tuple(terms(name)), []).append(labels)
    found.pop((), None)
    return found


def _countries() -> Iterator[tuple[tuple[Label, ...], Iterable[str]]]:
    for code, labels in country_labels().items():
        yield labels, [name for name in COUNTRIES[code].variants if "(" not in name]


def _places() -> Iterator[tuple[tuple[Label, ...], Iterable[str]]]:
    for place in provinces().values():
        if place.country in NATIVE and place.native:
            yield (Label("en", place.name), Label(NATIVE[place.country], place.native)), ()


def _concepts() -> Iterator[tuple[tuple[Label, ...], Iterable[str]]]:
    with Path(HERE / "landvoc.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["en"] and row["fr"]:
                names = (Label("en", row["en"]), Label("fr", row["fr"]))
                yield names, filter(None, row["synonyms_en"].split("|"))


def _labels(called: Terms) -> Iterator[Label]:
    for labels in (*_groups().get(called, ()), *_themes().get(called, ())):
        yield from labels


def _themes() -> Groups:
    """The names of themes that have several, made anew when a theme changes."""
    themes = themes_by_id()
    kept: tuple[object, Groups] = caches().get("theme labels", (None, {}))
    if kept[0] is not themes:
        found: Groups = {}
        for theme in themes.values():
            labels = tuple(Label(code, text) for code, text in theme.name.texts.items())
            for label in labels if len(labels) > 1 else ():
                found.setdefault(tuple(terms(label.text)), []).append(labels)
        kept = caches()["theme labels"] = (themes, found)
    return kept[1]


def _with_labels(node: Node, called: Terms, added: dict[Label, None]) -> Node:
    names = {called: node}
    for label in _labels(called):
        name = tuple(terms(label.text))
        if name not in names:
            names[name] = Phrase(name, text=label.text)
            added[label] = None
    return Or(tuple(names.values())) if len(names) > 1 else node


def _by_leaves(node: Node, added: dict[Label, None]) -> Node:
    if isinstance(node, And | Or):
        parts = tuple(_by_leaves(part, added) for part in node.parts)
        return type(node)(parts)
    if isinstance(node, Phrase) and not node.field and not node.beginning:
        return _with_labels(node, node.terms, added)
    return node


def _is_plain(node: Node) -> bool:
    """Whether the tree is nothing but words to be found together."""
    parts = node.parts if isinstance(node, And) else (node,)
    return all(isinstance(each, Phrase) and not each.field and each.terms for each in parts)


def _terms_of(node: Node) -> Terms:
    parts = node.parts if isinstance(node, And) else (node,)
    return tuple(term for part in parts if isinstance(part, Phrase) for term in part.terms)
