"""What the public finds in the library, in which order, and what it must never find."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, update

from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.library.actions.indexing import index_publications, reindex
from lna.library.actions.storing import announce, replace_details
from lna.library.cli import reindex as reindex_command
from lna.library.criteria import Criteria, Years
from lna.library.models import Annotation, Name, Publication, PublicationIndex
from lna.library.search import choices, found_ids, matching, number_not_indexed, ordering, search
from lna.library.search.catalogue import catalogue, ids_of, mask_of
from lna.library.search.fields import GRAMMAR
from tests.core.search.gold import FOUND, TEXTS
from tests.core.search.queries import odd_queries
from tests.library.factories import make_annotation, make_details, make_publication


def published(title: str = "Two villages", **fields: Any) -> Publication:
    publication = make_publication(title=title, **fields)
    announce([publication.id])
    return publication


def titles(q: str = "", **criteria: Any) -> list[str]:
    return [hit.full_title for hit in search(Criteria(q=q, **criteria)).hits]


def test_the_gold_list_is_found_in_the_library() -> None:
    ids = {published(text).id: name for name, text in TEXTS.items()}
    for query, wanted in FOUND:
        tree = GRAMMAR.parse(query).tree
        assert tree
        found = matching.found_by(tree, catalogue())
        assert {ids[number] for number in ids_of(found)} == wanted, query


def test_every_public_text_is_searched() -> None:
    publication = published(
        "Rubber",
        creators=(Name(family="Nguyễn", given="Hoa"), Name(literal="Land Watch")),
        container="Journal of Upland Studies",
        publisher="Two Rivers Press",
        keywords=("plantation",),
        abstract=Multilingual("en", {"en": "Smallholders lost fields.", "lo": "ທີ່ດິນ"}),
        abstract_public=True,
        date="2015-06",
    )
    make_annotation(publication, research_basis="Forty interviews", overall_relevance="Debt")
    announce([publication.id])
    for q in ("rubber", "nguyen", "watch", "upland", "rivers", "plantations", "smallholder",
              "ທີ່ດິນ", "2015", "interview", "debt", "title:rubber", "author:hoa",
              "annotator:somphone", "interv*"):  # fmt: skip
        assert titles(q) == ["Rubber"], q
    for q in ("zebra", "somphone", "title:interviews", "author:rubber", "hoax"):
        assert titles(q) == [], q


def test_a_beginning_finds_what_its_word_finds() -> None:
    published("Using rubber")
    published("The policy of a country")
    for word in ("use", "policies", "countries", "rubber"):
        assert set(titles(word)) <= set(titles(f"{word}*")), word
    assert titles("us*") == ["Using rubber"]
    assert titles("policyx*") == []


def test_what_is_not_published_is_not_found() -> None:
    published("Shown")
    published("Hidden draft", state="draft")
    withdrawn = published("Hidden later")
    withdrawn.state = "withdrawn"
    db.session.flush()
    announce([withdrawn.id])
    result = search(Criteria())
    assert [hit.full_title for hit in result.hits] == ["Shown"]
    assert result.counts["type"] == {"report": 1}
    assert titles("hidden") == []


def test_an_abstract_not_for_everybody_leaves_no_trace() -> None:
    secret = Multilingual.of("The whistleblower lives in Attapeu.")
    publication = published("Concessions", abstract=secret)
    assert titles("whistleblower") == []
    assert titles("whistleb*") == []
    assert search(Criteria(q="concessions")).hits[0].snippet == ()

    publication.abstract_public = True
    db.session.flush()
    announce([publication.id])
    hit = search(Criteria(q="whistleblower")).hits[0]
    assert ("whistleblower", True) in hit.snippet

    publication.abstract_public = False
    db.session.flush()
    announce([publication.id])
    assert titles("whistleblower") == []
    assert search(Criteria(q="concessions")).hits[0].snippet == ()


@pytest.mark.parametrize("state", ["draft", "in_review", "withdrawn"])
def test_an_annotation_is_found_while_it_is_published(state: str) -> None:
    publication = published("Concessions")
    annotation = make_annotation(publication, research_basis="Forty households")
    announce([publication.id])
    result = search(Criteria(q="households"))
    assert result.hits[0].is_annotated
    assert ("households", True) in result.hits[0].snippet
    assert result.counts["annotated"] == {"1": 1}

    db.session.execute(update(Annotation).where(Annotation.id == annotation.id).values(state=state))
    announce([publication.id])
    assert titles("households") == []
    assert search(Criteria()).counts["annotated"] == {"0": 1}


def test_filters_are_or_within_and_and_between() -> None:
    published("A", countries=("KH",), themes=("FDI",), type="book")
    published("B", countries=("KH", "LA"), themes=("Gender",))
    published("C", countries=("LA",), themes=("FDI", "Gender"))
    assert set(titles(country=("KH",))) == {"A", "B"}
    assert set(titles(country=("KH", "LA"))) == {"A", "B", "C"}
    assert set(titles(country=("LA",), theme=("FDI",))) == {"C"}
    assert set(titles("country:laos theme:FDI OR type:book")) == {"A", "C"}
    assert set(titles("-country:cambodia")) == {"C"}


def test_a_filter_is_counted_without_itself() -> None:
    published("A", countries=("KH",), themes=("FDI",), date="2010")
    published("B", countries=("KH", "LA"), themes=("Gender",), date="2012")
    published("C", countries=("LA",), themes=("FDI",), date="")
    result = search(Criteria(country=("KH",), year=Years(2011, None)))
    assert result.total == 1
    assert result.counts["country"] == {"KH": 1, "LA": 1}
    assert result.counts["theme"] == {"Gender": 1}
    assert result.years == ((2010, 1), (2012, 1))
    everything = search(Criteria())
    assert everything.counts["theme"] == {"FDI": 2, "Gender": 1}
    assert everything.counts["country"] == {"KH": 2, "LA": 2}


def test_a_theme_of_the_strategy_stands_for_its_key_themes() -> None:
    published("A", themes=("Environment",))
    published("B", themes=("Gender",))
    assert titles(theme=("community-forestry",)) == ["A"]
    assert titles('theme:"Community and social forestry"') == ["A"]
    assert {"type", "theme", "country", "language", "access"} == set(choices())


def test_names_in_other_languages_are_searched_too() -> None:
    published("ដីនៅកម្ពុជា")
    published("Land in Cambodia")
    result = search(Criteria(q="Cambodia"))
    assert result.total == 2
    assert ("km", "កម្ពុជា") in result.also
    assert search(Criteria(q="កម្ពុជា")).total == 2
    assert search(Criteria(q="land cambodia")).total == 1
    assert search(Criteria(q="-cambodia")).also == ()
    quoted = search(Criteria(q='"Cambodia"'))
    assert (quoted.total, quoted.also) == (1, ())


def test_a_concept_of_several_words_is_searched_in_french_too() -> None:
    published("Régime foncier : la tenure foncière au Laos")
    result = search(Criteria(q="land tenure"))
    assert result.total == 1
    assert ("fr", "tenure foncière") in result.also


def test_titles_count_more_than_texts_and_the_latest_year_decides() -> None:
    abstract = Multilingual.of("All about rubber, and rubber again.")
    published("Trees", abstract=abstract, abstract_public=True, date="2019")
    published("Rubber", date="2001")
    published("Rubber", date="2005")
    years = [hit.year for hit in search(Criteria(q="rubber")).hits]
    assert years == [2005, 2001, 2019]


def test_among_very_many_hits_titles_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    abstract = Multilingual.of("Rubber rubber rubber")
    for year in ("2003", "2019", "2011"):
        published("Trees", abstract=abstract, abstract_public=True, date=year)
        published("A long title in which rubber is one of many words", date=year)
    monkeypatch.setattr(ordering, "MOST_RANKED", 2)
    years = [hit.year for hit in search(Criteria(q="rubber")).hits]
    assert years == [2019, 2011, 2003, 2019, 2011, 2003]


def test_orders() -> None:
    for title, date in (("Zebras", "2010"), ("ant", ""), ("“Bees”", "2012"), ("đất", "2011")):
        published(title, date=date)
    assert titles(sort="title") == ["ant", "“Bees”", "đất", "Zebras"]
    assert titles(sort="year") == ["“Bees”", "đất", "Zebras", "ant"]
    assert titles(sort="newest") == ["đất", "“Bees”", "ant", "Zebras"]
    assert titles("a* OR z* OR đất", sort="title") == ["ant", "đất", "Zebras"]


@pytest.mark.parametrize("sort", ["relevance", "year", "title", "newest"])
def test_pages_hold_everything_once(sort: str) -> None:
    for number in range(7):
        published(f"Land {number % 3}", date=str(2010 + number % 2))
    criteria = Criteria(q="land", sort=sort)
    pages = [search(criteria.but(page=number), size=3) for number in (1, 2, 3)]
    assert [len(each.hits) for each in pages] == [3, 3, 1]
    assert [hit.id for each in pages for hit in each.hits] == found_ids(criteria)
    assert search(criteria.but(page=99), size=3).criteria.page == 3


def test_an_edit_is_followed_at_once() -> None:
    publication = published("Old words", countries=("KH",))
    other = published("Other")
    assert titles("old") == ["Old words"]
    replace_details({publication.id: make_details(title="New words", countries=("LA",))})
    announce([publication.id])
    assert titles("old") == []
    assert titles("ol*") == []
    assert titles("new") == ["New words"]
    assert search(Criteria()).counts["country"] == {"LA": 1}
    db.session.delete(other)
    db.session.flush()
    announce([other.id])
    assert titles() == ["New words"]


def test_what_was_rolled_back_is_not_remembered() -> None:
    published("Kept")
    db.session.commit()
    assert titles() == ["Kept"]
    published("Never")
    assert titles("never") == ["Never"]
    db.session.rollback()
    assert titles("never") == []
    published("Other")
    db.session.commit()
    assert titles("never") == []
    assert set(titles()) == {"Kept", "Other"}


def test_memory_follows_what_others_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a commit only the newer rows are read; the answer is that of reading everything."""
    first = published("First", countries=("KH",))
    published("Second", countries=("KH", "LA"), date="2001")
    db.session.commit()
    before = catalogue()
    replace_details({first.id: make_details(title="First", countries=("VN",), date="1999")})
    announce([first.id])
    gone = published("Third", state="withdrawn")
    db.session.commit()
    after = catalogue()
    assert after.version > before.version
    assert after.masks["country"]["KH"] == before.masks["country"]["KH"] & ~(1 << first.id)
    assert after.years == (1999, 2001)
    assert not after.shown >> gone.id & 1


def test_reindexing_changes_no_answer() -> None:
    for text in TEXTS.values():
        published(text)
    db.session.commit()
    before = {query: found_ids(Criteria(q=query)) for query, _ in FOUND}
    told: list[tuple[int, int]] = []
    assert reindex(lambda done, of: told.append((done, of))) == len(TEXTS)
    db.session.commit()
    assert told == [(len(TEXTS), len(TEXTS))]
    assert {query: found_ids(Criteria(q=query)) for query, _ in FOUND} == before


def test_reindexing_from_the_terminal_takes_in_what_was_missed(app: Flask) -> None:
    make_publication(title="Land")
    db.session.execute(delete(PublicationIndex))  # as an upgrade leaves it
    db.session.commit()
    assert number_not_indexed() == 1
    result = app.test_cli_runner().invoke(reindex_command)
    assert (result.exit_code, result.output) == (0, "1 of 1 …\n1 publications are indexed.\n")
    assert number_not_indexed() == 0
    assert titles("land") == ["Land"]


def test_indexing_twice_is_indexing_once() -> None:
    publication = published("Land")
    index_publications([publication.id, publication.id])
    assert search(Criteria(q="land")).total == 1


def test_a_page_of_hits_costs_the_same_however_many_there_are(
    statements: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    def cost() -> int:
        with statements() as seen:
            search(Criteria(q="land laos", country=("KH",)))
        return len(seen)

    published("Land in Laos", countries=("KH",))
    db.session.commit()
    search(Criteria(q="warm"))
    one = cost()
    for _ in range(29):
        published("Land in Laos", countries=("KH",))
    db.session.commit()
    search(Criteria(q="warm"))
    assert cost() == one


def test_odd_searches_say_how_they_were_read() -> None:
    published("Land and water")
    assert search(Criteria(q="land water")).reading == ""
    assert search(Criteria(q="land -fire")).reading == "land AND NOT fire"
    odd = search(Criteria(q='"land (water'))
    assert odd.total == 1
    assert len(odd.query.notes) == 2
    assert search(Criteria(q="?!")).total == 1


@given(odd_queries)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_string_is_answered(query: str) -> None:
    if not catalogue().shown:
        published("Land policies of 2015 in ដីធ្លី")
        db.session.commit()
    for sort in ("", "title"):
        result = search(Criteria(q=query, sort=sort))
        assert result.total in (0, 1)


@pytest.mark.pure
def test_masks_stand_for_their_ids() -> None:
    assert list(ids_of(mask_of([1, 5, 700]))) == [700, 5, 1]
    assert mask_of([]) == 0
    assert list(ids_of(0)) == []
