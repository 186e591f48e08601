"""The programme over HTTP: the public list, page and month, and the staff's pages."""

from flask import Blueprint

bp = Blueprint("activities", __name__)

from lna.activities.views import plan, public, staff, words  # noqa: E402, F401 - they hang on bp
