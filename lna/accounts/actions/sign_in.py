"""Signing in: what is proved at each step, and what follows from it."""

import re

import pyotp
from flask_babel import lazy_gettext as _

from lna.accounts import letters
from lna.accounts.actions.links import issue
from lna.accounts.actions.sessions import open_session
from lna.accounts.models import Link, User
from lna.core import audit, clock, tokens
from lna.core.db import db
from lna.core.refusal import Refused
from lna.core.typed_text import fold_digits

STEP = 30
"""Seconds a code is valid (RFC 6238, 5.2); the one before and the one after are accepted."""


def sign_in(user: User, device: str) -> str:
    """Open a session for somebody who has proved everything; refused while suspended."""
    check_active(user)
    audit.record("signed in", user)
    return open_session(user, device)


def check_active(user: User) -> None:
    if not user.is_active:
        raise Refused(_("This account is suspended. Please write to the people who run the site."))


def ask_for_second_step(user: User) -> str:
    """The first proof is given; the secret to keep until the second one is."""
    check_active(user)
    return issue(Link.SECOND_STEP, user.id)


def pass_second_step(secret: str, code: str) -> User:
    """Check a code of the app or a recovery code; raises `Refused` when it is not right."""
    token = tokens.find(Link.SECOND_STEP, secret)
    if token is None:
        raise Refused(_("This took too long. Please sign in again from the start."))
    user = db.session.get_one(User, int(token.subject), with_for_update=True)
    if not (_uses_code(user, code) or _uses_recovery_code(user, code)):
        raise Refused(_("This code is not right, or was used already."), field="code")
    tokens.end(token)
    return user


def matching_step(totp_secret: str, code: str) -> int | None:
    """The time step a code of an app belongs to, one of the three around now; else None."""
    typed = re.sub(r"\s", "", fold_digits(code))
    if not re.fullmatch(r"[0-9]{6}", typed):
        return None
    generator, now = pyotp.TOTP(totp_secret), int(clock.now().timestamp()) // STEP
    for step in (now, now - 1, now + 1):
        if pyotp.utils.strings_equal(generator.generate_otp(step), typed):
            return step
    return None


def recovery_code_digest(code: str) -> str:
    """What is stored of a recovery code: 80 random bits need no slow hash."""
    return tokens.digest(re.sub(r"[^a-z2-7]", "", code.lower()))


def _uses_code(user: User, code: str) -> bool:
    step = matching_step(user.totp_secret, code) if user.totp_secret else None
    if step is None or step <= (user.totp_last_step or 0):
        return False
    user.totp_last_step = step
    return True


def _uses_recovery_code(user: User, code: str) -> bool:
    used = recovery_code_digest(code)
    if used not in user.recovery_codes:
        return False
    user.recovery_codes = [each for each in user.recovery_codes if each != used]
    letters.recovery_code_used(user)
    audit.record("used a recovery code", user)
    return True
