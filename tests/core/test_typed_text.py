"""Text and numbers as people type them into forms and addresses."""

import pytest

from lna.core.typed_text import number_in

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(("typed", "number"), [("1", 1), ("120", 120), ("១២", 12), ("012", 12)])
def test_a_number_of_an_address_is_read_in_any_script(typed: str, number: int) -> None:
    assert number_in(typed, 500) == number


@pytest.mark.parametrize("typed", ["", "0", "-1", "1.5", "x", "501", "²", "9" * 5000])
def test_what_is_no_number_or_too_large_is_none(typed: str) -> None:
    assert number_in(typed, 500) is None
