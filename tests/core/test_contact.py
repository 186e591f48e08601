import pytest
from hypothesis import given
from hypothesis import strategies as st

from lna.core.contact import email_key, email_of, phone_of
from lna.core.refusal import Refused

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("012 345 678", "KH", "+85512345678"),
        ("០១២ ៣៤៥ ៦៧៨", "KH", "+85512345678"),
        ("+84 24 3825 2916", "KH", "+842438252916"),
        ("020 5555 1234", "LA", "+8562055551234"),
        ("၀၉ ၂၅၀ ၁၂၃ ၄၅၆", "MM", "+959250123456"),
        ("00855 12 345 678", "LA", "+85512345678"),
        ("＋８５５ (12) 345-678", "", "+85512345678"),
    ],
)
def test_a_local_number_is_read_as_one_of_the_country(typed, country, stored):
    assert phone_of(typed, country) == stored


@pytest.mark.parametrize(
    "typed", ["", "12", "abc", "+999 1", "012 345 678 ext. 3", "0123456789012345678901234"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(Refused):
        phone_of(typed, "KH")


@pytest.mark.parametrize(
    "typed",
    ["", "a", "a@", "@b.org", "a b@c.org", "a@b", "a,b@c.org", "=?utf-8?q?a?=@b.org",
     '"a"@b.org', "a@b.org\r\nBcc: c@d.org", "a" * 250 + "@b.org"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(Refused):
        email_of(typed)


def test_spellings_of_one_mailbox_share_a_key():
    assert email_of("Ana+Visit@Example.ORG") == "ana+visit@example.org"
    assert email_key("Ana+visit@Example.org") == email_key("ana@example.org")
    assert email_key("So.Ph.Al@googlemail.com") == email_key("sophal@gmail.com")
    assert email_key("+a@example.org") != email_key("+b@example.org")


@given(st.text(max_size=300))
def test_any_text_is_stored_or_refused(text):
    for read in (email_of, lambda typed: phone_of(typed, "KH")):
        try:
            stored = read(text)
        except Refused:
            continue
        assert stored.isprintable()
