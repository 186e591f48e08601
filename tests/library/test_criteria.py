"""A choice of publications and its address are the same thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict
from werkzeug.urls import uri_to_iri

from lna.library.criteria import Bad, Criteria, Years

pytestmark = pytest.mark.pure
CHOICES = {
    "type": {"report", "book"},
    "theme": {"FDI", "Gender"},
    "country": {"KH", "LA"},
    "language": {"en", "km"},
    "access": {"available"},
}


def read(query: str) -> tuple[Criteria, tuple[Bad, ...]]:
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return Criteria.read(MultiDict((name, value) for name, _, value in pairs), CHOICES)


def test_equal_choices_have_one_address() -> None:
    criteria, bad = read("page=2&country=LA&country=KH&q=land&country=LA&sort=relevance")
    assert criteria.at("/library") == "/library?q=land&country=KH&country=LA&page=2"
    assert bad == ()


def test_what_is_not_known_is_left_out_and_said() -> None:
    criteria, bad = read("country=XX&type=report&sort=best&page=0&annotated=yes&year=soon&x=1")
    assert criteria == Criteria(type=("report",))
    assert {each.name for each in bad} == {"country", "sort", "page", "annotated", "year"}


@pytest.mark.parametrize(
    ("typed", "years", "address"),
    [
        ("2015", Years(2015, 2015), "2015"),
        ("2010..2015", Years(2010, 2015), "2010..2015"),
        ("2015-2010", Years(2010, 2015), "2010..2015"),
        ("2010..", Years(2010, None), "2010.."),
        ("..2015", Years(None, 2015), "..2015"),
        ("២០១៥", Years(2015, 2015), "2015"),
    ],
)
def test_years(typed: str, years: Years, address: str) -> None:
    criteria, bad = read(f"year={typed}")
    assert criteria.year == years
    assert criteria.to_query() == f"year={address}"
    assert bad == ()


def test_a_change_leads_to_the_first_page() -> None:
    criteria = Criteria(q="land", country=("KH",), page=3)
    assert criteria.adding("country", "LA").country == ("KH", "LA")
    assert criteria.without("country", "KH") == Criteria(q="land")
    assert criteria.but(page=4).page == 4


def test_the_usual_order_is_not_said() -> None:
    assert Criteria().order == "year"
    assert Criteria(q="land").order == "relevance"
    assert Criteria(q="land").but(sort="relevance") == Criteria(q="land")
    assert Criteria(sort="title").is_filtered is False
    assert Criteria(annotated="0").is_filtered is True


criteria_of_all_kinds = some.builds(
    Criteria,
    q=some.sampled_from(["", "land", "ដីធ្លី & “law”", "a=b&c"]),
    type=some.sampled_from([(), ("report",), ("book", "report")]),
    country=some.sampled_from([(), ("KH", "LA")]),
    year=some.sampled_from([None, Years(2010, None), Years(2010, 2015)]),
    annotated=some.sampled_from(["", "0", "1"]),
    sort=some.sampled_from(["", "title", "newest"]),
    page=some.integers(1, 90),
)


@given(criteria_of_all_kinds)
def test_an_address_reads_back(criteria: Criteria) -> None:
    query = criteria.pairs
    assert Criteria.read(MultiDict(query), CHOICES) == (criteria, ())
    assert uri_to_iri(criteria.at("/library")).startswith("/library")
