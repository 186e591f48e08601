"""The keys of a publication: the one in its address, and those by which it is found again."""

import re
import secrets
import unicodedata
from collections.abc import Iterable

from lna.core.search.normalise import MARKS, normalise
from lna.library.models.details import Details, Name

BETWEEN_WORDS = re.compile(rf"[^\w{MARKS}]+|_+")
LONGEST_TITLE_KEY = 300
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
COMMON = {"the", "and", "for", "with", "from", "into", "this", "that", "how", "what", "why", "who"}


def title_key(title: str) -> str:
    """One form for titles that read the same: case, marks, punctuation, `&` for `and`."""
    plain = normalise(title.replace("&", " and "))
    return " ".join(BETWEEN_WORDS.sub(" ", plain).split())[:LONGEST_TITLE_KEY]


def creator_key(creators: Iterable[Name]) -> str:
    """The words of the first creator's name, in one order however the name was turned."""
    first = next(iter(creators), None)
    return " ".join(sorted(set(title_key(first.inverted).split()))) if first else ""


def may_be_same_creator(one: str, other: str) -> bool:
    """Whether two creator keys share a whole word; nothing speaks against a missing name."""
    if not one or not other:
        return True
    words = {word for word in one.split() if len(word) > 1} or set(one.split())
    return not words.isdisjoint(other.split())


def readable_key(details: Details) -> str:
    """`hirsch-2015-political`: who, when, the first telling word; ASCII, and maybe taken."""
    names = [name.first for name in details.creators]
    words = [_ascii(word) for word in title_key(str(details.title)).split()]
    telling = [word for word in words if len(word) > 2 and word not in COMMON]
    who = _ascii(names[0])[:24].strip("-") if names else ""
    parts = (who or "anon", str(details.year or "nd"), *telling[:1])
    return "-".join(part for part in parts if part)


def lengthened(key: str) -> str:
    """A key that is free, from one that is taken."""
    return f"{key}-{''.join(secrets.choice(ALPHABET) for _ in range(4))}"


def _ascii(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
    plain = letters.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
