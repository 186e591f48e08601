"""What people type is data: in every page, feed, table, letter and file it is shown as typed."""

import csv
import io
from html.parser import HTMLParser
from typing import Any

import html5lib
import pytest
from sqlalchemy import select

from lna.accounts.models import Role
from lna.activities import feeds
from lna.activities.models import ActivityPlace, ActivitySession, Stage, StageChange
from lna.core.db import db
from lna.core.mail import message_of
from lna.core.markdown import render
from lna.core.multilingual import Multilingual
from lna.core.outbox import Letter
from lna.core.versions import raise_version
from lna.library.models import Name
from tests.activities.plan_forms import typed
from tests.factories import make_activity, make_organisation, make_person, make_theme, make_user
from tests.library.factories import make_annotation, make_publication
from tests.registrations.factories import filled, register
from tests.trust.doors import DOORS

EVIL = (
    "=1+1'\"></title></textarea></script><script>alert(1)</script>"
    "<img src=x onerror=alert(1) hx-get=/sign-out hx-trigger=load>{{7*7}}%(name)s"
)
"""A formula, the end of every element it could stand in, a script, htmx, and two templates."""
TEXT = Multilingual.of(EVIL)
LEADING = ("href", "src", "action", "formaction", "hx-get", "hx-post")
MARKS = ("onerror", "onload", "onclick", "hx-on", "style")


@pytest.fixture
def places() -> dict[str, Any]:
    """A site on which every text anybody can write is `EVIL`."""
    organisation = make_organisation(EVIL, slug="evil", acronym=EVIL, about=TEXT, website=EVIL)
    theme = make_theme(EVIL)
    activity = make_activity(
        ("KH",), code="KH-1", title=TEXT, summary=TEXT, description=TEXT, products=TEXT, source=EVIL
    )
    activity.relevance = activity.framework = activity.impact = activity.cancelled_reason = TEXT
    activity.no_network_reason, activity.themes = EVIL, [theme]
    activity.places = [ActivityPlace(country="KH", town=EVIL, venue=EVIL, is_public=True)]
    starts, ends = activity.starts_at, activity.ends_at
    activity.sessions = [ActivitySession(title=TEXT, place=EVIL, starts_at=starts, ends_at=ends)]
    activity.stage_changes = [StageChange(to_stage=Stage.IDEA, reason=EVIL)]
    person = make_person(name=EVIL, latin_name=EVIL, address_as=EVIL, country="KH")
    registration = register(
        activity, name=EVIL, latin_name=EVIL, address_as=EVIL, organisation=EVIL, sharing=EVIL
    )
    publication = make_publication(
        title=EVIL, abstract=TEXT, note=EVIL, publisher=EVIL, container=EVIL, keywords=(EVIL,),
        creators=(Name(literal=EVIL),), abstract_public=True, licence=EVIL, volume=EVIL, pages=EVIL,
    )  # fmt: skip
    make_annotation(publication, research_basis=EVIL, annotator=EVIL)
    db.session.flush()
    feeds.keep(activity)
    raise_version("activities", "library", "partners", "themes")
    db.session.commit()
    known = {"code": "KH-1", "slug": organisation.slug, "person": person.id, "theme": theme.code}
    return known | {"key": publication.key, "number": 1, "registration": registration.id}


def test_text_is_never_markup_on_any_page(places, client, signed_in):
    """Every element and attribute of every page is one of ours."""
    staff = signed_in(make_user(Role.ADMINISTRATOR, name=EVIL))
    assert len(trespassers(EVIL)) == 2
    seen = 0
    for visitor in (client, staff):
        for door in DOORS:
            try:
                path = door.path.format(**places)
            except KeyError:
                continue
            answer = visitor.get(path, buffered=True)
            if answer.mimetype == "text/html":
                seen += "alert(1)" in answer.text
                assert trespassers(answer.text) == [], path
                assert "49%(name)s" not in answer.text, path
    assert seen > 30


class Walk(HTMLParser):
    """Collects elements that came out of a text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        has = dict(attributes)
        self.script = has if tag == "script" else None
        leads = [str(has.get(name, "")).strip().lower() for name in LEADING]
        if (
            (tag == "img" and has.get("src") == "x")
            or any(name.startswith(MARKS) for name in has)
            or any(where.startswith(("javascript:", "data:text")) for where in leads)
        ):
            self.found.append(f"{tag} {has}")

    def handle_data(self, text: str) -> None:
        if self.script is not None and self.script.get("type") != "application/ld+json":
            self.found += [text] if "alert" in text else []

    def handle_endtag(self, tag: str) -> None:
        self.script = None


def trespassers(page: str) -> list[str]:
    walk = Walk()
    walk.feed(page)
    walk.close()
    return walk.found


def test_no_table_holds_a_formula(places, client, signed_in):
    staff = signed_in(make_user(Role.REGIONAL_COORDINATOR))
    for path in (
        *("/activities.csv", "/library.csv", "/partners.csv"),
        "/activities/KH-1/registrations.csv",
    ):
        rows = list(
            csv.reader(io.StringIO(staff.get(path, buffered=True).data.decode("utf-8-sig")))
        )
        cells = [cell for row in rows for cell in row]
        assert any("alert(1)" in cell for cell in cells), path
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == [], path


def test_no_letter_gets_a_header_from_a_text(places, settings):
    for letter in db.session.scalars(select(Letter)):
        message = message_of(letter, settings)
        assert message["To"] == letter.to
        assert "\n" not in message["Subject"]
        assert message.get_content_type() == "text/plain"
        assert EVIL in message.get_content()


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "<a href=x hx-get=/sign-out hx-trigger=load>",
        "![x](https://other.example/pixel.gif)",
        '[a](https://a.example "onmouseover=alert(1)")',
        "<svg><script>alert(1)</script></svg>",
        "[a]: javascript:alert(1)\n\n[a]",
        "<javascript:alert(1)>",
        "`<script>`",
        "[a](//other.example)",
    ],
)
def test_markdown_makes_links_and_paragraphs_only(text):
    html = str(render(text))
    assert trespassers(html) == []
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for each in tree.iter():
        assert set(each.attrib) <= {"href", "rel"}, html
        assert each.get("href", "https:").startswith(("https:", "http:", "mailto:")), html


@pytest.mark.parametrize(
    ("address", "field", "form"),
    [
        ("/partners/new", "website", {"name-original": "en", "name-en": "A", "kind": "network"}),
        ("/library/new", "url", {"title-original": "en", "title-en": "A", "type": "report"}),
        ("/activities/new", "online_link", {"title-original": "en", "title-en": "A"}),
    ],
)
@pytest.mark.parametrize(
    "typed", ["javascript://a.example/%0aalert(1)", "data://a.example/x", "JaVaScRiPt://a.example/"]
)
def test_an_address_in_a_link_is_one_of_the_web(signed_in, address, field, form, typed):
    staff = signed_in(make_user(Role.REGIONAL_COORDINATOR))
    answer = staff.post(address, data=form | {field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


@pytest.mark.parametrize(
    ("address", "field"),
    [
        *(("/partners/people/new", name) for name in ("name", "latin_name", "address_as")),
        *(("/partners/new", name) for name in ("name-en", "acronym")),
        *(
            ("/activities/new", "title-en"),
            ("/library/new", "title-en"),
            ("/themes/new", "name-en"),
        ),
        ("/activities/KH-1/registration", "name"),
    ],
)
def test_a_name_turns_no_reading_direction_around(signed_in, address, field):
    make_activity(code="KH-1")
    staff = signed_in(make_user(Role.REGIONAL_COORDINATOR))
    answer = staff.post(address, data={field: "Ann\u202egnp.exe"})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "\u202e" not in answer.text


@pytest.mark.parametrize("field", ["name", "address_as"])
@pytest.mark.parametrize(
    "typed",
    ["Win at https://evil.example", "see WWW.evil.example", "evil.example/a", "a@b.example"],
)
def test_nobody_sends_addresses_to_strangers_in_our_letters(client, field, typed):
    make_activity(code="KH-1")
    answer = client.post("/activities/KH-1/registration", data=filled(**{field: typed}))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


@pytest.mark.parametrize(
    "name", ["Dr.Sokha St.John", "Ms/Mrs U Ba 2.0", "Nguyễn Văn A.", "D/o Ali"]
)
def test_names_with_dots_and_strokes_are_names(client, name):
    make_activity(code="KH-1")
    assert client.post("/activities/KH-1/registration", data=filled(name=name)).status_code == 303


def test_a_refusal_that_quotes_a_text_is_not_markup_either(signed_in):
    """Flask-Babel holds its lazy sentences for safe, with the names that were put in them."""
    make_organisation(EVIL, slug="evil")
    staff = signed_in(make_user(Role.NATIONAL_FACILITATOR, "LA"))
    page = staff.get("/activities/new").text
    good = typed(page) | {"title-en": "Visit", "countries": ["LA"]}
    good |= {"starts_on": "2027-02-09", "ends_on": "2027-02-09"}
    good |= {"starts_time": "09:00", "ends_time": "16:00"}
    session = {"sessions-0-title-en": EVIL, "sessions-0-on": "2028-02-09"}
    session |= {"sessions-0-starts": "09:00", "sessions-0-ends": "10:00"}
    twice = {f"organisers-{row}-name": EVIL for row in range(2)}

    for fields, sentence in ((session, "is on another day"), (twice, "is named twice")):
        answer = staff.post("/activities/new", data=good | fields)
        assert answer.status_code == 422
        assert sentence in answer.text
        assert trespassers(answer.text) == []
        assert "<img src=x" not in answer.text
