"""E-mail addresses and phone numbers as people type them, in the one form that is stored."""

import re
import unicodedata

from flask_babel import lazy_gettext as _

from lna.core.refusal import Refused
from lna.core.typed_text import fold_digits

LONGEST_EMAIL = 254


def email_of(text: str) -> str:
    """An address folded to lower case; what cannot be one is `Refused` with the reason.

    Syntax by RFC 5321 and 5322 without quoted local parts, comments or encoded words.
    """
    from email_validator import (  # noqa: PLC0415 - loads when first used
        EmailNotValidError,
        validate_email,
    )

    if len(text) > LONGEST_EMAIL or re.search(r"[\s,\"'<>]|=\?", text):
        raise Refused(_("This is not an e-mail address we can write to."))
    try:
        found = validate_email(text, check_deliverability=False, allow_quoted_local=False)
    except EmailNotValidError as problem:
        raise Refused(_("This is not an e-mail address we can write to.")) from problem
    return str(found.normalized).lower()


def email_key(email: str) -> str:
    """What two spellings of one mailbox share: `Ana+visit@Example.org` is `ana@example.org`.

    Gmail delivers with and without dots, under both of its names.
    """
    local, _at, domain = email.lower().rpartition("@")
    local = local.split("+", 1)[0] or local
    if domain in {"gmail.com", "googlemail.com"}:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if local else email.lower()


def phone_of(text: str, country: str) -> str:
    """A number in E.164 (`+85512345678`); a leading 0 is read as of `country` (ISO 3166-1)."""
    import phonenumbers  # noqa: PLC0415 - loads when first used

    figures = re.sub(r"^00\s*", "+", fold_digits(unicodedata.normalize("NFKC", text)).strip())
    if re.search(r"[^\d\s+()./-]", figures):
        raise Refused(_("This is not a phone number: write it with its country code."))
    try:
        number = phonenumbers.parse(figures, country or None)
    except phonenumbers.NumberParseException as problem:
        raise Refused(_("This is not a phone number: write it with its country code.")) from problem
    if not phonenumbers.is_possible_number(number):
        raise Refused(_("This phone number has too many or too few figures."))
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
