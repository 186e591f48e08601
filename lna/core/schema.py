"""The shape of the database: brought up to date by migrations, refused when it is not."""

from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import inspect, text

from lna.core.db import db

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def upgrade(revision: str = "head") -> None:
    """Run the migrations up to a revision."""
    command, config = _alembic()
    command.upgrade(config, revision)


def downgrade(revision: str) -> None:
    """Run the migrations down to a revision (`base` for none)."""
    command, config = _alembic()
    command.downgrade(config, revision)


def trouble() -> str | None:
    """What is wrong with the schema and the one line that helps; None when it fits."""
    head = newest()
    if not inspect(db.engine).has_table("alembic_version"):
        return "The database is empty. Run `lna init`."
    with db.engine.connect() as connection:
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if present != head:
        return f"The database is at {present}, this program needs {head}. Run `lna migrate`."
    return None


def newest() -> str:
    """The last migration: files are named after their revision, which begins with its number."""
    return max(file.stem for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _alembic() -> tuple[Any, Any]:
    from alembic import command  # noqa: PLC0415 - loads when first used
    from alembic.config import Config  # noqa: PLC0415 - loads when first used

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = db.engine
    config.attributes["metadata"] = db.metadata
    config.attributes["app"] = current_app
    return command, config
