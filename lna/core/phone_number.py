"""Phone numbers as people type them, folded to the one form they are stored and found in."""

import re
import unicodedata

from lna.core.typed_text import fold_digits

UNLIKELY = re.compile(r"[^\d\s+()./-]")
INTERNATIONAL = re.compile(r"^00\s*")


def folded(typed: str, country: str = "") -> str | None:
    """The number as E.164 (`+85512345678`); None if nobody could be called under it.

    `country` (ISO 3166-1) says how a number without country code is read, such as the local
    form that begins with 0. Digits may be those of any script.
    """
    import phonenumbers  # noqa: PLC0415 - loads when first used

    text = INTERNATIONAL.sub("+", fold_digits(unicodedata.normalize("NFKC", typed)).strip())
    if UNLIKELY.search(text):
        return None
    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def spaced(number: str) -> str:
    """An E.164 number as it is read aloud: `+855 12 345 678`."""
    import phonenumbers  # noqa: PLC0415 - loads when first used

    international = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(phonenumbers.parse(number), international))
