"""Static files: small on the wire, kept for a year under an address of their content."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lna.core.files import asset


@pytest.fixture
def sheet(app: Flask) -> str:
    with app.test_request_context():
        return asset("app.css")


GZIP = {"Accept-Encoding": "gzip"}


def test_a_sheet_leaves_compressed_for_those_who_read_it(client: FlaskClient, sheet: str) -> None:
    with client.get(sheet, headers=GZIP) as packed, client.get(sheet) as plain:
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert "Content-Encoding" not in plain.headers
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert "Accept-Encoding" in plain.headers["Vary"]


def test_a_sheet_is_kept_for_a_year_and_validated(client: FlaskClient, sheet: str) -> None:
    with client.get(sheet, headers=GZIP) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        known = {"If-None-Match": answer.headers["ETag"]}
    with client.get(sheet, headers=GZIP | known) as again:
        assert again.status_code == 304


def test_a_missing_file_is_an_ordinary_404(client: FlaskClient) -> None:
    assert client.get("/static/nothing.css", headers=GZIP).status_code == 404
