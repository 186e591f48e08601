"""Each role, each address: what opens, and which secrets are behind it."""

import io
import zipfile

import pytest
from flask import Flask

from tests.trust.doors import DOORS
from tests.trust.site import ROLES, SECRETS, build

SECRET_LINKS = ("{token}", "{password}", "{join}", "{sign_in}", "{email}")
"""Addresses that are a proof of who one is: they show a person his or her own."""
OF_STAFF = {
    *("a hidden organisation", "its address", "a draft activity", "a reason of staff"),
    "a member of staff",
}
OF_THE_TEAM = OF_STAFF | {
    *("a participant's name", "a participant's e-mail", "a participant's phone"),
    *("what a participant can share", "a name of the register", "an e-mail of the register"),
    *(
        "an amount",
        "a phone of the register",
        "the link to join",
        "a hidden venue",
        "a hidden town",
    ),
}
OF_THE_LIBRARY = {
    *("a draft publication", "an abstract not cleared", "an annotation in review"),
    "a member of staff",  # who wrote the annotation
}
OF_EDITORS = OF_THE_LIBRARY | {"a note of editors"}
MAY_FIND: dict[str, set[str]] = {
    "visitor": set(),
    "stakeholder": set(),
    "annotator": OF_THE_LIBRARY,
    "editor": OF_EDITORS,
    "facilitator LA": OF_STAFF,
    "facilitator KH": OF_THE_TEAM,
    "coordinator": OF_THE_TEAM | OF_EDITORS,
    "PIU manager": OF_THE_TEAM | OF_EDITORS,
    "administrator": OF_THE_TEAM | OF_EDITORS | {"an address of staff"},
}


def test_every_address_that_can_be_read_is_in_the_table(app: Flask):
    readable = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert readable == {door.endpoint for door in DOORS}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_its_doors_and_finds_nothing_else_behind_them(app, client, signed_in, role):
    site = build()
    visitor = signed_in(site.people[role]) if role in site.people else client
    statuses: list[tuple[str, int, int]] = []
    found: dict[str, list[str]] = {}
    for door in DOORS:
        path = door.path.format(**site.places)
        answer = visitor.get(path, buffered=True)
        if answer.status_code != door.expected(role):
            statuses.append((door.path, answer.status_code, door.expected(role)))
        if role != "visitor" and not door.is_public_file:
            assert answer.headers["Cache-Control"] == "no-store", door.path
        if not any(link in door.path for link in SECRET_LINKS):
            for name in secrets_in(answer.data.replace(path.encode(), b"")):
                found.setdefault(name, []).append(door.path)
    assert statuses == []
    assert {name: at for name, at in found.items() if name not in MAY_FIND[role]} == {}
    assert set(found) == MAY_FIND[role]  # whoever needs something finds it


@pytest.mark.parametrize("language", ["km", "fr"])
def test_no_language_of_a_public_page_tells_more(app, client, language):
    site = build()
    for door in DOORS:
        if "visitor" in door.who and not any(link in door.path for link in SECRET_LINKS):
            path = f"{door.path.format(**site.places)}?lang={language}"
            assert secrets_in(client.get(path, buffered=True).data) == [], path


def test_no_search_finds_what_is_not_shown(app, client):
    """Neither its words nor how many there are tell that something hidden has them."""
    build()
    for name, secret in SECRETS.items():
        for path in ("/search", "/activities", "/activities.json", "/library", "/partners.json"):
            query = {"q": secret, "when": "all"}
            answer = client.get(path, query_string=query, buffered=True)
            text = answer.text.replace(secret, "")
            assert "KH-1" not in text, (name, path)
            assert "Known" not in text, (name, path)


def secrets_in(body: bytes) -> list[str]:
    """The names of the secrets in an answer; a workbook is opened, folded lines are joined."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    plain = body.replace(b"\r\n ", b"")
    return [name for name, secret in SECRETS.items() if secret.encode() in plain]


def test_what_is_foreign_hidden_or_missing_looks_the_same(app, client, signed_in):
    """To the letter, but for the address the page is on and the token of its form."""
    site = build()
    foreigner = signed_in(site.people["facilitator LA"])
    for visitor, path, missing in (
        (client, "/activities/{draft}", "/activities/nothing"),
        (client, "/activities/{draft}.ics", "/activities/nothing.ics"),
        (client, "/partners/{hidden}", "/partners/nothing"),
        (client, "/library/{draft_key}", "/library/nothing"),
        (client, "/library/{key}/annotations/{review}", "/library/{key}/annotations/99"),
        (foreigner, "/partners/people/{person}", "/partners/people/999999"),
        (foreigner, "/activities/{code}/registrations", "/activities/nothing/registrations"),
    ):
        there, nowhere = (at.format(**site.places) for at in (path, missing))
        assert page(visitor, there) == page(visitor, nowhere)


def page(visitor, path: str) -> tuple[int, str]:
    answer = visitor.get(path)
    lines = answer.text.replace(path, "").splitlines()
    return answer.status_code, "\n".join(line for line in lines if "csrf_token" not in line)
