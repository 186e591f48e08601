"""Whatever is typed into an address, the answer is a page: never a failure of ours."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lna.core.db import db
from tests.factories import make_activity, make_organisation
from tests.library.factories import make_annotation, make_publication
from tests.trust.site import build

PARTS = ("%00", "%ED%A0%80", "%C3%28", "%E2%80%AE", "9" * 5000, "..%2f..%2fetc", "%0d%0aX:1", "'--")
"""NUL, half a surrogate, broken UTF-8, a turned direction, a very long number, a way out, a
header, a quotation mark."""
HOLES = (
    *("/activities/{}", "/activities/{}.json", "/activities/{}.ics", "/activities/{}/registration"),
    *("/activities/{}/registration/received", "/library/{}", "/library/{}.bib", "/library/{}.ris"),
    *("/library/{}/annotations/1", "/library/known/annotations/{}", "/partners/{}", "/themes/{}"),
    *("/registrations/{}", "/registrations/{}/details", "/registrations/{}/activity.ics"),
    *("/password/{}", "/sign-up/{}", "/sign-in/link/{}", "/account/email/{}", "/static/{}"),
    *("/{}", "/calendar/{}", "/partners/people/{}", "/accounts/{}", "/library/imports/{}"),
)
LISTS = ("/", "/activities", "/calendar", "/calendar/subscribe", "/library", "/partners", "/search")
FORMS = ("/activities.json", "/library.json", "/partners.csv")
VALUES = (
    *("%00", "%ED%A0%80", "0", "-1", "9" * 5000, "1e9", "nan", "%E1%9F%A1%E1%9F%A2"),
    *("%F0%9F%98%80" * 200, "2400-01-01", "0001-01", "9999-12", "9999..0000"),
    *('%22((( AND OR NOT -*"', "(" * 150, "NOT%20" * 40),
)
NAMES = (
    *("q", "page", "sort", "from", "to", "when", "month", "year", "country", "theme", "group"),
    *(
        "type",
        "kind",
        "stage",
        "language",
        "open",
        "access",
        "annotated",
        "cancelled",
        "lang",
        "next",
    ),
)
OURS = (
    *("endpoint", "values", "self", "_external", "_scheme", "_anchor", "_method", "code", "key"),
)
"""Names that functions of ours, or of what we stand on, call their own arguments by."""


@pytest.fixture
def visit(app: Flask, client: FlaskClient) -> object:
    """The status a visitor gets; a failure is one, not an exception."""
    make_activity(code="known")
    publication = make_publication()
    make_annotation(publication)
    make_organisation(slug="known")
    db.session.commit()

    def status(path: str) -> int:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        try:
            known = path.replace("/library/known/", f"/library/{publication.key}/")
            return client.get(known, buffered=True).status_code
        finally:
            app.config["PROPAGATE_EXCEPTIONS"] = None

    return status


def test_no_part_of_an_address_breaks_a_page(visit):
    broken = [
        (hole, part[:20]) for hole in HOLES for part in PARTS if visit(hole.format(part)) >= 500
    ]
    assert broken == []


def test_no_value_of_a_filter_breaks_a_page(visit):
    """All filters at once on pages, which leave out what they do not understand."""
    queries = ["&".join(f"{name}={value}" for name in NAMES) for value in VALUES]
    broken = [
        (path, query[:30]) for path in LISTS for query in queries if visit(f"{path}?{query}") >= 500
    ]
    assert broken == []


def test_no_value_of_one_filter_breaks_a_list_or_its_data(visit):
    """One at a time, for data forms stop at the first that is wrong."""
    broken = [
        (path, name, value[:20])
        for path in ("/activities", "/library", *FORMS)
        for name in NAMES
        for value in VALUES[:: 1 if name == "q" else 8]
        if visit(f"{path}?{name}={value}") >= 500
    ]
    assert broken == []


def test_no_parameter_reaches_what_it_is_not_meant_for(visit):
    query = "&".join(f"{name}=1&{name}=2" for name in OURS)
    paths = (*LISTS, "/activities/known", "/partners/known", "/sign-in", "/about")
    assert [path for path in paths if visit(f"{path}?{query}") >= 500] == []


def test_the_choice_of_language_keeps_the_page_and_nothing_else_decides_where_it_leads(client):
    text = client.get("/activities?q=a%20b&_scheme=javascript&_external=1&lang=km&country=LA").text
    kept = "q=a+b&amp;_scheme=javascript&amp;_external=1&amp;country=LA&amp;lang=lo"
    assert f'href="/activities?{kept}"' in text


def test_no_page_number_breaks_a_list_of_staff(app, signed_in):
    site = build()
    staff = signed_in(site.people["administrator"])
    lists = ("/partners/people", "/accounts", "/activities/plan", "/library/imports/{import}")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        for path in (
            *lists,
            "/activities/{code}/registrations",
            "/activities/{code}/registrations.csv",
        ):
            for number in ("0", "-1", "9" * 19, "9" * 5000, "%00", "%C2%B2"):
                for name in ("page", "q", number):
                    answer = staff.get(f"{path.format(**site.places)}?{name}={number}")
                    assert answer.status_code == 200, (path, name, number[:9])
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = None
