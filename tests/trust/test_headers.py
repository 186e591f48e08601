"""What every answer carries, which cookies are set, and what a form needs to be believed."""

from dataclasses import replace

import pytest
from flask import Flask, abort

from lna import create_app
from lna.accounts import actions
from lna.accounts.models import User
from lna.core.access import access, public
from lna.core.audit import AuditLine
from lna.core.db import db
from lna.core.security import FIXED
from tests.conftest import Browser
from tests.factories import make_activity
from tests.trust.doors import DOORS
from tests.trust.site import build

TOKENS = ("{token}", "{password}", "{join}", "{sign_in}", "{email}")


@pytest.fixture
def serve(app, settings):
    """An application as it is served, CSRF and all, over the database of the test."""
    made = []

    def start(**changed: object) -> Flask:
        made.append(create_app(replace(settings, **changed), TESTING=True))
        made[-1].test_client_class = Browser
        return made[-1]

    yield start
    for each in made:
        with each.app_context():
            db.session.remove()
            db.engine.dispose()


ANSWERS = (
    *(("/", 200, {}), ("/static/app.css", 200, {}), ("/static/nothing", 404, {})),
    *(("/nothing", 404, {}), ("/sign-out", 405, {}), ("/me", 303, {}), ("/teapot", 418, {})),
    *(("/activities.ics", 200, {}), ("/activities.json", 200, {}), ("/partners.csv", 200, {})),
    *(("/library.bib", 200, {}), ("/activities.json?page=x", 400, {}), ("/broken", 500, {})),
    *(("/registrations/wrong", 410, {}), ("/", 400, {"Host": "evil.example"})),
    ("/", 200, {"Host": "localhost:1"}),
)


def test_every_answer_says_how_it_may_be_used(serve):
    serving = serve()
    serving.config |= {"TESTING": False, "PROPAGATE_EXCEPTIONS": False}
    serving.add_url_rule("/teapot", "teapot", access(public)(lambda: abort(418)))
    serving.add_url_rule("/broken", "broken", access(public)(lambda: 1 / 0))
    for path, status, headers in ANSWERS:
        answer = serving.test_client().get(path, headers=headers, buffered=True)
        assert answer.status_code == status, path
        assert set(FIXED) <= set(answer.headers.keys()), path
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
        assert "Server" not in answer.headers
        assert "evil.example" not in str(answer.headers)
        assert answer.mimetype == "text/plain" or "evil.example" not in answer.text


def test_pages_behind_a_secret_are_kept_by_nobody(serve):
    site = build()
    visitor = serve().test_client()
    for path in sorted({door.path for door in DOORS if any(link in door.path for link in TOKENS)}):
        answer = visitor.get(path.format(**site.places), buffered=True)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.headers["X-Robots-Tag"] == "noindex", path
        assert answer.headers["Referrer-Policy"] in {"no-referrer", "same-origin"}, path


def test_a_page_with_a_form_is_for_one_reader(serve):
    make_activity(code="KH-1")
    stranger = serve().test_client()
    for path in ("/sign-in", "/activities/KH-1/registration", "/registrations/link"):
        answer = stranger.get(path)
        assert "csrf_token" in answer.text
        assert answer.headers["Cache-Control"] == "private, no-cache", path


def test_cookies_on_https_are_for_this_host_alone(serve):
    visitor = serve(base_url="https://lna.example").test_client()
    answer = visitor.get("/sign-in?lang=km", base_url="https://lna.example")
    cookies = {each.split("=")[0]: each for each in answer.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"__Host-session", "lna_language"}
    for each in cookies.values():
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(each.split("; "))
        assert "Domain" not in each
    assert answer.headers["Strict-Transport-Security"]


def test_no_form_is_believed_without_its_token(serve):
    """Every address something can be sent to, with the rights to everything, changes nothing."""
    site = build()
    serving = serve()
    visitor = sign_in(serving, site.people["administrator"])
    places = site.places | {"id": 1, "user_id": 1, "grant_id": 1, "session_id": 1}
    lines = db.session.query(AuditLine).count()
    for rule in serving.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            _, path = rule.build({name: places[name] for name in rule.arguments}) or ("", "")
            for token in ({}, {"csrf_token": "wrong"}):
                answer = visitor.post(path, data=token | {"name": "typed"})
                assert answer.status_code == 400, rule
                assert 'value="typed"' in answer.text, rule
    db.session.rollback()
    assert db.session.query(AuditLine).count() == lines


def test_a_form_of_another_site_is_not_even_offered_again(serve):
    """Otherwise somebody's own press would send what the other site has filled in."""
    build()
    answer = (
        serve()
        .test_client()
        .post(
            "/activities/KH-1/registration",
            data={"name": "typed elsewhere"},
            headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        )
    )
    assert answer.status_code == 400
    assert "typed elsewhere" not in answer.text
    assert "<form" not in answer.text
    assert "Set-Cookie" not in answer.headers


ELSEWHERE = (
    *("//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example"),
    *("javascript:alert(1)", "/\t/evil.example", "\\\\evil.example", "///evil.example"),
    *("http://127.0.0.1@evil.example/", "http://localhost.evil.example/", "/\r\nX: 1"),
    "http://localhost//evil.example",
)


def test_nobody_is_sent_elsewhere_after_signing_in(serve):
    site = build()
    visitor = sign_in(serve(), site.people["stakeholder"])
    for elsewhere in ELSEWHERE:
        answer = visitor.get("/sign-in", query_string={"next": elsewhere})
        assert (answer.status_code, answer.location) == (303, "/me"), elsewhere


def sign_in(serving: Flask, user: User):
    secret = actions.open_session(user, device="test")
    db.session.commit()
    visitor = serving.test_client()
    with visitor.session_transaction() as session:
        session["_user_id"], session["_fresh"] = secret, True
    return visitor
