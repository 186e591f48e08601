"""Setting and removing the second factor: codes of an app (TOTP, RFC 6238), recovery codes."""

import base64
import secrets

import pyotp
from flask_babel import lazy_gettext as _

from lna.accounts import letters
from lna.accounts.actions.passwords import LEAST
from lna.accounts.actions.sessions import end_sessions
from lna.accounts.actions.sign_in import matching_step, recovery_code_digest
from lna.accounts.models import User
from lna.config import settings
from lna.core import audit
from lna.core.db import db
from lna.core.refusal import Refused

CODES = 10


def new_secret() -> str:
    """A secret for an app, 160 bits in base 32."""
    return pyotp.random_base32()


def picture_of(secret: str, user: User) -> str:
    """The secret as a QR code for an app: an SVG image in a `data:` address."""
    import segno  # noqa: PLC0415 - loads when first used

    address = pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=settings().site_name)
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="white"))


def set_second_factor(user: User, secret: str, code: str, *, keep: str) -> list[str]:
    """Require codes of this app from now on; the recovery codes, to be read only now.

    All browsers but the one with the session secret `keep` are signed out.
    """
    step = matching_step(secret, code)
    if step is None:
        raise Refused(
            _("This code is not right. Please check the clock of your phone."), field="code"
        )
    user.totp_secret, user.totp_last_step = secret, step
    end_sessions(user, but=keep)
    letters.second_factor_set(user)
    audit.record("set the second factor", user, ["second factor"])
    return new_recovery_codes(user)


def new_recovery_codes(user: User) -> list[str]:
    """Ten new codes, to be read only now; the old ones stop working."""
    codes = [_recovery_code() for _each in range(CODES)]
    user.recovery_codes = [recovery_code_digest(code) for code in codes]
    audit.record("made recovery codes", user, ["recovery codes"])
    db.session.flush()
    return codes


def remove_own_second_factor(user: User, password: str) -> None:
    """Sign in with the password alone again; it has to be long enough for that."""
    if len(password) < LEAST:
        raise Refused(
            _(
                "Without a second factor a password has at least %(least)s characters."
                " Please change your password first.",
                least=LEAST,
            ),
            field="password",
        )
    remove_second_factor(user)


def remove_second_factor(user: User) -> None:
    """Forget app and recovery codes, perhaps because the phone is lost."""
    user.totp_secret = user.totp_last_step = None
    user.recovery_codes = []
    letters.second_factor_removed(user)
    audit.record("removed the second factor", user, ["second factor"])
    db.session.flush()


def _recovery_code() -> str:
    code = base64.b32encode(secrets.token_bytes(10)).decode().lower()
    return "-".join(code[at : at + 4] for at in range(0, 16, 4))
