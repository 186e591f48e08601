"""Hits are marked in the text as it was written, whatever form they were searched in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from lna.core.search.grammar import Grammar
from lna.core.search.highlight import SNIPPET, Needles, marked, snippet
from tests.core.search.gold import FOUND, TEXTS
from tests.core.search.queries import odd_queries

GRAMMAR = Grammar(texts=("title", "author"))


def needles(query: str, field: str | None = None) -> Needles:
    return Needles(GRAMMAR.parse(query).tree, field)


def shown(query: str, text: str, field: str | None = None) -> str:
    return "".join(
        f"[{piece}]" if hit else piece for piece, hit in marked(text, needles(query, field))
    )


@pytest.mark.parametrize(
    ("query", "text", "wanted"),
    [
        ("policy", "Policies and policy", "[Policies] and [policy]"),
        ("land", "Land in Thailand, land’s end", "[Land] in Thailand, [land]’s end"),
        ('"land use"', "Land: use of land", "[Land: use] of land"),
        ("land-use", "The use of land", "The use of land"),
        ("gover*", "Governance by government", "[Governance] by [government]"),
        ('"land gover*"', "land governance, governance", "[land governance], governance"),
        ("skies dying", "The sky may die", "The [sky] may [die]"),
        ("dat", "Quyền sử dụng đất", "Quyền sử dụng [đất]"),
        ("ដីធ្លី", "រំលោភយកដី\u200bធ្លីនៅ", "រំលោភយក[ដី\u200bធ្លី]នៅ"),
        ("ນຳໃຊ້", "ການນ\u0ecd\u0eb2ໃຊ້", "ການ[ນ\u0ecd\u0eb2ໃຊ້]"),
        ("2002", "ឆ្នាំ២០០២", "ឆ្នាំ[២០០២]"),
        ("land -mining", "land and mining", "[land] and mining"),
        ("a", "<b>a</b>", "<b>[a]</b>"),
    ],
)
def test_hits_are_marked_as_they_are_written(query: str, text: str, wanted: str) -> None:
    assert shown(query, text) == wanted


def test_a_word_of_another_field_is_not_marked() -> None:
    assert shown("title:land water", "land and water", "title") == "[land] and [water]"
    assert shown("title:land water", "land and water") == "land and [water]"


@pytest.mark.parametrize(("query", "found"), FOUND, ids=[query for query, _ in FOUND])
def test_whatever_is_found_is_marked(query: str, found: set[str]) -> None:
    for name in found:
        assert "[" in shown(query, TEXTS[name])


def test_a_snippet_shows_where_the_words_meet() -> None:
    text = "land " + "and so on " * 60 + "where land is under water " + "and so on " * 60
    pieces = snippet(text, needles("land water"))
    assert ("water", True) in pieces
    assert pieces[0] == ("…", False)
    assert pieces[-1] == ("…", False)
    assert len("".join(piece for piece, _ in pieces)) <= SNIPPET + 2


def test_a_snippet_without_a_hit_is_the_beginning() -> None:
    assert snippet("Two villages. " * 40, needles("zebra"))[0][0].startswith("Two villages.")


def test_a_short_text_is_shown_whole() -> None:
    assert snippet("Two villages.", needles("villages")) == [
        ("Two ", False),
        ("villages", True),
        (".", False),
    ]


def test_a_snippet_never_cuts_a_cluster() -> None:
    text = "សម្បទានដីសេដ្ឋកិច្ច" * 60
    for piece, _ in snippet(text, needles("កិច្ច")):
        assert piece == "…" or piece[0] not in "ម្បាដេីិ"


@given(odd_queries, some.one_of(some.sampled_from(sorted(TEXTS.values())), some.text(max_size=400)))
@settings(max_examples=500, deadline=None)
def test_pieces_are_the_text(query: str, text: str) -> None:
    looked_for = needles(query)
    assert "".join(piece for piece, _ in marked(text, looked_for)) == text
    assert "".join(piece for piece, _ in snippet(text, looked_for)).strip("…") in text
