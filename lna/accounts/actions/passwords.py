"""Passwords: how strong one must be, how it is kept, and whether a given one is right.

Hashing is meant to be slow: end the transaction before, so that nobody waits for a lock.
"""

import re
from collections.abc import Iterable
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask_babel import lazy_gettext as _

from lna.accounts.models import User
from lna.accounts.vocabulary import common_passwords
from lna.config import settings
from lna.core.refusal import Refused

LEAST, LEAST_WITH_SECOND_FACTOR, MOST = 15, 8, 256
"""Characters (NIST SP 800-63B, revision 4, 3.1.1.2)."""
HASHER = PasswordHasher(time_cost=3, memory_cost=32 * 1024, parallelism=1)
"""Argon2id (RFC 9106) with 32 MiB; two at a time in a process, so that memory has a bound."""
ONES_OWN_TURN = BoundedSemaphore(2)
NOBODY = (
    "$argon2id$v=19$m=32768,t=3,p=1$bm9ib2R5IGhhcyB0aGlzLg$"
    "8dbkwox8JZhSS3IcbNuT7eY014qtS35FaewjHGkDpSE"
)
"""What an unknown person's password is compared with: it takes as long as a known one's."""


def hashed(password: str) -> str:
    """What may be stored of a password."""
    with ONES_OWN_TURN:
        return HASHER.hash(password)


def is_right(stored: str | None, given: str) -> bool:
    """Whether the password is the stored one; takes the same time when nothing is stored."""
    with ONES_OWN_TURN:
        try:
            HASHER.verify(stored or NOBODY, given[:MOST])
        except VerifyMismatchError:
            return False
    return stored is not None


def least_length(user: User | None) -> int:
    """How long this person's password must be; None is somebody who only just joins."""
    return LEAST_WITH_SECOND_FACTOR if user and user.has_second_factor else LEAST


def check_strength(password: str, least: int, words: Iterable[str] = ()) -> None:
    """Refuse a password that is short, or that is tried first: much used, or made of `words`.

    There are no other rules: any characters, spaces included, in any script.
    """
    if len(password) < least:
        raise Refused(
            _(
                "At least %(least)s characters, you have %(present)s."
                " A sentence only you know is easy to remember.",
                least=least,
                present=len(password),
            )
        )
    if len(password) > MOST:
        raise Refused(
            _(
                "At most %(most)s characters, you have %(present)s.",
                most=MOST,
                present=len(password),
            )
        )
    if _is_tried_first(password, words):
        raise Refused(
            _("This is one of the first passwords somebody would try. Please choose another one.")
        )


def _is_tried_first(password: str, words: Iterable[str]) -> bool:
    plain = re.sub(r"[\s_.,;:&+-]+", "", password.casefold())
    if plain in common_passwords() or _repeats(plain) or _counts(plain):
        return True
    rest = plain
    for word in (settings().site_name, *words):
        for part in re.split(r"[^\w]+|_", word.casefold()):
            rest = rest.replace(part, "") if len(part) > 2 else rest
    return len(rest) < LEAST_WITH_SECOND_FACTOR and rest != plain


def _repeats(text: str) -> bool:
    """`abcabcabc`: one piece of at most a third of the length, again and again."""
    return len(set(text)) < 4 or bool(re.fullmatch(r"(.+?)\1{2,}.?", text))


def _counts(text: str) -> bool:
    """`abcdefgh`, `10987654`: every sign a neighbour of the one before, 9 and 0 as well."""
    steps = {ord(second) - ord(first) for first, second in zip(text, text[1:], strict=False)}
    return steps <= {1, -9} or steps <= {-1, 9}
