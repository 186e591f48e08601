"""What was searched for, marked in the text as it was written; the same on every database.

The answers are pieces `(text, is_hit)`: whoever shows them escapes the text and adds the marks.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import chain, islice

from lna.core.search.normalise import is_attached
from lna.core.search.stems import stem
from lna.core.search.tokens import ASCII_TOKEN, Found, Token, scan
from lna.core.search.tree import Node, Phrase, phrases

Piece = tuple[str, bool]
Range = tuple[int, int]

SNIPPET = 240  # signs of text in a snippet
LEAD = 60  # signs shown before its first hit
ELLIPSIS = "…"
MOST_HITS = 500  # marked in one text; nobody reads on
MOST_COMPARED = 12  # hits among which a snippet looks for its place,
MOST_ALIKE = 4  # or so many when they are all of one word
# Printers' signs that stand for one ASCII sign: texts with only these are read the fast way.
PRINTED = str.maketrans("“”„‘’–—‐‑…«»•·\u00a0\u2009", '"""\'\'----.""..  ')


class Needles:
    """What of a query can be seen in a text of one field."""

    def __init__(self, tree: Node | None, field: str | None = None) -> None:
        self.by_first: dict[str, list[Phrase]] = {}
        beginnings = []
        for phrase in phrases(tree):
            if phrase.field not in (None, field):
                continue
            if phrase.terms:
                self.by_first.setdefault(phrase.terms[0], []).append(phrase)
            else:
                beginnings.append(phrase.beginning)
                self.by_first.setdefault(stem(phrase.beginning), [])
        self.beginnings = tuple(beginnings)
        sizes = [_size(each) for found in self.by_first.values() for each in found]
        self.longest = max(sizes, default=1)
        self.starts = self._starts()

    def ranges(self, text: str) -> Iterator[Range]:
        """Where the hits are in a text, in order, not overlapping."""
        plain = text if text.isascii() else text.translate(PRINTED)
        rows = self._ascii_rows(plain.lower()) if plain.isascii() else self._rows(text)
        done = 0
        for row in rows:
            end = self._end(row)
            if end and row[0].start >= done:
                yield row[0].start, end
                done = end

    def _starts(self) -> list[str]:
        """How words that may begin a hit begin: a stem is its word but for the last letter.

        The few stems that differ more (`sky` of skies, `die` of dying) have three letters.
        """
        firsts = [term[:-1] if len(term) > 3 else term[:1] for term in self.by_first]
        return sorted({start for start in (*firsts, *self.beginnings) if start.isascii()})

    def _ascii_rows(self, text: str) -> Iterator[list[Token]]:
        """The tokens from each place where a hit may begin."""
        places = merge(*(_places(text, start) for start in self.starts))
        for place in places:
            words = islice(ASCII_TOKEN.finditer(text, place), self.longest)
            yield [Token(word["word"], *word.span("word")) for word in words]

    def _rows(self, text: str) -> Iterator[list[Token]]:
        row: deque[Found] = deque()
        for found in chain(scan(text), [None] * (self.longest - 1)):
            if found:
                row.append(found)
            if (len(row) == self.longest or not found) and row:
                form = row[0].form
                if stem(form) in self.by_first or form.startswith(self.beginnings):
                    yield [each.token() for each in row]
                row.popleft()

    def _end(self, row: Sequence[Token]) -> int:
        """Where the hit ends that these tokens begin with; 0 when they begin none."""
        first = row[0]
        if first.form.startswith(self.beginnings):
            return first.end
        found = self.by_first.get(first.term)
        if found is None:
            return 0
        return max((_end(phrase, row) for phrase in found), default=first.end)


def _places(text: str, start: str) -> Iterator[int]:
    """Where words of an ASCII text begin so."""
    place = text.find(start)
    while place >= 0:
        if not place or not text[place - 1].isalnum():
            yield place
        place = text.find(start, place + 1)


def _size(phrase: Phrase) -> int:
    return len(phrase.terms) + bool(phrase.beginning)


def _end(phrase: Phrase, row: Sequence[Token]) -> int:
    size = _size(phrase)
    if len(row) < size or any(a != b.term for a, b in zip(phrase.terms, row, strict=False)):
        return 0
    last = row[size - 1]
    begun = last.form.startswith(phrase.beginning) or last.term == stem(phrase.beginning)
    return last.end if begun else 0


def marked(text: str, needles: Needles) -> list[Piece]:
    """The whole text in pieces."""
    return _pieces(text, 0, len(text), islice(needles.ranges(text), MOST_HITS))


def snippet(text: str, needles: Needles, length: int = SNIPPET) -> list[Piece]:
    """The part of a text with most of what was searched for; its beginning when there is none."""
    most = MOST_COMPARED if len(needles.by_first) > 1 else MOST_ALIKE
    hits = list(islice(needles.ranges(text), most))
    first = _best(text, hits, length)
    start = _boundary(text, max(0, first - LEAD)) if first + length - LEAD < len(text) else 0
    start = max(start, _boundary(text, max(0, min(first - LEAD, len(text) - length))))
    end = _boundary(text, min(len(text), start + length))
    inside = [hit for hit in hits if start <= hit[0] and hit[1] <= end]
    pieces = _pieces(text, start, end, inside)
    before = [(ELLIPSIS, False)] if start else []
    after = [(ELLIPSIS, False)] if end < len(text) else []
    return [*before, *pieces, *after]


def _best(text: str, hits: Sequence[Range], length: int) -> int:
    """Where the hit stands that most different others follow closely."""
    starts = [start for start, _ in hits]
    words = [text[start:end].lower() for start, end in hits]
    best, most = 0, 0
    for at, start in enumerate(starts):
        different = len(set(words[at : bisect_left(starts, start + length - LEAD)]))
        if different > most:
            best, most = start, different
    return best


def _boundary(text: str, place: int) -> int:
    """The place, or a little before it, where no word or cluster is cut."""
    if place in (0, len(text)):
        return place
    space = text.rfind(" ", max(0, place - 20), place)
    if space > 0:
        return space + 1
    while place and is_attached(text, place):
        place -= 1
    return place


def _pieces(text: str, start: int, end: int, hits: Iterable[Range]) -> list[Piece]:
    pieces = []
    for first, last in hits:
        pieces += [(text[start:first], False), (text[first:last], True)]
        start = last
    pieces.append((text[start:end], False))
    return [piece for piece in pieces if piece[0]]
