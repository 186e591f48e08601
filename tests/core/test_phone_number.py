"""A number is stored in one form, whichever way and in whichever digits it was typed."""

import pytest

from lna.core.phone_number import folded, spaced

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("012 345 678", "KH", "+85512345678"),
        ("០១២ ៣៤៥ ៦៧៨", "KH", "+85512345678"),
        ("020 5555 1234", "LA", "+8562055551234"),
        ("၀၉ ၁၂၃ ၄၅၆ ၇၈၉", "MM", "+959123456789"),
        ("0912 345 678", "VN", "+84912345678"),
        ("081-234-5678", "TH", "+66812345678"),
        ("+855 (12) 345-678", "", "+85512345678"),
        ("00855 12 345 678", "LA", "+85512345678"),
        ("＋８５５ 12 345 678", "", "+85512345678"),
    ],
)
def test_one_number_has_one_form(typed, country, stored):
    assert folded(typed, country) == stored


@pytest.mark.parametrize(
    "typed", ["", "012 345 678", "12", "sok dara", "+855 12 345 678 ext. 3", "+1" * 40, "9" * 400]
)
def test_what_cannot_be_called_is_refused(typed):
    assert folded(typed) is None


def test_a_number_is_shown_in_groups():
    assert spaced("+85512345678") == "+855 12 345 678"
