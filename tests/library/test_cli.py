"""The command that imports, as an operator sees it."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from lna.core.db import db
from lna.library.models import Annotation, Publication

FORUM = Path(__file__).parent / "data" / "forum.xml"


@pytest.fixture
def lna(app: Flask):
    def run(*arguments):
        return app.test_cli_runner().invoke(args=["import-publications", *map(str, arguments)])

    return run


def test_a_dry_run_tells_and_changes_nothing(lna):
    told = lna(FORUM, "--dry-run")
    assert told.exit_code == 0
    assert "9 new, 0 changed, 0 same, 0 doubtful, 1 broken" in told.output
    assert "broken, line 270:" in told.output
    assert "There is no title." in told.output
    assert db.session.scalars(select(Publication.id)).all() == []


def test_importing_twice_by_command(lna):
    assert lna(FORUM).exit_code == 0
    again = lna(FORUM)
    assert "0 new, 0 changed, 9 same, 0 doubtful, 1 broken" in again.output
    assert len(db.session.scalars(select(Publication.id)).all()) == 9


def test_abstracts_and_annotations_are_handled_as_asked(lna):
    lna(FORUM, "--public-abstracts", "--review-annotations", "--licence", "CC BY 4.0")
    assert set(db.session.scalars(select(Publication.abstract_public))) == {True}
    assert set(db.session.scalars(select(Annotation.state))) == {"in_review"}
    assert set(db.session.scalars(select(Publication.licence))) == {"CC BY 4.0"}


def test_an_unreadable_file_is_named_with_its_line(lna, tmp_path):
    file = tmp_path / "cut.xml"
    file.write_bytes(FORUM.read_bytes()[:5000])
    told = lna(file)
    assert told.exit_code == 1
    assert "cut.xml: Line " in told.output
    assert "This is not correct XML" in told.output
    assert "Traceback" not in told.output
    assert db.session.scalars(select(Publication.id)).all() == []


def test_an_encoding_can_be_named(lna, tmp_path):
    file = tmp_path / "old.csv"
    file.write_bytes("title,doc_type\nCafé land,Report\n".encode("cp1252"))
    assert "Line 2: The text is not in UTF-8" in lna(file).output
    assert lna(file, "--encoding", "cp1252").exit_code == 0
    assert str(db.session.scalar(select(Publication.title))) == "Café land"
