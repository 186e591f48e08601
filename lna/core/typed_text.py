"""What people type: cleaned of what cannot be stored, and warned about, never cut."""

import re
import unicodedata
from typing import Any

UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile("[\\s\u200b-\u200d\u2060\ufeff\u00ad]+")


def clean(value: Any) -> Any:
    """Text without what no database keeps, in NFC, trimmed; other values as they are."""
    if not isinstance(value, str):
        return value
    text = UNSTORABLE.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text).strip()
    return "" if not INVISIBLE.sub("", text) else text


def fold_digits(text: str) -> str:
    """Khmer, Burmese, Lao, Thai and other decimal digits as ASCII ones."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def number_in(text: str, most: int) -> int | None:
    """A number from 1 to `most` in an address, digits of any script; None for anything else."""
    digits = fold_digits(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))):
        return None
    return int(digits) if 0 < int(digits) <= most else None
