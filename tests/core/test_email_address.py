"""An address is stored in one form, or refused."""

import pytest

from lna.core.email_address import folded


def test_one_person_has_one_form():
    assert folded("Sok.Dara@Example.ORG") == "sok.dara@example.org"
    assert folded("o'neil@example.org") == "o'neil@example.org"
    assert folded("សុខ@example.org") == "សុខ@example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "nobody",
        "a b@example.org",
        "a@localhost",
        '"a"@example.org',
        "a,b@example.org",
        "a@example.org, b@example.org",
        "=?utf-8?q?a?=@example.org",
        "a@example.org\nBcc: b@example.org",
        "<a@example.org>",
        "a" * 250 + "@example.org",
    ],
)
def test_what_no_letter_reaches_is_refused(typed):
    assert folded(typed) is None
