"""Pages that compose the features, and what operators ask for."""

from flask import Blueprint

bp = Blueprint("home", __name__)

from lna.home.views import board, front, operators, own, search  # noqa: E402, F401 - they hang on bp
