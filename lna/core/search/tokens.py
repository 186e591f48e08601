"""Texts and queries as tokens, each with its place in the text as it was written.

Thai, Lao, Khmer and Burmese are written without spaces; their unit here is the orthographic
cluster (a consonant with all its signs), which needs no dictionary and never cuts a sign off.
Chinese and Japanese are read sign by sign, all other scripts word by word, English stemmed.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from lna.core.search.normalise import MARKS, Folded, fold
from lna.core.search.stems import stem

PIECE = 300  # signs read at a time
LONGEST_TERM = 64  # signs; what is longer is no word, and is cut alike in texts and queries


class Token(NamedTuple):
    """A word or cluster in its normal form, and the range of the original text it stands for."""

    form: str
    start: int
    end: int

    @property
    def term(self) -> str:
        """What is compared and indexed."""
        return stem(self.form)


def _block(*ranges: tuple[int, int]) -> tuple[str, str]:
    """The letters and the marks of some blocks, as they go into a character class."""
    signs = [chr(code) for first, last in ranges for code in range(first, last + 1)]
    categories = [(sign, unicodedata.category(sign)[0]) for sign in signs]
    return (
        "".join(sign for sign, category in categories if category in "LN"),
        "".join(sign for sign, category in categories if category == "M"),
    )


KHMER, KHMER_MARKS = _block((0x1780, 0x17DF))
BURMESE, BURMESE_MARKS = _block((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))
VIRAMA, ASAT = "\u1039", "\u103a"
THAI = (
    "[\u0e40-\u0e44]?[\u0e01-\u0e2f][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33\u0e45]*"
)
LAO = (
    "[\u0ec0-\u0ec4]?[\u0e81-\u0eae\u0edc-\u0edf][\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]*"
    "[\u0eb0\u0eb2\u0eb3\u0ebd]*"
)
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17df\ua9e0-\ua9ff\uaa60-\uaa7f"
SINGLE = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

WORD = rf"(?:[^\W_{UNSPACED}{SINGLE}][{MARKS}]*)+"
CLUSTER = (
    rf"{THAI}|{LAO}|[{KHMER}](?:\u17d2[{KHMER}]|[{KHMER_MARKS}])*"
    rf"|[{BURMESE}](?:{VIRAMA}[{BURMESE}]|[{BURMESE_MARKS}])*"
    rf"(?:[{BURMESE}]\u1037?{ASAT}(?!{VIRAMA})[{BURMESE_MARKS}]*)*"
    rf"|[^\W_]"  # Chinese, and stray vowels
)
TOKEN = re.compile(rf"(?P<word>[a-z0-9]++(?![^\x00-\x7f])|{WORD})(?:['’]s(?![^\W_]))?|{CLUSTER}")
ASCII_TOKEN = re.compile(r"(?P<word>[a-z0-9]+)(?:'s(?![a-z0-9]))?")
is_cluster = re.compile(f"[{UNSPACED}{SINGLE}]").match


class Found(NamedTuple):
    """A token before anybody asked where it is: its place is in a part of the text, folded."""

    form: str
    at: int
    begin: int
    folded: Folded

    def token(self) -> Token:
        start, end = self.folded.written(self.at, self.at + len(self.form))
        return Token(self.form[:LONGEST_TERM], self.begin + start, self.begin + end)


def scan(text: str) -> Iterator[Found]:
    """The tokens of a text in reading order, lazily: who stops early has not read it all."""
    for begin, piece in _pieces(text):
        folded = fold(piece)
        pattern = ASCII_TOKEN if folded.text.isascii() else TOKEN
        for match in pattern.finditer(folded.text):
            yield Found(match["word"] or match[0], match.start(), begin, folded)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a text in reading order, each with its place."""
    return (found.token() for found in scan(text))


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces that begin with a space: no token goes on across one."""
    begin = 0
    while (cut := text.find(" ", begin + PIECE)) > 0:
        yield begin, text[begin:cut]
        begin = cut
    yield begin, text[begin:]


def forms(text: str) -> list[str]:
    """The forms of a text in reading order; cheaper than `tokens` where places do not matter."""
    normal = text.lower() if text.isascii() else fold(text).text
    pattern = ASCII_TOKEN if normal.isascii() else TOKEN
    return [(match["word"] or match[0])[:LONGEST_TERM] for match in pattern.finditer(normal)]


def terms(text: str) -> list[str]:
    """The terms of a text in reading order."""
    return list(map(stem, forms(text)))
