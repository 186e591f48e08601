"""Whether a text holds what was searched for: the search tree over prepared tokens."""

from lna.core.search.stems import stem
from lna.core.search.tree import And, Node, Not, Or, Phrase


def padded(tokens: str) -> str:
    """Tokens in a row, so that a phrase is a part of the text with a space at both ends."""
    return f" {tokens} "


def holds(text: str, node: Node | None) -> bool:
    """Whether `padded` tokens match; without a tree everything does."""
    if isinstance(node, And):
        return all(holds(text, part) for part in node.parts)
    if isinstance(node, Or):
        return any(holds(text, part) for part in node.parts)
    if isinstance(node, Not):
        return not holds(text, node.part)
    if isinstance(node, Phrase):
        return _holds_phrase(text, node)
    return True


def _holds_phrase(text: str, phrase: Phrase) -> bool:
    words = " ".join(("", *phrase.terms, phrase.beginning))
    if not phrase.beginning:
        return words in text
    return words in text or padded(" ".join((*phrase.terms, stem(phrase.beginning)))) in text
