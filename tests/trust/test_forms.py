"""Whatever is sent with a form, the answer is a page: saved, refused with a reason, or missing."""

import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.trust.site import Site, build

NASTY = (
    *("", " ", "\u200b", "\x00", "a\x00b", "\ud800", "\u202eabc", "\ufffe", "\x1b[31m", "=1+1"),
    *("9" * 30, "9" * 5000, "-1", "-" + "9" * 30, "1e9", "nan", "inf", "1_000", "٣", "²", "០៩"),
    *("2025-02-30", "2568-01-01", "0000-00-00", "99:99", "24:00", "Mars/Olympus", "../../etc"),
    *("<script>", "{{7*7}}", "%s%n", "' OR 1=1 --", "a\r\nBcc: x@example.org", "a" * 30_000),
    *("=?utf-8?q?x?=@example.org", '"a b"@example.org', "a@b@c", "a@" + "b" * 300, "[]", "{}"),
)
PLAIN = re.compile(r"name=\"([^\"]+)\"")


@pytest.fixture
def post(app: Flask, client, signed_in) -> Any:
    site = build()
    staff = signed_in(site.people["administrator"])

    def send(path: str, form: dict[str, Any], visitor: FlaskClient = staff) -> int:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        try:
            body = urlencode(form, doseq=True, errors="surrogatepass")
            sent = {"data": body, "content_type": "application/x-www-form-urlencoded"}
            return visitor.post(path, buffered=True, **sent).status_code
        finally:
            app.config["PROPAGATE_EXCEPTIONS"] = None

    send.site, send.staff = site, staff
    return send


def forms(app: Flask, site: Site, staff: FlaskClient) -> Iterator[tuple[str, set[str]]]:
    """Every address something can be sent to, with the names of the fields its page has."""
    places = site.places | {"id": site.places["registration"], "user_id": site.places["user"]}
    places |= {"grant_id": 1, "session_id": 1}
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in ENDING:
            _, path = rule.build({name: places[name] for name in rule.arguments}) or ("", "")
            page = path if "GET" in (rule.methods or ()) else path.rsplit("/", 1)[0]
            yield path, set(PLAIN.findall(staff.get(page).text)) | EXTRA


PUBLIC = (
    "/sign-in",
    "/sign-up",
    "/password",
    "/registrations/link",
    "/activities/KH-1/registration",
)
READ = ("/activities", "/library", "/partners", "/search", "/calendar", "/calendar/subscribe")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60), st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_of_a_visitor_gets_an_answer(post, client, short, text):
    for path in READ:
        assert client.get(path, query_string={"q": text, "theme": short}).status_code == 200
    for path in PUBLIC:
        names = ("name", "contact", "email", "password", "key", "country", "organisation", short)
        assert post(path, dict.fromkeys(names, text), client) < 500


def test_no_name_of_a_row_or_step_breaks_the_form_of_an_activity(post):
    big = "9" * 5000
    for form in (
        *({f"sessions-{each}-on": "x"} for each in ("²", big, "-1", "", "0-0-0", "٣")),
        *(
            {"step": f"{verb}-places-{each}"}
            for verb in ("add", "remove")
            for each in (big, "²", "")
        ),
        *({"original": each, "title-original": each} for each in ("xx", "²", "")),
        *({"step": each} for each in ("add", "add-csrf_token-1", "remove-title-0", "-", "x-y-z")),
        {f"places-{number}-town": "x" for number in range(900)},
    ):
        assert post("/activities/new", form) in {200, 422}, next(iter(form))


EXTRA = {"to", "verb", "chosen", "reason", "comments", "hidden", "doubtful", "step", "sure", "key"}
ENDING = {"accounts.sign_out", "accounts.end_sessions", "accounts.end_session", "accounts.suspend"}
"""After these nobody would be signed in any more."""


def test_nothing_typed_breaks_a_form(app, post):
    broken = []
    for turn, (path, names) in enumerate(forms(app, post.site, post.staff)):
        values = cycle(NASTY[turn % len(NASTY) :] + NASTY)
        form = {name: next(values) for name in sorted(names - {"viewport"})}
        if post(path, form) >= 500:
            broken.append(path)
    assert broken == []
