"""A query string becomes one choice, and one choice becomes one address."""

from datetime import date
from itertools import permutations
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from lna.activities.criteria import MANY, ORDER, Bad, Criteria

pytestmark = pytest.mark.pure

CHOICES = {name: {"LA", "VN", "training", "gender"} for name in MANY}


def read(query: str) -> tuple[Criteria, tuple[Bad, ...]]:
    return Criteria.read(MultiDict(parse_qsl(query, keep_blank_values=True)), CHOICES)


def test_equal_filters_have_one_address_however_they_are_typed():
    parts = ["country=VN", "country=LA", "type=training", "q=land"]
    addresses = {read("&".join(order))[0].at("/activities") for order in permutations(parts)}
    assert addresses == {"/activities?q=land&country=LA&country=VN&type=training"}
    assert read("country=LA&country=LA&when=coming&sort=soonest&page=1&q=")[0].at("/a") == (
        "/a?country=LA"
    )


def test_nothing_chosen_is_the_plain_address():
    criteria, bad = read("")
    assert (criteria, bad, criteria.at("/activities")) == (Criteria(), (), "/activities")
    assert not criteria.is_filtered
    assert not read("sort=title&page=3")[0].is_filtered


def test_an_unknown_parameter_does_not_count():
    assert read("utm_source=mail&lang=km&country=LA") == (Criteria(country=("LA",)), ())


def test_a_bad_value_is_named_and_left_out():
    criteria, bad = read(
        "country=LA&country=XX&open=maybe&from=30.2.2027&to=2568-01-01&sort=best&page=0&when=soon"
    )
    assert criteria == Criteria(country=("LA",))
    assert set(bad) == {
        Bad("country", "XX"),
        Bad("open", "maybe"),
        Bad("from", "30.2.2027"),
        Bad("to", "2568-01-01"),
        Bad("sort", "best"),
        Bad("page", "0"),
        Bad("when", "soon"),
    }


def test_coming_is_meant_unless_days_are_given():
    assert read("")[0].period == "coming"
    assert read("from=2015-01-01")[0].period == "all"
    assert read("from=2015-01-01&when=coming")[0].period == "coming"
    assert read("when=past")[0].order == "latest"
    assert read("")[0].order == "soonest"


def test_another_choice_starts_on_the_first_page():
    criteria = read("country=LA&page=3")[0]
    assert criteria.but(sort="title").page == 1
    assert criteria.without("country", "LA") == Criteria()
    assert criteria.at("/a") == "/a?country=LA&page=3"
    assert Criteria(country=("LA",)).at("/calendar?month=2027-02") == (
        "/calendar?month=2027-02&country=LA"
    )


def test_digits_of_any_script_are_read():
    criteria, bad = read("page=၂&from=២០២៧-០២-០៩")
    assert (criteria.page, criteria.first, bad) == (2, date(2027, 2, 9), ())


@given(st.lists(st.tuples(st.sampled_from([*ORDER, "x"]), st.text(max_size=30)), max_size=12))
def test_every_query_string_has_a_reading_that_reads_back_the_same(pairs):
    criteria, _ = Criteria.read(MultiDict(pairs), CHOICES)
    again, bad = read(urlsplit(criteria.at("/activities")).query)
    assert (again, bad) == (criteria, ())


@pytest.mark.parametrize("page", ["-1", "1e3", "²", "99999999999999999999", "1_0", "nan", " "])
def test_an_odd_page_is_the_first(page):
    assert read(f"page={page}")[0].page == 1
