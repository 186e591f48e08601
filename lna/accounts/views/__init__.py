"""Accounts over HTTP: coming in, one's own account, and the administrator's pages."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from lna.accounts.views import (  # noqa: E402 - they hang on bp
    account,
    administration,
    joining,
    own_data,
    second_factor,
    session,
    sign_in,
)

__all__ = [
    "account",
    "administration",
    "bp",
    "joining",
    "own_data",
    "second_factor",
    "session",
    "sign_in",
]
