"""A served application with demo content, and tabs of a real Chromium to look at it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg
import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import make_url

from lna import create_app
from lna.accounts import actions as accounts
from lna.accounts.models import Role
from lna.config import Settings
from lna.core.db import db
from tests.browser import stage
from tests.browser.install import chromium
from tests.browser.visits import Visit
from tests.factories import make_user

Open = Callable[..., AbstractContextManager[Visit]]
PHONE, DESK = 360, 1280


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser, and no application but its own."""
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.pure)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _own_database(database_url: str, worker_id: str) -> str:
    """A second database on the tests' PostgreSQL server; SQLite makes its own file."""
    if not database_url:
        return ""
    name = f"lna_browser_{worker_id}"
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return make_url(database_url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def live_app(
    tmp_path_factory: pytest.TempPathFactory, database_url: str, worker_id: str
) -> Iterator[Flask]:
    """The application as people run it (CSRF on), filled by `lna demo`."""
    settings = Settings(
        data_dir=tmp_path_factory.mktemp("live"),
        database_url=_own_database(database_url, worker_id),
        base_url=f"http://127.0.0.1:{_free_port()}",
        secret_key="browser",
    )
    app = create_app(settings)
    app.register_blueprint(stage.bp)
    filled = app.test_cli_runner().invoke(args=["demo"])
    assert filled.exit_code == 0, filled.output
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def live_server(live_app: Flask) -> Iterator[str]:
    """The address of the application, served by waitress in this process."""
    base: str = live_app.extensions["lna_settings"].base_url
    port = int(base.rsplit(":", 1)[1])
    server = waitress.create_server(live_app, host="127.0.0.1", port=port, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield base
    server.close()
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def cookie_of(live_app: Flask) -> Callable[[Role], str]:
    """The session cookie of somebody with a role, signed in once for all tests."""
    known: dict[Role, str] = {}

    def cookie(role: Role) -> str:
        if role not in known:
            with live_app.app_context():
                country = "KH" if role is Role.NATIONAL_FACILITATOR else None
                secret = accounts.open_session(make_user(role, country), device="browser test")
                db.session.commit()
            serializer = live_app.session_interface.get_signing_serializer(live_app)  # type: ignore[attr-defined]
            known[role] = serializer.dumps({"_user_id": secret, "_fresh": True})
        return known[role]

    return cookie


@pytest.fixture(scope="session")
def visit(browser: Browser, live_server: str, cookie_of: Callable[[Role], str]) -> Open:
    """`with visit(width=360, theme="dark", scripts=False, role=…, language="km") as visit:`"""

    @contextmanager
    def start(
        width: int = DESK,
        theme: str = "light",
        scripts: bool = True,
        role: Role | None = None,
        language: str = "en",
        policy: bool = True,
    ) -> Iterator[Visit]:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            has_touch=width <= PHONE,
            locale=language,
            bypass_csp=not policy,
        )
        context.set_default_timeout(10_000)
        if role:
            context.add_cookies([{"name": "session", "value": cookie_of(role), "url": live_server}])
        try:
            yield Visit(context.new_page(), live_server)
        finally:
            context.close()

    return start
