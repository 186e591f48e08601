"""Which passwords are taken: long ones that are not tried first, in any script."""

import pytest

from lna.accounts.actions import check_strength, hashed, is_right
from lna.accounts.vocabulary import common_passwords
from lna.core.refusal import Refused

PERSON = ("Sok Dara", "sok.dara@example.org")


@pytest.mark.parametrize(
    "password",
    [
        "rivers carry silt in june",
        "correct fish bicycle staple",
        "aaa bbb ccc ddd eee fff",
        "ទន្លេមេគង្គហូរទៅសមុទ្រ",
        "ແມ່ນ້ຳຂອງໄຫຼລົງສູ່ທະເລ",
        "x7#kQ!9vLp2$mZ8w",
        "x" * 3 + "learning is what alliances are for",
        "é" * 4 + "🚣🐟🌾 boats and rice",
    ],
)
def test_any_long_sentence_of_ones_own_is_taken(password):
    check_strength(password, 15, PERSON)


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "fourteen chars",
        "a" * 257,
        "password1234567",
        "Password Password",
        "qwertyuiopasdfghjkl",
        "123456789012345678",
        "abcdefghijklmnopqrstuvwxyz",
        "zyxwvutsrqponmlkji",
        "abcabcabcabcabcabc",
        "aaaaaaaaaaaaaaaaaaaa",
        "...............",
        "Learning & Alliance",
        "Learning Alliance 2026",
        "sok.dara@example.org",
        "Sok Dara Sok Dara",
        "correct horse battery staple",
    ],
)
def test_what_is_short_or_tried_first_is_refused(password):
    with pytest.raises(Refused) as refusal:
        check_strength(password, 15, PERSON)
    assert password not in str(refusal.value) or not password


def test_with_a_second_factor_eight_characters_are_enough():
    check_strength("kayak#9z", 8, PERSON)
    for known in "password", "iloveyou", "12345678":
        with pytest.raises(Refused):
            check_strength(known, 8, PERSON)


def test_the_refusal_counts():
    with pytest.raises(Refused, match="At least 15 characters, you have 5"):
        check_strength("abcde", 15)


def test_a_password_is_kept_as_argon2id(slow_hashing):
    stored = hashed("rivers carry silt in june")
    assert stored.startswith("$argon2id$v=19$m=32768,t=3,p=1$")
    assert is_right(stored, "rivers carry silt in june")
    assert not is_right(stored, "rivers carry silt in july")
    assert not is_right(None, "rivers carry silt in june")


def test_the_list_of_common_passwords_is_comparable():
    assert len(common_passwords()) > 400
    assert all(each == each.casefold() and len(each) >= 8 for each in common_passwords())
