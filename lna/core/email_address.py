"""E-mail addresses as people type them, folded to the one form they are stored and found in."""

import re

UNLIKELY = re.compile(r"""["(),:;<>\[\]\\\s]|=\?|\?=""")
LONGEST = 254


def folded(typed: str) -> str | None:
    """The address in lower case, its domain in one form; None if no letter could reach it.

    Quoted local parts, comments and encoded words (RFC 5322, RFC 2047) are refused: they are
    never what somebody meant, and mail programs read them in different ways.
    """
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - loads when first used

    if len(typed) > LONGEST or UNLIKELY.search(typed):
        return None
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None
