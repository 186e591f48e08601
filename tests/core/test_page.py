"""Pages and their parts, kept while what they show stays the same."""

from flask import Flask
from markupsafe import Markup

from lna.core.i18n import speaking
from lna.core.page import Parts


def test_a_part_is_made_once_for_each_version_key_and_language(app: Flask) -> None:
    made: list[str] = []

    def row(name: str) -> Markup:
        made.append(name)
        return Markup("<b>{}</b>").format(name)

    with app.test_request_context():
        parts = Parts("rows", "activities=1")
        assert [parts(1, row, "a"), parts(1, row, "a")] == ["<b>a</b>"] * 2
        assert Parts("rows", "activities=1")(1, row, "a") == "<b>a</b>"
        assert made == ["a"]
        with speaking("km"):
            parts(1, row, "a")
        parts(2, row, "b")
        Parts("rows", "activities=2")(1, row, "a")
    assert made == ["a", "a", "b", "a"]
