"""One's own registration by the personal link: seen, changed, given back, forgotten."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from lna.accounts import actions as accounts
from lna.accounts.queries import own_data_of
from lna.core import clock, tokens
from lna.core.db import db
from lna.core.outbox import SENT, Letter
from lna.registrations import queries
from lna.registrations.actions import sign_up
from lna.registrations.models import Registration, State
from tests.factories import make_activity, make_user
from tests.registrations.factories import VISITOR, register, sign_up_command


def own_page(activity=None, **fields):
    """Somebody registered, and the address of the personal page."""
    answer = sign_up(activity or make_activity(), sign_up_command(**fields), by=VISITOR)
    db.session.commit()
    return answer.registration, f"/registrations/{answer.secret}"


def details(**fields):
    known = {
        "name": "Ana",
        "email": "ana@example.org",
        "phone": "",
        "country": "KH",
        "organisation": "",
        "actor_group": "cso",
        "language": "en",
    }
    return known | fields


def test_the_page_is_for_its_owner_alone(client):
    _ana, address = own_page()

    answer = client.get(address)

    assert answer.status_code == 200
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"http://127.0.0.1:8000{address}" in answer.text


def test_the_join_link_is_for_those_who_have_a_seat(client):
    activity = make_activity(capacity=1, online_link="https://meet.example/1")
    _ana, seated = own_page(activity)
    _ben, waiting = own_page(activity)

    assert "https://meet.example/1" in client.get(seated).text
    assert "https://meet.example/1" not in client.get(waiting).text


@pytest.mark.parametrize("secret", ["", "x", "y" * 43, "ស" * 20])
def test_a_link_that_opens_nothing_offers_a_new_one(client, secret):
    _ana, address = own_page()

    for wrong in f"{address}{secret}x", f"/registrations/{secret}x":
        answer = client.get(wrong)
        assert answer.status_code == 410
        assert "Send me a new link" in answer.text
        assert client.post(f"{wrong}/withdrawal").status_code == 410
        assert client.post(f"{wrong}/erasure").status_code == 410
        assert client.get(f"{wrong}/details").status_code == 410
        assert client.get(f"{wrong}/activity.ics").status_code == 410


def test_a_revoked_link_opens_nothing(client):
    ana, address = own_page()
    tokens.end_all(queries.LINK, ana.id)
    db.session.commit()

    assert client.get(address).status_code == 410


def test_withdrawing_says_so_and_offers_to_come_again(client):
    ana, address = own_page(make_activity(capacity=1))

    assert client.get(f"{address}/withdrawal").status_code == 405
    answer = client.post(f"{address}/withdrawal")

    assert (answer.status_code, answer.location) == (303, address)
    page = client.get(address).text
    assert "You have withdrawn." in page
    assert "Register again" in page
    assert "Withdraw my registration" not in page
    assert db.session.get(Registration, ana.id).state is State.WITHDRAWN
    subjects = db.session.scalars(db.select(Letter.subject)).all()
    assert len([each for each in subjects if "withdrawn" in each]) == 1


def test_details_are_changed_and_the_seat_stays(client):
    ana, address = own_page(email="ana@example.org")

    answer = client.post(
        f"{address}/details",
        data=details(name="Ana Souk", phone="020 5555 1234", country="LA", age_band="25_34"),
    )

    assert (answer.status_code, answer.location) == (303, address)
    db.session.expire_all()
    assert (ana.name, ana.phone, ana.age_band) == ("Ana Souk", "+8562055551234", "25_34")
    assert ana.state is State.CONFIRMED


def test_another_address_gets_a_link_of_its_own_and_ends_the_old_one(client):
    ana, address = own_page(email="ann@example.org")

    answer = client.post(f"{address}/details", data=details(email="ana@example.org"))

    assert answer.location != address
    assert client.get(address).status_code == 410
    assert client.get(answer.location).status_code == 200
    letter = db.session.scalars(db.select(Letter).order_by(Letter.id.desc())).first()
    assert letter.to == "ana@example.org"
    assert answer.location in letter.body


def test_somebody_elses_address_cannot_be_taken(client):
    activity = make_activity()
    register(activity, email="ben@example.org")
    ana, address = own_page(activity, email="ana@example.org")

    answer = client.post(f"{address}/details", data=details(email="Ben+x@example.org"))

    assert answer.status_code == 422
    assert "We cannot use this address" in answer.text
    assert 'value="ben+x@example.org"' in answer.text
    db.session.expire_all()
    assert ana.email == "ana@example.org"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "", "phone": ""}, "phone"),
        ({"email": "nonsense"}, "email"),
        ({"phone": "abc"}, "phone"),
        ({"name": ""}, "name"),
    ],
)
def test_wrong_details_are_said_beside_the_field(client, fields, field):
    _ana, address = own_page()

    answer = client.post(f"{address}/details", data=details(**fields))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text


def test_the_calendar_entry_holds_nothing_of_the_person(client):
    ana, address = own_page(name="Ana Souk", email="ana@example.org")

    answer = client.get(f"{address}/activity.ics")

    assert answer.mimetype == "text/calendar"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    for secret in "Ana", "ana@", "ATTENDEE", address.removeprefix("/registrations/"):
        assert secret not in answer.text


def test_these_pages_send_forms_without_a_referer_on_https_too(app):
    _ana, address = own_page()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        client = app.test_client()
        secure = {"base_url": "https://127.0.0.1"}
        page = client.get(address, **secure).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        without = client.post(f"{address}/withdrawal", **secure)
        answer = client.post(f"{address}/withdrawal", data={"csrf_token": token}, **secure)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert without.status_code == 400
    assert answer.status_code == 303


# A new link


def test_a_new_link_goes_by_letter_and_the_screen_says_the_same_to_everybody(client):
    own_page(email="ana@example.org")

    answers = []
    for address in "Ana@Example.org", "nobody@example.org":
        sent = client.post("/registrations/link", data={"email": address})
        answers.append((sent.status_code, client.get(sent.location).text))

    assert answers[0] == answers[1]
    assert answers[0][0] == 303
    letters = db.session.scalars(db.select(Letter).where(Letter.subject.contains("Your reg"))).all()
    assert [letter.to for letter in letters] == ["ana@example.org"]
    [address] = re.findall(r"/registrations/[\w-]{40,}", letters[0].body)
    assert client.get(address).status_code == 200


def test_asking_often_sends_one_letter_an_hour(client):
    own_page(email="ana@example.org")

    for _ in range(4):
        client.post("/registrations/link", data={"email": "ana@example.org"})

    assert len(db.session.scalars(db.select(Letter)).all()) == 2


def test_no_link_to_what_is_over(client):
    activity = make_activity()
    own_page(activity, email="ana@example.org")
    activity.starts_at = clock.now() - timedelta(days=3)
    activity.ends_at = clock.now() - timedelta(days=1)
    db.session.commit()

    client.post("/registrations/link", data={"email": "ana@example.org"})

    assert len(db.session.scalars(db.select(Letter)).all()) == 1


# With an account


def test_somebody_signed_in_opens_the_own_page_from_my_page(signed_in):
    ana = make_user(email="ana@example.org")
    mine, _address = own_page(email="ana@example.org")
    foreign, _other = own_page(email="ben@example.org")
    client = signed_in(ana)

    assert f"/registrations/mine/{mine.id}" in client.get("/me").text
    answer = client.post(f"/registrations/mine/{mine.id}")

    assert client.get(answer.location).status_code == 200
    assert client.post(f"/registrations/mine/{foreign.id}").status_code == 404


def test_own_data_holds_every_registration(app):
    ana = make_user(email="ana@example.org")
    mine, _address = own_page(email="ana@example.org", sharing="Maps")
    own_page(email="ben@example.org")

    [part] = [part for part in own_data_of(ana) if part.name == "registrations"]

    assert [row["activity"] for row in part.rows] == [mine.activity.code]
    assert part.rows[0]["sharing"] == "Maps"


# Being forgotten


def everything_stored():
    """All text in the database, of every table."""
    words = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')):
            words += map(str, row)
    return "\n".join(words)


def test_erasing_an_account_takes_the_person_out_and_leaves_the_counts(app):
    ana = make_user(email="ana.zzyx@example.org", name="Ana Zzyx")
    activity = make_activity(capacity=1)
    mine, _address = own_page(
        activity,
        email="ana.zzyx@example.org",
        name="Ana Zzyx",
        organisation="Zzyx committee",
        sharing="Zzyx maps",
        sex="female",
        age_band="25_34",
    )
    waiting = register(activity)
    for letter in db.session.scalars(db.select(Letter)):
        letter.state = SENT
    db.session.commit()

    accounts.erase(ana)
    db.session.commit()

    assert "zzyx" not in everything_stored().lower()
    assert mine.erased_at is not None
    assert (mine.country, mine.actor_group, mine.sex, mine.age_band) == (
        *("KH", "cso", "female", "25_34"),
    )
    assert mine.activity is activity
    assert mine.state is State.WITHDRAWN
    assert waiting.state is State.CONFIRMED


def test_what_has_been_attended_stays_counted_as_it_was(client):
    activity = make_activity(capacity=1)
    ana, address = own_page(activity)
    activity.starts_at = clock.now() - timedelta(days=3)
    activity.ends_at = clock.now() - timedelta(days=1)
    db.session.commit()

    answer = client.post(f"{address}/erasure")

    assert answer.location == f"/activities/{activity.code}"
    assert client.get(address).status_code == 410
    db.session.expire_all()
    assert (ana.state, ana.name, activity.seats_taken) == (State.CONFIRMED, "", 1)
