"""What people type, read as a tree. Every string has a reading; an odd one comes with notes.

Words are AND; OR, NOT and -word; "a phrase"; (groups); beginn*; field:word, field:(a group).
An unspaced run ("land-grabbing", a Khmer sentence) is a phrase. AND binds before OR.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lna.core.search.normalise import normalise
from lna.core.search.reading import Note, Oddity
from lna.core.search.tokens import Token, is_cluster, tokens
from lna.core.search.tree import OPERATORS, And, Facet, Node, Not, Or, Phrase, Span

LONGEST_QUERY = 1000  # signs
MOST_WORDS = 128
DEEPEST_GROUP = 12

# Quotation marks and brackets of other keyboards.
TYPED = str.maketrans(
    dict.fromkeys("“”„‟«»＂〝〞", '"') | {"（": "(", "）": ")", "：": ":", "＊": "*"}
)
LEXEME = re.compile(
    r"""\s+
    | (?P<open>\() | (?P<close>\))
    | (?P<not>-(?=[^\s)-]))
    | (?P<field>[A-Za-z]+)(?P<colon>:(?!//))
    | "(?P<phrase>[^"]*)"(?P<star>\*?)
    | (?P<quote>")
    | (?P<word>[^\s()"]+)""",
    re.VERBOSE,
)
WORD = re.compile(r'[^\s()"]+')
SPAN = re.compile(r"(\d{1,4})?(?:(\.\.|-)(\d{1,4})?)?")
BUDDHIST_YEARS = range(2400, 2701)
BUDDHIST_OFFSET = 543

Resolver = Callable[[str], tuple[str, ...]]


class Lexeme(NamedTuple):
    kind: str
    text: str


@dataclass(frozen=True)
class Query:
    """A query as it was read; without a tree it asks for everything."""

    text: str
    tree: Node | None
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Grammar:
    """The fields a query may name.

    `facets` turn a typed value into the codes it stands for, or into none when it stands for
    nothing; `spans` are fields that hold a number.
    """

    texts: tuple[str, ...] = ()
    facets: Mapping[str, Resolver] = field(default_factory=dict)
    spans: tuple[str, ...] = ()

    def parse(self, text: str) -> Query:
        """The reading of any string; it never fails."""
        typed = text[:LONGEST_QUERY].translate(TYPED)
        parser = _Parser(self, typed)
        tree = parser.group(None, 0)
        if tree is None:  # perhaps nothing but operators: then they are words
            tree = _all([_phrase([token], None, typed) for token in tokens(typed)][:MOST_WORDS])
        if tree is None and text.strip():
            parser.notes.append(Note(Oddity.NO_WORDS))
        if len(text) > LONGEST_QUERY:
            parser.notes.append(Note(Oddity.TOO_LONG))
        return Query(text, tree, tuple(dict.fromkeys(parser.notes)))

    def knows(self, name: str) -> bool:
        return name in self.texts or name in self.facets or name in self.spans


class _Parser:
    """Recursive descent; only brackets recurse, and only so deep."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self.grammar, self.notes = grammar, list[Note]()
        self.lexemes, self.next, self.words = self.lex(text), 0, 0

    def lex(self, text: str) -> list[Lexeme]:
        found, position = list[Lexeme](), 0
        while match := LEXEME.match(text, position):
            kind, value = match.lastgroup or "", match[0]
            if kind == "colon" and not self.grammar.knows(match["field"].lower()):
                self.notes.append(Note(Oddity.FIELD, match["field"]))
                match, kind = WORD.match(text, position) or match, "word"
                value = match[0]
            elif kind == "colon":
                kind, value = "field", match["field"].lower()
            elif kind == "star":
                kind, value = "phrase", match["phrase"] + match["star"]
            elif kind == "word":
                kind = value.lower() if value in OPERATORS else kind
            if kind:
                found.append(Lexeme(kind, value))
            position = match.end()
        return found

    def peek(self) -> str:
        return self.lexemes[self.next].kind if self.next < len(self.lexemes) else ""

    def take(self) -> Lexeme:
        self.next += 1
        return self.lexemes[self.next - 1]

    def odd(self, oddity: Oddity, name: str = "", value: str = "") -> None:
        self.notes.append(Note(oddity, name, value))

    def group(self, name: str | None, depth: int) -> Node | None:
        """Alternatives up to the closing bracket or the end."""
        alternatives: list[list[Node]] = [[]]
        while kind := self.peek():
            if kind == "close" and depth:
                break
            if kind == "close":
                self.odd(Oddity.BRACKETS)
                self.take()
            elif kind in ("and", "or"):
                self.take()
                self.operator(kind, alternatives)
            elif part := self.part(name, depth):
                alternatives[-1].append(part)
        if len(alternatives) > 1 and not alternatives[-1]:
            self.odd(Oddity.OPERATOR)
        return _any([part for parts in alternatives if (part := _all(parts))])

    def operator(self, kind: str, alternatives: list[list[Node]]) -> None:
        if not alternatives[-1] or self.peek() in ("", "close"):
            self.odd(Oddity.OPERATOR)
        elif kind == "or":
            alternatives.append([])

    def part(self, name: str | None, depth: int) -> Node | None:
        """One word, phrase or group, with the NOTs and the field before it."""
        negated, field_name = False, ""
        while (kind := self.peek()) in ("not", "field"):
            lexeme = self.take()
            if kind == "not":
                negated = not negated
            else:
                name = field_name = lexeme.text
        if kind in ("", "close", "and", "or"):
            self.odd(Oddity.FIELD if field_name else Oddity.OPERATOR, field_name)
            return self.leaf(field_name, None)
        node = self.atom(name, depth)
        return _negated(node) if negated and node else node

    def atom(self, name: str | None, depth: int) -> Node | None:
        kind, text = self.take()
        if kind == "quote":
            self.odd(Oddity.QUOTE)
            return None
        if kind != "open":
            return self.leaf(text, name)
        if depth == DEEPEST_GROUP:
            self.odd(Oddity.BRACKETS)
            return None
        node = self.group(name, depth + 1)
        if self.peek() == "close":
            self.take()
        else:
            self.odd(Oddity.BRACKETS)
        return node

    def leaf(self, text: str, name: str | None) -> Node | None:
        if name is None or name in self.grammar.texts:
            return self.phrase(text, name)
        value = text.strip(" ,.;:*")
        if name in self.grammar.spans:
            node: Node | None = self.span(name, text)
        else:
            codes = self.grammar.facets[name](value)
            node = Facet(name, codes, value) if codes else None
        if node is None:
            self.odd(Oddity.VALUE, name, value)
            node = self.phrase(text, None)
        return node

    def span(self, name: str, text: str) -> Span | None:
        match = SPAN.fullmatch(normalise(text).rstrip(" ,;"))
        if match is None or match[1] is match[3] is None:
            return None
        first = int(match[1]) if match[1] else None
        last = int(match[3]) if match[3] else None if match[2] else first
        for year in (first, last):
            if year is not None and year in BUDDHIST_YEARS:
                self.odd(Oddity.BUDDHIST_YEAR, str(year), str(year - BUDDHIST_OFFSET))
        if first is not None and last is not None and first > last:
            first, last = last, first
        return Span(name, first, last)

    def phrase(self, text: str, name: str | None) -> Phrase | None:
        found = list(tokens(text))
        if "*" in text.rstrip("*") and found:
            self.odd(Oddity.STAR)
        if self.words + len(found) > MOST_WORDS:
            self.odd(Oddity.TOO_LONG)
        found = found[: MOST_WORDS - self.words]
        self.words += len(found)
        return _phrase(found, name, text) if found else None


def _phrase(found: Sequence[Token], name: str | None, text: str) -> Phrase:
    typed = text[found[0].start : found[-1].end]
    terms = tuple(token.term for token in found)
    begins = text.endswith("*") and text[found[-1].end :].strip("*") == ""
    if begins and not is_cluster(found[-1].form):
        return Phrase(terms[:-1], name, found[-1].form, typed)
    return Phrase(terms, name, "", typed)


def _all(parts: Sequence[Node]) -> Node | None:
    flat = [leaf for part in parts for leaf in (part.parts if isinstance(part, And) else (part,))]
    return And(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _any(parts: Sequence[Node]) -> Node | None:
    flat = [leaf for part in parts for leaf in (part.parts if isinstance(part, Or) else (part,))]
    return Or(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def _negated(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)
