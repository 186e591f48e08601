from datetime import timedelta

import pytest

from lna.accounts.models import Role
from lna.core import clock, outbox
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.partners.queries import likeness_of
from tests.factories import make_activity, make_organisation, make_user


def test_the_front_page_says_what_comes_next_and_where(client):
    make_activity(title=Multilingual.of("Visit to Champasak"))
    make_activity(title=Multilingual.of("A draft"), published_at=None)
    past = clock.now() - timedelta(days=9)
    make_activity(
        title=Multilingual.of("Long ago"), starts_at=past, ends_at=past + timedelta(hours=2)
    )
    page = client.get("/").text

    assert "Visit to Champasak" in page
    assert "Cambodia: 1" in page
    for hidden in ("A draft", "Long ago"):
        assert hidden not in page


def test_an_empty_site_says_what_will_stand_here(client):
    page = client.get("/").text
    assert "Nothing is planned at the moment." in page
    assert "The library is empty." in page


def test_one_search_box_finds_activities_past_ones_too_and_partners(client):
    past = clock.now() - timedelta(days=90)
    make_activity(
        title=Multilingual.of("Mapping the commons"),
        starts_at=past,
        ends_at=past + timedelta(hours=2),
        search_text="",
    )
    name = "Commons House"
    make_organisation(name, likeness=likeness_of([name]))
    make_organisation("Hidden Commons", likeness=likeness_of(["Hidden Commons"]), is_public=False)

    page = client.get("/search?q=commons").text
    assert "Commons House" in page
    assert "Hidden Commons" not in page
    assert "Nothing was found" in client.get("/search?q=zzzz").text
    assert client.get("/search").status_code == 200


@pytest.mark.parametrize("page", ["/about", "/privacy", "/accessibility", "/robots.txt"])
def test_pages_about_the_site_are_for_everyone(client, page):
    assert client.get(page).status_code == 200


def test_the_board_is_for_staff_and_lists_each_thing_with_owner_and_age(signed_in, client):
    assert client.get("/board").location.startswith("/sign-in")
    assert signed_in(make_user(Role.STAKEHOLDER)).get("/board").status_code == 403

    owner = make_user(Role.NATIONAL_FACILITATOR, "KH", name="Sokha Example")
    ended = clock.now() - timedelta(days=35)
    make_activity(
        title=Multilingual.of("Unreported visit"),
        starts_at=ended - timedelta(days=1),
        ends_at=ended,
        responsible_id=owner.id,
    )
    make_activity(("LA",), title=Multilingual.of("Lao visit"), responsible_id=None)

    own = signed_in(owner).get("/board").text
    assert "Actual participants and products" in own
    assert "Unreported visit" in own
    assert "Sokha Example" in own
    assert "5 days" in own
    assert "Lao visit" not in own
    everything = signed_in(make_user(Role.REGIONAL_COORDINATOR)).get("/board").text
    assert "Lao visit" in everything
    assert "A responsible person" in everything


def test_letters_that_do_not_leave_are_seen_and_sent_again(signed_in, monkeypatch):
    letter = outbox.Letter(
        to="ana@example.org",
        language="en",
        subject="Your seat",
        body="secret link",
        message_id="<1@x>",
        state=outbox.FAILED,
        error="550 no such mailbox",
        posted_at=clock.now() - timedelta(hours=1),
        due_at=clock.now(),
    )
    db.session.add(letter)
    client = signed_in(make_user(Role.REGIONAL_COORDINATOR))

    page = client.get("/board").text
    assert "1 letter has waited more than 15 minutes." in page
    assert "550 no such mailbox" in page
    assert "secret link" not in page
    assert client.post(f"/board/letters/{letter.id}").status_code == 303
    assert letter.state == outbox.QUEUED
    facilitator = signed_in(make_user(Role.NATIONAL_FACILITATOR, "KH"))
    assert "ana@example.org" not in facilitator.get("/board").text
    assert facilitator.post(f"/board/letters/{letter.id}").status_code == 403


def test_my_page_asks_to_sign_in_and_comes_back(client, signed_in):
    assert client.get("/me").location == "/sign-in?next=/me"
    assert "You are not registered" in signed_in(make_user()).get("/me").text


def test_health_says_alive_and_metrics_only_to_configured_addresses(client):
    assert client.get("/health/live").json == {"status": "ok"}
    assert "lna_letters_unsent 0" in client.get("/metrics").text
    stranger = client.get("/metrics", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert stranger.status_code == 404


def test_the_board_makes_the_same_number_of_queries_for_one_and_for_many(signed_in, statements):
    client = signed_in(make_user(Role.REGIONAL_COORDINATOR))
    counts = []
    for number in (1, 20):
        for _ in range(number):
            make_activity(responsible_id=None)
        db.session.commit()
        with statements() as seen:
            client.get("/board")
        counts.append(len(seen))
    assert counts[0] == counts[1]
