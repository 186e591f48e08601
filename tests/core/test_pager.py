"""The links between the pages of a list."""

import pytest

from lna.core.pager import Pager

pytestmark = pytest.mark.pure


def shown(page: int, pages: int) -> list[int | None]:
    return [number for number, _address in Pager(page, pages, str).numbers]


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, None, 9]),
        (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (9, 9, [1, None, 7, 8, 9]),
    ],
)
def test_first_last_and_neighbours_are_linked_by_number(page, pages, numbers):
    assert shown(page, pages) == numbers


def test_the_present_page_is_no_link_and_the_ends_lead_no_further():
    first, last = Pager(1, 2, "?page={}".format), Pager(2, 2, "?page={}".format)
    assert first.numbers == [(1, None), (2, "?page=2")]
    assert (first.previous, first.next) == (None, "?page=2")
    assert (last.previous, last.next) == ("?page=1", None)
    beyond = Pager(9, 2, "?page={}".format)
    assert (beyond.previous, beyond.next) == ("?page=2", None)
