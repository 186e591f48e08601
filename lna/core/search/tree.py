"""What a query asks for, as a tree; and the tree as text that reads back to the same tree."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """Terms next to each other, in a text field or (None) in all; one word is a phrase of one.

    With `beginning` the phrase goes on with a word that begins so. `text` is what was typed.
    """

    terms: tuple[str, ...]
    field: str | None = None
    beginning: str = ""
    text: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True)
class Facet:
    """Records that carry one of the codes."""

    field: str
    codes: tuple[str, ...]
    text: str = dataclasses.field(default="", compare=False)


@dataclass(frozen=True)
class Span:
    """Records whose number lies between two, both included; None is open."""

    field: str
    first: int | None
    last: int | None


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class And:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    parts: tuple["Node", ...]


OPERATORS = ("AND", "OR", "NOT")
Node = Phrase | Facet | Span | Not | And | Or


def phrases(node: Node | None) -> Iterator[Phrase]:
    """The phrases a hit may hold: all but those under a NOT."""
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from phrases(part)


def described(node: Node) -> str:
    """The query as it was read, with every word and bracket in its place."""
    if isinstance(node, Or):
        return " OR ".join(_bracketed(part, Or) for part in node.parts)
    if isinstance(node, And):
        return " AND ".join(_bracketed(part, And, Or) for part in node.parts)
    if isinstance(node, Not):
        return f"NOT {_bracketed(node.part, And, Or)}"
    return _leaf(node)


def _bracketed(node: Node, *weaker: type) -> str:
    return f"({described(node)})" if isinstance(node, weaker) else described(node)


def _leaf(node: Phrase | Facet | Span) -> str:
    if isinstance(node, Span):
        ends = [str(end) if end is not None else "" for end in (node.first, node.last)]
        return f"{node.field}:{ends[0] if ends[0] == ends[1] else '..'.join(ends)}"
    if isinstance(node, Facet):
        return f'{node.field}:"{node.text}"'
    star = "*" if node.beginning else ""
    is_word = len(node.terms) + bool(node.beginning) == 1 and node.text.isalnum()
    quoted = not is_word or node.text in OPERATORS
    words = f'"{node.text}"{star}' if quoted else f"{node.text}{star}"
    return f"{node.field}:{words}" if node.field else words
