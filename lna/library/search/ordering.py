"""In which order publications are shown; pages are cut out without sorting everything."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice

from lna.core.search.tree import And, Node, Or, Phrase
from lna.library.search.catalogue import Catalogue, ids_by_title, ids_of
from lna.library.search.matching import found_by, ranks, textual

MOST_RANKED = 1000
"""Hits up to which each is weighed (title 10, creators 6, abstract and annotations 4, rest 1).

Above it the hits whose title alone answers come first, then the others, the latest year first.
"""


def in_order(order: str, found: int, tree: Node | None, present: Catalogue) -> Iterator[int]:
    """The ids of a mask by relevance, year, title, or newest in the library; lazily."""
    if order == "title":
        return _marked(ids_by_title(present), found)
    if order == "newest":
        return ids_of(found)
    if order == "relevance" and tree is not None:
        return _by_relevance(found, tree, present)
    return _latest_first([found], present)


def slice_of(ids: Iterable[int], start: int, size: int) -> list[int]:
    return list(islice(ids, start, start + size))


def _by_relevance(found: int, tree: Node, present: Catalogue) -> Iterator[int]:
    texts = textual(tree)
    if texts is not None and found_by(texts, present).bit_count() <= MOST_RANKED:
        return _ranked(found, texts, present)
    in_titles = found & found_by(within_title(tree), present)
    return _latest_first([in_titles, found & ~in_titles], present)


def within_title(node: Node) -> Node:
    """The same search, but for words of the title wherever it may be any text."""
    if isinstance(node, And | Or):
        return type(node)(tuple(map(within_title, node.parts)))
    if isinstance(node, Phrase) and node.field is None:
        return Phrase(node.terms, "title", node.beginning, node.text)
    return node


def _ranked(found: int, texts: Node, present: Catalogue) -> Iterator[int]:
    flags, year_of = bin(found)[:1:-1], present.year_of
    ranked = [
        (rank, year_of[number], number)
        for number, rank in ranks(texts).items()
        if number < len(flags) and flags[number] == "1"
    ]
    return (number for _rank, _year, number in sorted(ranked, reverse=True))


def _latest_first(tiers: Sequence[int], present: Catalogue) -> Iterator[int]:
    """Tier by tier, in each the latest year first, then the newest in the library."""
    for tier in tiers:
        for year in reversed(present.years):
            yield from ids_of(tier & present.by_year[year])


def _marked(ids: Sequence[int], found: int) -> Iterator[int]:
    digits = bin(found)[:1:-1]  # the digit of id 0 first
    known = digits + "0" * (max(ids, default=0) + 1 - len(digits))
    flags = known.encode().translate(bytes.maketrans(b"01", b"\0\1"))
    return compress(ids, map(flags.__getitem__, ids))
