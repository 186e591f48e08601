"""One form for texts that read the same, and the way back to what was written.

Unicode NFKC, case folded, without invisible signs, digits in ASCII, marks stripped from Latin,
Greek and Cyrillic letters only (a Vietnamese word is found without its marks, a Khmer vowel is
never lost), and the signs of Thai, Lao, Khmer and Burmese in one order, however they were typed.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

# Invisible, and found in the middle of words: zero-width space and joiners, word joiner, byte
# order mark, soft hyphen, inherent Khmer vowels, and the direction marks a copied page carries.
IGNORED = dict.fromkeys(
    [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x17B4, 0x17B5]
    + [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
LETTERS = str.maketrans("đðłøı", "ddloi")  # no mark to strip in these; ð is often typed for đ
STRIPPED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")


def _ranges(signs: Iterable[str]) -> str:
    """Signs in code point order as ranges of a regular expression's character class."""
    runs = groupby(enumerate(signs), lambda pair: ord(pair[1]) - pair[0])
    ends = [[sign for _, sign in run] for _, run in runs]
    return "".join(f"{run[0]}-{run[-1]}" for run in ends)


MARKS = _ranges(c for c in map(chr, range(0x300, 0x20000)) if unicodedata.category(c)[0] == "M")
# Letters that still belong to the sign before them: SARA A and AM, Korean vowels and finals,
# halfwidth kana voice marks.
FOLLOWING_LETTERS = (
    "\u0e32\u0e33\u0eb2\u0eb3\u1160-\u11ff\ud7b0-\ud7fb\u3131-\u318e\uffa0-\uffdc\uff9e\uff9f"
)
INVISIBLE = "".join(map(chr, IGNORED))
ATTACHED = MARKS + FOLLOWING_LETTERS + INVISIBLE
# A sign that is not ASCII with all that is attached to it, and an ASCII sign that has marks,
# normalise on their own.
SUBSCRIPT = rf"\u17d2[{ATTACHED}]*[\u1780-\u17b3]"  # marks typed between change places
GROUP = re.compile(rf"(?:{SUBSCRIPT}|[^\x00-\x7f])(?:{SUBSCRIPT}|[{ATTACHED}])*")
PIECE = re.compile(rf"{GROUP.pattern}|[\x00-\x7f][{ATTACHED}]*")
is_attached = re.compile(f"[{ATTACHED}]").match
CACHED_LENGTH = 16  # longer groups are noise; the cache must stay small


def _signs(*spans: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in spans for code in range(first, last + 1))


# The signs of one consonant in the order they are stored, script by script.
THAI = "\u0e3a\u0e31" + _signs((0xE34, 0xE37), (0xE47, 0xE47), (0xE38, 0xE39), (0xE48, 0xE4C))
THAI += "\u0e4e\u0e4d"
LAO = "\u0eba\u0ebc\u0eb1" + _signs((0xEB4, 0xEB7), (0xEBB, 0xEBB), (0xEB8, 0xEB9), (0xEC8, 0xECD))
KHMER = "\u17c9\u17ca\u17cc" + _signs((0x17B6, 0x17C8), (0x17CB, 0x17CB), (0x17CD, 0x17D1))
BURMESE = (
    _signs((0x103B, 0x103E), (0x1031, 0x1031), (0x102D, 0x102E), (0x1032, 0x1032))
    + _signs((0x102F, 0x1030), (0x102B, 0x102C), (0x1036, 0x1037))
    + "\u103a\u1038"
)
PLACE = {sign: place for script in (THAI, LAO, KHMER, BURMESE) for place, sign in enumerate(script)}
COENG_RO = "\u17d2\u179a"  # drawn before the consonant, so typed before or after other subscripts
RUN = re.compile(
    rf"[{THAI}]{{2,}}|[{LAO}]{{2,}}|(?:\u17d2[\u1780-\u17b3]|[{KHMER}]){{2,}}|[{BURMESE}]{{2,}}"
)
UNIT = re.compile(r"\u17d2.|.")

# Pairs that look like one sign; NFKC takes SARA AM apart, and people type the tone after it.
AM = re.compile(r"\u0e4d\u0e32([\u0e48-\u0e4b]?)|\u0ecd\u0eb2([\u0ec8-\u0ecb]?)")
SAME_LOOK = (
    ("\u17d2\u178a", "\u17d2\u178f"),
    ("\u17b6\u17c1", "\u17c4"),
    ("\u17b8\u17c1", "\u17be"),
)


def normalise(text: str) -> str:
    """The normal form; applying it again changes nothing."""
    return fold(text).text


class Folded:
    """A normal form that knows where each of its signs was written."""

    def __init__(self, text: str, groups: list[tuple[int, int, int, int]]) -> None:
        self.text = text
        self._groups = groups  # (start, end) here and (start, end) there, where they differ
        self._starts = [group[0] for group in groups]

    def written(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text for a non-empty range of the normal form."""
        if not self._groups:
            return start, end
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        if first >= 0:
            _, group_end, there, there_end = self._groups[first]
            start = there if start < group_end else start - group_end + there_end
        if last >= 0:
            _, group_end, _, there_end = self._groups[last]
            end = there_end if end <= group_end else end - group_end + there_end
        return start, end


def fold(text: str) -> Folded:
    """The normal form of a text, with the way back."""
    if text.isascii():
        return Folded(text.lower(), [])
    pieces: list[str] = []
    groups: list[tuple[int, int, int, int]] = []
    done = length = 0
    for match in GROUP.finditer(text):
        start, end = match.span()
        if start > done and is_attached(text, start):
            start -= 1  # the sign these marks are written on is ASCII
        form = _normal_form(text[start:end])
        pieces += (text[done:start].lower(), form)
        length += start - done + len(form)
        if end - start != 1 or len(form) != 1:
            groups.append((length - len(form), length, start, end))
        done = end
    pieces.append(text[done:].lower())
    return Folded("".join(pieces), groups)


def _normal_form(group: str) -> str:
    return _cached_form(group) if len(group) <= CACHED_LENGTH else _settled(group)


@lru_cache(maxsize=16384)
def _cached_form(group: str) -> str:
    return _settled(group)


def _settled(group: str) -> str:
    form = _once(group)
    while (again := "".join(map(_once, PIECE.findall(form)))) != form:
        form = again
    return form


def _once(group: str) -> str:
    text = unicodedata.normalize("NFKC", group.translate(IGNORED))
    text = unicodedata.normalize("NFKD", text.casefold())
    text = _without_marks(text).translate(LETTERS)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = RUN.sub(_in_order, "".join(map(_ascii_digit, text)))
    text = AM.sub(_joined_am, text)
    for pair, sign in SAME_LOOK:
        text = text.replace(pair, sign)
    return text


def _without_marks(decomposed: str) -> str:
    kept, strips = [], False
    for sign in decomposed:
        if unicodedata.category(sign)[0] != "M":
            strips = unicodedata.name(sign, "").startswith(STRIPPED_SCRIPTS)
        elif strips:
            continue
        kept.append(sign)
    return "".join(kept)


def _ascii_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign


def _in_order(run: re.Match[str]) -> str:
    return "".join(sorted(UNIT.findall(run[0]), key=_place))


def _place(unit: str) -> int:
    return PLACE.get(unit, -1 if unit == COENG_RO else -2)


def _joined_am(match: re.Match[str]) -> str:
    thai, lao = match.groups()
    return f"{thai}\u0e33" if thai is not None else f"{lao}\u0eb3"
