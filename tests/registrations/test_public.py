"""The public form over HTTP: no account, nothing typed is lost, nothing is told to strangers."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from lna.accounts.models import Role
from lna.activities.models import Stage
from lna.core import clock
from lna.core.db import db
from lna.core.outbox import Letter
from lna.registrations.models import Registration, State
from tests.factories import make_activity, make_organisation, make_person, make_user
from tests.registrations.factories import filled, register


def form_of(activity):
    return f"/activities/{activity.code}/registration"


def saved(**fields):
    activity = make_activity(**fields)
    db.session.commit()
    return activity


def error_beside(html, field):
    return re.search(rf'id="{field}-error">(.*?)<', html)[1]


@pytest.fixture
def mail_server(app):
    """The site can send letters."""
    before = app.extensions["lna_settings"]
    app.extensions["lna_settings"] = replace(before, smtp_host="mail.example", mail_from="a@b.org")
    yield
    app.extensions["lna_settings"] = before


def registrations():
    return db.session.scalars(db.select(Registration).order_by(Registration.id)).all()


def test_a_phone_number_and_no_account_is_enough(client):
    activity = saved(capacity=1, countries=("KH",))

    answer = client.post(
        form_of(activity), data=filled(contact="០១២ ៣៤៥ ៦៧៨", organisation="A new committee")
    )

    assert answer.status_code == 303
    assert answer.location.startswith("/registrations/")
    page = client.get(answer.location)
    assert "You have a seat." in page.text
    assert "A new committee" in page.text
    assert registrations()[0].phone == "+85512345678"


def test_the_form_asks_nine_things_two_of_them_typed(client):
    page = client.get(form_of(saved())).text
    common = page.split('<form method="post" novalidate')[1].split("<details")[0]
    end = page.split("</details>")[-1]

    asked = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', common + end)
    asked = [name for name in asked if name not in {"csrf_token", "key"}]

    assert asked == [
        *("name", "country", "contact", "organisation", "actor_group", "sex", "language"),
        *("shares", "consents"),
    ]
    needed = re.findall(r'<input[^>]* name="([^"]+)"[^>]* required', common)
    assert needed == ["name", "contact"]


def test_without_the_sharing_commitment_everything_typed_is_kept(client):
    activity = saved()
    typed = filled(
        shares=None, name="ສົມສີ", contact="som@example.org", organisation="ອົງການ", sharing="ນາ"
    )

    answer = client.post(form_of(activity), data=typed)

    assert answer.status_code == 422
    assert error_beside(answer.text, "shares").startswith("Sharing experience is the one condition")
    for name in "name", "contact", "organisation", "key":
        assert f'value="{typed[name]}"' in answer.text
    assert ">ນາ</textarea>" in answer.text.replace("\r\n", "")
    assert re.search(
        r'<input[^>]*name="consents"[^>]*checked|checked[^>]*name="consents"', answer.text
    )
    assert '<details class="more" id="further">' in answer.text
    assert registrations() == []


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "   ", "Please fill this in."),
        ("name", "\u200b", "Please fill this in."),
        ("name", "x" * 214, "At most 200 characters, you have 214."),
        ("name", "Ana\u202egro", "a character we cannot store"),
        ("contact", "", "Please fill this in."),
        ("contact", "somebody", "not a phone number"),
        ("contact", "12", "too few"),
        ("contact", "a@b", "not an e-mail address"),
        ("contact", "=?utf-8?q?a?=@example.org", "not an e-mail address"),
        ("contact", "a@example.org\r\nBcc: b@example.org", "not an e-mail address"),
        ("contact", "a" * 250 + "@example.org", "At most 254 characters, you have 262."),
        ("country", "", "Please choose one."),
        ("country", "XX", "Not a valid choice"),
        ("actor_group", None, "Please choose one."),
        ("consents", None, "may not keep"),
        ("latin_name", "x" * 201, "At most 200"),
        ("sharing", "x" * 2001, "At most 2000"),
    ],
)
def test_what_cannot_be_used_is_said_beside_the_field(client, field, typed, sentence):
    answer = client.post(form_of(saved()), data=filled(**{field: typed}))

    assert answer.status_code == 422
    assert sentence in error_beside(answer.text, field)
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("typed", ["Sok \x00Dara", "Sok\ud800Dara", "<b>Sok</b> & 'Dara'", "٣٤ 𝒮"])
def test_any_name_is_stored_or_refused_and_shown_as_text(client, typed):
    activity = saved()

    answer = client.post(form_of(activity), data=filled(name=typed.encode(errors="surrogatepass")))

    assert answer.status_code in {303, 422}
    if answer.status_code == 303:
        assert "<b>" not in client.get(answer.location).text


def test_five_presses_are_one_registration_one_letter_and_one_page(client):
    activity = saved(capacity=3)
    form = filled()

    pages = [client.get(client.post(form_of(activity), data=form).location) for _ in range(5)]

    assert len(registrations()) == 1
    assert len(db.session.scalars(db.select(Letter)).all()) == 1
    assert all("You have a seat." in page.text for page in pages)


def test_when_it_is_full_the_page_says_the_place_in_the_queue(client):
    activity = saved(capacity=0)
    client.post(form_of(activity), data=filled())

    answer = client.post(form_of(activity), data=filled())

    assert "at place 2" in client.get(answer.location).text


def test_where_staff_approve_the_page_says_what_happens_next(client):
    activity = saved(admission="approval")

    answer = client.post(form_of(activity), data=filled())

    page = client.get(answer.location).text
    assert "Your registration waits for approval." in page
    assert "We write to you as soon as they have decided." in page


@pytest.mark.usefixtures("mail_server")
def test_known_or_not_an_address_gets_the_same_answer_on_the_screen(app):
    activity = saved(capacity=5)

    def answer():
        visitor = app.test_client()
        sent = visitor.post(form_of(activity), data=filled(contact="ana@example.org"))
        return sent.status_code, sent.location, visitor.get(sent.location).text

    first, second = answer(), answer()

    assert first == second
    assert first[1] == f"{form_of(activity)}/received?as=confirmed"
    assert "Person" not in second[2]
    assert len(registrations()) == 1
    bodies = db.session.scalars(db.select(Letter.body)).all()
    assert len(bodies) == 2
    assert all("/registrations/" in body for body in bodies)


def test_somebody_elses_phone_number_opens_nothing(app):
    activity = saved()
    app.test_client().post(form_of(activity), data=filled(contact="+855 12 345 678", name="Ana"))

    visitor = app.test_client()
    answer = visitor.post(form_of(activity), data=filled(contact="012 345 678", name="Ben"))

    page = visitor.get(answer.location).text
    assert answer.location.endswith("/received?as=phone")
    assert "Ana" not in page
    assert registrations()[0].name == "Ana"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"stage": Stage.CANCELLED}, "This activity was cancelled."),
        ({"registration_closes_at": -1}, "Registration is closed."),
        ({"starts_at": -3, "ends_at": -2}, "This activity is over."),
        ({"registration_opens_at": 1}, "Registration has not opened yet."),
    ],
)
def test_what_takes_no_registrations_says_why(client, fields, sentence):
    moments = {
        name: clock.now() + timedelta(days=value)
        for name, value in fields.items()
        if isinstance(value, int)
    }
    activity = saved(**fields | moments)

    for answer in client.get(form_of(activity)), client.post(form_of(activity), data=filled()):
        assert answer.status_code == 409
        assert sentence in answer.text
    assert registrations() == []


def test_a_draft_and_nothing_are_equally_missing(client):
    draft = saved(published_at=None)

    for address in form_of(draft), "/activities/NO-1/registration":
        assert client.get(address).status_code == 404
        assert client.post(address, data=filled()).status_code == 404


def test_the_form_knows_who_is_signed_in(signed_in):
    activity = saved(countries=("LA", "VN"))
    ana = make_user(name="Ana", email="ana@example.org")
    make_person(
        user_id=ana.id, name="ອານາ", email="ana@example.org", country="LA", actor_group="research"
    )
    client = signed_in(ana)

    page = client.get(form_of(activity)).text

    assert 'value="ອານາ"' in page
    assert 'value="ana@example.org"' in page
    assert re.search(r'<option selected value="LA">', page)
    assert re.search(r'<option selected value="research">', page)
    answer = client.post(form_of(activity), data=filled(contact="ana@example.org"))
    assert "You have a seat." in client.get(answer.location).text
    assert "You have a seat." not in client.get("/me").text
    assert activity.title.texts["en"] in client.get("/me").text


def test_organisations_of_the_directory_are_offered_hidden_ones_are_not(client):
    make_organisation("STAR Kampuchea")
    make_organisation("Hidden House", is_public=False)
    activity = saved()

    page = client.get(form_of(activity)).text

    assert '<option value="STAR Kampuchea">' in page
    assert "Hidden House" not in page


def test_an_incomplete_form_keeps_nobody_from_writing(client):
    activity = saved()
    address, engine = form_of(activity), db.engine
    db.session.rollback()

    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        connection.execute(text("SELECT 1"))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("lna.core.throttle.attempt", lambda *args, **kwargs: 0)
            answer = client.post(address, data=filled(name=""))

    assert answer.status_code == 422


def test_pressing_very_often_is_slowed_down(client, monkeypatch):
    activity, moment = saved(), clock.now()
    monkeypatch.setattr(clock, "read", lambda: moment)  # all in one window, however long it takes

    answers = [client.post(form_of(activity), data={}) for _ in range(121)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"capacity": 4}, "1 of 4 seats taken"),
        ({"capacity": 1}, "Join the waiting list"),
        ({"admission": "approval", "capacity": 4}, "Ask to take part"),
        ({"admission": "closed"}, "There is no registration here"),
        ({"stage": Stage.CANCELLED}, "nobody can register"),
    ],
)
def test_the_activity_says_how_to_take_part(client, fields, words):
    activity = saved(**{name: value for name, value in fields.items() if name == "capacity"})
    register(activity)
    for name, value in fields.items():
        setattr(activity, name, value)
    db.session.commit()

    assert words in client.get(f"/activities/{activity.code}").text


def test_the_counts_on_the_activity_follow_at_once(client):
    activity = saved(capacity=2)
    page = f"/activities/{activity.code}"
    assert "0 of 2 seats taken" in client.get(page).text

    client.post(form_of(activity), data=filled())

    assert "1 of 2 seats taken" in client.get(page).text


def test_a_form_from_an_old_page_is_shown_again_with_what_was_typed(app):
    activity = saved()
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = app.test_client().post(form_of(activity), data=filled(name="Ana"))
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert answer.status_code == 400
    assert 'value="Ana"' in answer.text


def test_staff_see_who_came_by_the_form(client, signed_in):
    activity = saved(countries=("KH",))
    client.post(form_of(activity), data=filled(name="Sok Dara", sharing="Mapping by villagers"))

    staff = signed_in(make_user(role=Role.NATIONAL_FACILITATOR, country="KH"))

    assert "Sok Dara" in staff.get(f"/activities/{activity.code}/registrations").text
    assert registrations()[0].state is State.CONFIRMED
