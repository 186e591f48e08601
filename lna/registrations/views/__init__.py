"""Registrations over HTTP: the public form, one's own by the personal link, the staff's list."""

from flask import Blueprint

bp = Blueprint("registrations", __name__)

from lna.registrations.views import own, signup, staff, table, words  # noqa: E402, F401 - they hang on bp
