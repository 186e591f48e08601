"""The migrations make what the models say, up and down, with rows in the tables."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from lna import create_app
from lna.config import Settings
from lna.core import schema
from lna.core.db import db
from tests.conftest import POSTGRESQL

HAND_MADE = {"publication_words_fts", "publication_forms_fts", "ix_publication_words"}
"""Full text search is kept in each database's own way, beside what SQLAlchemy describes."""


@pytest.fixture
def fresh(tmp_path: Path, database_url: str, application: Flask) -> Iterator[Flask]:
    """An application over a database without any table."""
    name = f"lna_migrations_{tmp_path.name.replace('-', '_')}"
    address = ""
    if POSTGRESQL:
        with application.app_context():
            autocommit = db.engine.execution_options(isolation_level="AUTOCOMMIT")
            with autocommit.connect() as connection:
                connection.execute(text(f'CREATE DATABASE "{name}"'))
        address = database_url.replace("/lna_", "/\0lna_").split("\0")[0] + name
        address += database_url[database_url.index("?") :]
    app = create_app(Settings(data_dir=tmp_path, database_url=address, secret_key="test"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        found = compare_metadata(context, db.metadata)
    return [each for each in found if not any(name in str(each) for name in HAND_MADE)]


def row_counts() -> dict[str, int]:
    counts = {
        table.name: db.session.execute(text(f'SELECT count(*) FROM "{table.name}"')).scalar_one()
        for table in db.metadata.sorted_tables
    }
    db.session.rollback()
    return counts


def run(app: Flask, *arguments: str) -> Result:
    """A command of the terminal; it leaves no transaction open."""
    answer = app.test_cli_runner().invoke(args=arguments)
    db.session.rollback()
    return answer


def test_up_from_nothing_makes_what_the_models_say_and_the_demonstration_fits(fresh):
    assert schema.trouble() == "The database is empty. Run `lna init`."
    answer = run(fresh, "demo")
    assert answer.exit_code == 0, answer.output
    assert schema.trouble() is None
    assert differences() == []
    first = row_counts()
    assert first["activity"] == 29
    assert first["publication"] > 640
    assert first["registration"] > 80

    again = run(fresh, "demo", "--quiet-if-there")
    assert again.output == "The database is as you left it.\n"
    assert row_counts() == first

    healthy = run(fresh, "doctor")
    assert "wrong" not in healthy.output
    for revision in ("0006_activities", "0005_library", "0003_themes", "base"):
        schema.downgrade(revision)
    schema.upgrade()
    assert differences() == []
    assert set(row_counts().values()) == {0}


def test_a_database_of_another_version_is_refused_with_the_line_that_helps(fresh):
    schema.upgrade("0003_themes")
    assert schema.trouble() == (
        "The database is at 0003_themes, this program needs 0007_registrations. Run `lna migrate`."
    )
    answer = run(fresh, "serve")
    assert answer.exit_code == 1
    assert "lna migrate" in answer.output
    assert fresh.test_client().get("/health/ready").status_code == 503


def test_the_last_file_is_the_head_of_one_line(fresh):
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(schema.MIGRATIONS)).get_heads() == [schema.newest()]
