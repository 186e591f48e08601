"""What is known already is given at once, and never to the wrong one or too late."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from lna import create_app
from lna.config import Settings
from lna.core import clock
from lna.core.access import access, public
from lna.core.db import db
from lna.core.front import Front
from lna.core.memory import Memory
from lna.core.page import remembered
from lna.core.versions import raise_version

NOW = datetime(2027, 1, 10, 5, tzinfo=UTC)


class Counted:
    """An application that answers how often it was asked."""

    def __init__(self, settings: Settings) -> None:
        self.asked = 0
        self.until: datetime | None = None
        self.app = create_app(settings, TESTING=True)
        self.app.add_url_rule("/counted", "counted", access(public)(lambda: self.view()))
        self.client = self.app.test_client(use_cookies=False)

    def view(self) -> object:
        return remembered("activities", render=self.render, until=self.until)

    def render(self) -> str:
        self.asked += 1
        return f"asked {self.asked}"

    def get(self, path: str = "/counted", **headers: str) -> str:
        return self.client.get(path, headers=headers).text


@pytest.fixture
def counted(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """The database is that of the test."""
    monkeypatch.setattr(clock, "read", lambda: NOW)
    made = Counted(settings)
    with made.app.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


def without_flask(counted: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on the application itself does not answer."""
    front = counted.app.wsgi_app
    assert isinstance(front, Front)
    monkeypatch.setattr(front, "inner", lambda *request: pytest.fail("asked"))


def test_the_same_request_is_answered_without_the_application(counted, monkeypatch):
    first = counted.client.get("/counted")
    tag = {"If-None-Match": first.headers["ETag"]}
    counted.client.get("/counted", headers=tag)
    without_flask(counted, monkeypatch)

    again = counted.client.get("/counted")
    assert (again.status_code, again.data, again.headers) == (200, first.data, first.headers)
    unchanged = counted.client.get("/counted", headers=tag)
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert "Content-Security-Policy" in unchanged.headers


def test_a_change_of_any_topic_asks_again(counted):
    assert counted.get() == "asked 1"
    raise_version("activities")
    db.session.commit()
    assert counted.get() == "asked 2"


def test_a_request_reads_the_versions_once(counted, monkeypatch):
    monkeypatch.setattr("lna.core.versions.EVERY_VERSION", "not asked")
    raise_version("activities")
    db.session.commit()
    assert counted.get() == "asked 1"


def test_an_answer_does_not_outlive_its_moment(counted, monkeypatch):
    counted.until = NOW + timedelta(minutes=1)
    counted.get()
    counted.app.extensions["lna_caches"].pop("pages")
    assert counted.get() == "asked 1"
    monkeypatch.setattr(clock, "read", lambda: NOW + timedelta(minutes=1))
    assert counted.get() == "asked 2"


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "session=x"},
        {"Cookie": "lna_language=km"},
        {"Accept-Language": "km"},
        {"Accept-Encoding": "gzip"},
        {"Range": "bytes=0-1"},
        {"HX-Request": "true"},
        {"Host": "localhost"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_another_request_is_another_answer(counted, monkeypatch, headers):
    counted.get(Host="127.0.0.1")
    without_flask(counted, monkeypatch)
    with pytest.raises(pytest.fail.Exception):
        counted.get(**{"Host": "127.0.0.1"} | headers)


def test_a_strange_host_gets_nothing(counted):
    counted.get()
    assert counted.client.get("/counted", headers={"Host": "evil.example"}).status_code == 400


def test_an_answer_that_sets_a_cookie_is_for_one_visitor(counted):
    for _ in range(2):
        answer = counted.client.get("/counted?lang=km")
        assert "lna_language" in answer.headers["Set-Cookie"]


def test_the_log_has_its_line(counted, monkeypatch):
    lines = []
    monkeypatch.setattr(counted.app, "testing", False)
    monkeypatch.setattr("lna.core.front.log.info", lambda *words, **values: lines.append(values))
    counted.get()
    counted.get("/counted")
    assert [(line["rule"], line["status"]) for line in lines] == [("/counted", 200)]


def test_a_database_that_does_not_answer_is_left_to_the_application(tmp_path):
    app = create_app(Settings(data_dir=tmp_path, secret_key="test"), TESTING=True)
    app.add_url_rule("/plain", "plain", access(public)(lambda: "there"))
    assert app.test_client().get("/plain").text == "there"


@pytest.mark.pure
def test_a_memory_forgets_what_was_not_asked_for_when_it_is_full():
    memory = Memory[str](most_bytes=10)
    memory.put("a", "A", 4)
    memory.put("b", "B", 4)
    memory.put("a", "A", 4)
    assert memory.bytes == 8
    assert memory.get("a") == "A"
    memory.put("c", "C", 4)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == ("A", None, "C")
