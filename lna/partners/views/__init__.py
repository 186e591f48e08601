"""The register over HTTP: the public directory, and the staff's pages."""

from flask import Blueprint

bp = Blueprint("partners", __name__)

from lna.partners.views import directory, people, staff  # noqa: E402, F401 - they hang on bp
