"""Names and numbers as bibliographies write them, read without turning anyone around."""

import re

from lna.library.models.details import Identifier, Name

DOI = re.compile(r"\b10\.\d{4,9}/[^\s?#;&\"<>]+")
DOI_PAGE = re.compile(r"(?:/(?:abstract|full|pdf|epdf|summary))+/?$")


def name(text: str, role: str = "author") -> Name:
    """A creator from `Family, Given`, `Whole_Name, _`, `Long_Name, (SHORT)` or `Whole Name`.

    Underscores hold a name together; `_` alone stands for "no given name": the rest is literal,
    as is what stands in braces.
    """
    if text.startswith("{") and text.endswith("}"):
        return Name(role=role, literal=_spaced(text[1:-1]))
    left, _, right = (_spaced(part) for part in text.partition(","))
    if not right:
        return Name(role=role, literal=left)
    if right.startswith("(") and right.endswith(")"):
        return Name(role=role, literal=f"{left} {right}")
    if not left:
        return Name(role=role, literal=right)
    return Name(role=role, family=left, given=right)


def _spaced(text: str) -> str:
    return " ".join(text.replace("_", " ").split())


def serial_numbers(text: str) -> tuple[tuple[Identifier, ...], bool]:
    """The ISSNs and ISBNs in a field that sources use for both, and whether all are valid.

    Several are parted by commas, semicolons, line ends or the two signs `\\r` of some exports.
    What is neither is left out and counts as not valid.
    """
    found: dict[Identifier, None] = {}
    valid = True
    text = re.sub(r"\((?:issn|isbn|print|online|electronic)\)", " ", text, flags=re.IGNORECASE)
    for part in re.split(r"[,;\s]+|\\r|\\n", text):
        digits = re.sub(r"[-\u2010-\u2013]", "", part).upper()
        if re.fullmatch(r"\d{7}[\dX]", digits):
            found[Identifier("issn", f"{digits[:4]}-{digits[4:]}")] = None
            valid &= issn_is_valid(digits)
        elif re.fullmatch(r"\d{9}[\dX]|\d{13}", digits):
            found[Identifier("isbn", digits)] = None
            valid &= isbn_is_valid(digits)
        elif part:
            valid = False
    return tuple(found), valid


def issn_is_valid(digits: str) -> bool:
    """Check digit of ISO 3297."""
    values = [10 if sign == "X" else int(sign) for sign in digits]
    return sum(value * (8 - place) for place, value in enumerate(values)) % 11 == 0


def isbn_is_valid(digits: str) -> bool:
    """Check digit of ISO 2108, ten or thirteen digits."""
    values = [10 if sign == "X" else int(sign) for sign in digits]
    if len(values) == 10:
        return sum(value * (10 - place) for place, value in enumerate(values)) % 11 == 0
    return sum(value * (3 if place % 2 else 1) for place, value in enumerate(values)) % 10 == 0


def doi_in(text: str) -> str:
    """The DOI in a text or web address, in lower case, or empty."""
    found = DOI.search(text.replace("%2F", "/").replace("%2f", "/"))
    return DOI_PAGE.sub("", found[0]).rstrip(".,)/").lower() if found else ""
