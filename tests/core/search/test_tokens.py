"""Words are words, clusters are never cut, and each token knows where it was written."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lna.core.search.stems import stem
from lna.core.search.tokens import terms, tokens

CLUSTERS = [
    ("ការធ្វើសម្បទាន", "កា រ ធ្វើ ស ម្ប ទា ន"),
    ("ที่ดินเกาะ น้ำ", "ที่ ดิ น เกาะ น้ำ"),
    ("ການນຳໃຊ້ທີ່ດິນ", "ກາ ນ ນຳ ໃຊ້ ທີ່ ດິ ນ"),
    ("လုပ်ပိုင်ခွင့် အင်္ဂလိပ်", "လုပ် ပိုင် ခွင့် အ င်္ဂ လိပ်"),
    ("土地改革", "土 地 改 革"),
    ("abcខ្មែរ2015", "abc ខ្មែ រ 2015"),
]


@pytest.mark.parametrize(("text", "clusters"), CLUSTERS)
def test_texts_without_spaces_are_read_by_clusters(text: str, clusters: str) -> None:
    assert [text[token.start : token.end] for token in tokens(text)] == clusters.split()


def test_words_are_stemmed_and_lose_a_possessive() -> None:
    assert terms("People’s policies: people's co-management") == [
        "peopl",
        "polici",
        "peopl",
        "co",
        "manag",
    ]


def test_names_joined_by_underscores_are_words() -> None:
    assert terms("Huy_Quynh_Nguyen, _") == ["huy", "quynh", "nguyen"]


def test_words_of_other_scripts_keep_their_marks() -> None:
    assert [token.form for token in tokens("भूमि अधिकार")] == ["भूमि", "अधिकार"]


@given(some.text(max_size=120))
@settings(max_examples=500, deadline=None)
def test_places_are_in_order_and_read_back(text: str) -> None:
    before = 0
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= before or token.end > before
        before = token.start
    long = f"{text} " * 8  # read in pieces
    assert [token.term for token in tokens(long)] == terms(long)


def test_a_stem_is_the_word_but_for_its_end() -> None:
    """What marking relies on: longer stems differ from their words in the last letter at most."""
    for path in Path("lna").rglob("*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.reader(file):
                for token in (token for cell in row for token in tokens(cell)):
                    term = stem(token.form)
                    assert token.form.startswith(term[:-1] if len(term) > 3 else term[:1])
