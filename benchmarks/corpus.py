"""Invented publications of any number: the words of our own lists, as often as words are used."""

import csv
import random
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, count

from lna.core.search.lexemes import Part, frequent_terms
from lna.core.search.normalise import normalise
from lna.core.vocabulary import provinces
from lna.library.search.document import AUTHOR, BODY, CREATORS, TITLE, Document
from lna.library.vocabulary import ACCESS_LABELS, HERE, KEY_THEMES, TYPE_LABELS

WORDS = 20_000
"""Different words; the n-th is used 1/n as often as the first (Zipf), as in real texts."""
COUNTRIES = ("KH", "LA", "MM", "VN", "TH", "regional")
UNSPACED = {"KH": "km", "LA": "lo", "MM": "my", "TH": "th"}
SYLLABLES = [a + b for a in ("b", "ch", *"dgklmnprstv") for b in (*"aeiou", "an")]


@dataclass(frozen=True)
class Made:
    """A publication: what is indexed of it, and what its rows hold."""

    document: Document
    title: str
    abstract: str
    creators: tuple[tuple[str, str], ...]
    language: str


class Corpus:
    """The same publications in the same order for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.words = self._words()
        self.shares = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        self.local = {code: self._native(country) for country, code in UNSPACED.items()}

    def word(self, share: float) -> str:
        """The word at a share of all use: 0 is the most used, .99 one of the rare."""
        return self.words[bisect_left(self.shares, share * self.shares[-1])]

    def publications(self) -> Iterator[Made]:
        for number in count(1):
            yield self._made(number)

    def text(self, words: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.shares, k=words))

    def unspaced(self, language: str, words: int) -> str:
        return "".join(self.random.choices(self.local[language], k=words))

    def _made(self, number: int) -> Made:
        choice, chance = self.random.choice, self.random.random
        title, abstract, language = self.text(9), self.text(45), "en"
        if chance() < 0.1:
            language = choice(tuple(self.local))
            title = f"{self.unspaced(language, 4)} {self.text(4)}"
            abstract = f"{self.unspaced(language, 15)} {self.text(25)}"
        creators = tuple(
            (self.word(0.5 + chance() / 2).title(), choice(SYLLABLES).title())
            for _ in range(self.random.randint(1, 3))
        )
        names = (Part(f"{family}, {given}", CREATORS, AUTHOR) for family, given in creators)
        facets = {
            ("type", choice(tuple(TYPE_LABELS))): None,
            ("access", choice(tuple(ACCESS_LABELS))): None,
            ("annotated", "1" if chance() < 0.3 else "0"): None,
            ("language", language): None,
            ("country", choice(COUNTRIES)): None,
            **{("theme", choice(KEY_THEMES)): None for _ in range(3)},
        }
        document = Document(
            publication_id=number,
            shown=True,
            year=2024 - int(35 * chance() ** 2),
            facets=tuple(facets),
            sort_title=normalise(title),
            parts=(Part(title, TITLE, "title"), *names, Part(abstract, BODY)),
        )
        return Made(document, title, abstract, creators, language)

    def _words(self) -> list[str]:
        with (HERE / "landvoc.csv").open(encoding="utf-8") as file:
            labels = " ".join(row["en"] for row in csv.DictReader(file)).lower()
        ours: dict[str, None] = {}
        for known in (sorted(frequent_terms()), sorted(set(re.findall("[a-z]+", labels)))):
            self.random.shuffle(known)
            ours |= dict.fromkeys(known)
        while len(ours) < WORDS:
            ours["".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4)))] = None
        return list(ours)

    def _native(self, country: str) -> list[str]:
        return [place.native for place in provinces().values() if place.country == country]
