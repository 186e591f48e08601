"""Every string has a reading; an ordinary one the obvious reading, an odd one notes."""

import pytest
from flask import Flask
from hypothesis import given, settings

from lna.core.search.grammar import Grammar
from lna.core.search.reading import Note, Oddity, sentence
from lna.core.search.tree import And, Facet, Not, Or, Phrase, Span, described, phrases
from tests.core.search.queries import odd_queries

COUNTRIES = {"laos": ("LA",), "lao pdr": ("LA",), "mekong": ("KH", "LA", "MM", "TH", "VN")}
GRAMMAR = Grammar(
    texts=("title", "author", "annotator"),
    facets={"country": lambda value: COUNTRIES.get(value.lower(), ())},
    spans=("year",),
)

READ = [
    ("land", Phrase(("land",))),
    ("Land reforms", And((Phrase(("land",)), Phrase(("reform",))))),
    ("land AND reform", And((Phrase(("land",)), Phrase(("reform",))))),
    ('"land reform"', Phrase(("land", "reform"))),
    ("“land reform”", Phrase(("land", "reform"))),
    ("land-reform", Phrase(("land", "reform"))),
    ("ដីធ្លី", Phrase(("ដី", "ធ្លី"))),
    ("land OR forest", Or((Phrase(("land",)), Phrase(("forest",))))),
    ("or", Phrase(("or",))),
    ("-mining", Not(Phrase(("mine",)))),
    ("land NOT mining", And((Phrase(("land",)), Not(Phrase(("mine",)))))),
    ("NOT NOT land", Phrase(("land",))),
    ("gover*", Phrase((), beginning="gover")),
    ('"land gover*"', Phrase(("land",), beginning="gover")),
    ("ដី*", Phrase(("ដី",))),
    ("title:land", Phrase(("land",), "title")),
    ("Title: land", Phrase(("land",), "title")),
    ('author:"Hall, Derek"', Phrase(("hall", "derek"), "author")),
    ("title:(land OR water)", Or((Phrase(("land",), "title"), Phrase(("water",), "title")))),
    ("country:laos", Facet("country", ("LA",))),
    ('country:"Lao PDR"', Facet("country", ("LA",))),
    ("year:2010..2015", Span("year", 2010, 2015)),
    ("year:2010-2015", Span("year", 2010, 2015)),
    ("year:2015..2010", Span("year", 2010, 2015)),
    ("year:2010..", Span("year", 2010, None)),
    ("year:..2015", Span("year", None, 2015)),
    ("year:២០១៥", Span("year", 2015, 2015)),
    ("http://example.org/land", Phrase(("http", "exampl", "org", "land"))),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=[text for text, _ in READ])
def test_an_ordinary_query_is_read_without_notes(text: str, tree: object) -> None:
    query = GRAMMAR.parse(text)
    assert query.tree == tree
    assert query.notes == ()


ODD = [
    ("", None, []),
    ("   ", None, []),
    ("?!", None, [Oddity.NO_WORDS]),
    ('land "reform law', "land AND reform AND law", [Oddity.QUOTE]),
    ("((land)", "land", [Oddity.BRACKETS]),
    ("land) law", "land AND law", [Oddity.BRACKETS]),
    ("OR land", "land", [Oddity.OPERATOR]),
    ("land AND", "land", [Oddity.OPERATOR]),
    ("AND NOT", '"AND" AND "NOT"', [Oddity.OPERATOR]),
    ("wom*n", '"wom*n"', [Oddity.STAR]),
    ("colour:green", '"colour:green"', [Oddity.FIELD]),
    ("title:", "title", [Oddity.FIELD]),
    ("country:narnia", "narnia", [Oddity.VALUE]),
    ("year:soon", "soon", [Oddity.VALUE]),
    ("year:2558", "year:2558", [Oddity.BUDDHIST_YEAR]),
]


@pytest.mark.parametrize(("text", "reading", "oddities"), ODD)
def test_an_odd_query_is_read_with_notes(
    text: str, reading: str | None, oddities: list[Oddity]
) -> None:
    query = GRAMMAR.parse(text)
    assert (described(query.tree) if query.tree else None) == reading
    assert [note.oddity for note in query.notes] == oddities


def test_a_buddhist_year_is_asked_about() -> None:
    assert GRAMMAR.parse("year:2558").notes == (Note(Oddity.BUDDHIST_YEAR, "2558", "2015"),)


def test_a_text_pasted_whole_is_read_by_its_beginning() -> None:
    query = GRAMMAR.parse("ដីធ្លី" * 400)
    assert Oddity.TOO_LONG in [note.oddity for note in query.notes]
    assert query.tree


@pytest.mark.parametrize("text", ["(" * 900, "-(" * 400, "NOT " * 240 + "x", "title:" * 160 + "x"])
def test_depth_is_bounded(text: str) -> None:
    GRAMMAR.parse(text)


@given(odd_queries)
@settings(max_examples=1000, deadline=None)
def test_any_string_has_a_reading_that_reads_back(text: str) -> None:
    tree = GRAMMAR.parse(text).tree
    if tree:
        again = GRAMMAR.parse(described(tree))
        assert again.tree == tree
        assert len(list(phrases(again.tree))) == len(list(phrases(tree)))


def test_every_note_is_a_sentence(app: Flask) -> None:
    with app.test_request_context():
        for oddity in Oddity:
            assert sentence(Note(oddity, "country", "narnia")).endswith((".", "?"))
