"""A search tree as an FTS5 MATCH string or a tsquery, made of lexemes, never of typed text.

Two kinds of leaves are not for the full index: facets and spans, which no lexeme stands for, and
a beginning alone, which is looked up among the forms of words. Neither is a NOT by itself.
"""

from collections.abc import Callable, Sequence

from lna.core.search.lexemes import named, pairs, quoted
from lna.core.search.stems import stem
from lna.core.search.tree import And, Node, Not, Or, Phrase


def is_beginning(node: Node) -> bool:
    """Whether the node is the beginning of a word, in no phrase."""
    return isinstance(node, Phrase) and not node.terms


def is_matchable(node: Node) -> bool:
    """Whether one MATCH or tsquery on the full index can answer the node."""
    if isinstance(node, Phrase):
        return bool(node.terms)
    if isinstance(node, Or):
        return all(is_matchable(part) for part in node.parts)
    if isinstance(node, And):
        return any(map(is_matchable, node.parts)) and all(map(is_restricting, node.parts))
    return False


def is_restricting(node: Node) -> bool:
    """Whether the node can stand beside a matchable one: it is one, or the NOT of one."""
    return is_matchable(node.part if isinstance(node, Not) else node)


def fts5(node: Node) -> str:
    """The MATCH expression of a matchable node."""
    if isinstance(node, Phrase):
        return _fts5_phrase(node)
    if isinstance(node, Or):
        return f"({' OR '.join(map(fts5, node.parts))})"
    wanted, unwanted = _sides(node, fts5)
    found = " AND ".join(wanted)
    return f"(({found}) NOT ({' OR '.join(unwanted)}))" if unwanted else f"({found})"


def tsquery(node: Node) -> str:
    """The text of the tsquery of a matchable node."""
    if isinstance(node, Phrase):
        return _tsquery_phrase(node)
    if isinstance(node, Or):
        return f"({' | '.join(map(tsquery, node.parts))})"
    wanted, unwanted = _sides(node, tsquery)
    return f"({' & '.join([*wanted, *(f'!{part}' for part in unwanted)])})"


def fts5_beginning(phrase: Phrase) -> str:
    """The MATCH expression of a beginning, for a table of forms."""
    return f"{_fts5_string([named(phrase.field, phrase.beginning)])} *"


def tsquery_beginning(phrase: Phrase) -> str:
    """The tsquery of a beginning, for a vector of forms."""
    return f"{quoted(named(phrase.field, phrase.beginning))}:*"


def _sides(node: Node, compiled: Callable[[Node], str]) -> tuple[list[str], list[str]]:
    parts = node.parts if isinstance(node, And) else ()
    wanted = [compiled(part) for part in parts if not isinstance(part, Not)]
    return wanted, [compiled(part.part) for part in parts if isinstance(part, Not)]


def _fts5_phrase(phrase: Phrase) -> str:
    if phrase.beginning:
        words = [named(phrase.field, term) for term in phrase.terms]
        begun = _fts5_string([*words, named(phrase.field, phrase.beginning)])
        whole = _fts5_string([*words, named(phrase.field, stem(phrase.beginning))])
        return f"({begun} * OR {whole})"
    joined = _pairs(phrase)
    if joined and len(joined) == len(phrase.terms) - 1:
        return _fts5_string(joined)
    return _fts5_string([named(phrase.field, term) for term in phrase.terms])


def _tsquery_phrase(phrase: Phrase) -> str:
    words = [quoted(named(phrase.field, term)) for term in phrase.terms]
    joined = [quoted(pair) for pair in _pairs(phrase)]
    if phrase.beginning:
        begun, whole = phrase.beginning, stem(phrase.beginning)
        last = f"({quoted(named(phrase.field, begun))}:* | {quoted(named(phrase.field, whole))})"
        return f"({' & '.join([*joined, ' <-> '.join([*words, last])])})"
    if len(words) == 1:
        return words[0]
    if len(words) == 2 and joined:
        return joined[0]
    return f"({' & '.join([*joined, ' <-> '.join(words)])})"


def _pairs(phrase: Phrase) -> list[str]:
    return [named(phrase.field, pair) for pair in pairs(phrase.terms) if pair]


def _fts5_string(words: Sequence[str]) -> str:
    text = " ".join(words).replace('"', '""')
    return f'"{text}"'
