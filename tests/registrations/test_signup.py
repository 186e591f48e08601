"""Signing up: one form gives one registration, and a stranger learns nothing about others."""

from datetime import timedelta

import pytest

from lna.activities.models import Stage
from lna.core import clock
from lna.core.db import db
from lna.core.outbox import Letter
from lna.core.refusal import Refused
from lna.core.tokens import Token
from lna.partners.models import Person
from lna.partners.queries import likeness_of
from lna.registrations import queries
from lna.registrations.actions import sign_up
from lna.registrations.models import CONSENT_TEXT, PROCESSING, Registration, State
from tests.factories import make_activity, make_organisation, make_person, make_user
from tests.registrations.factories import VISITOR, register, sign_up_command


def subjects():
    return db.session.scalars(db.select(Letter.subject).order_by(Letter.id)).all()


def number_of(model):
    return db.session.scalar(db.select(db.func.count()).select_from(model))


def test_the_same_form_again_is_the_same_registration_and_one_letter():
    activity = make_activity(capacity=1)
    command = sign_up_command()

    answers = [sign_up(activity, command, by=VISITOR) for _ in range(5)]

    assert len({answer.registration.id for answer in answers}) == 1
    assert number_of(Registration) == number_of(Letter) == 1
    opened = {queries.registration_behind(answer.secret) for answer in answers}
    assert opened == {answers[0].registration}


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ({"email": "ana@example.org"}, {"email": "ana+visit@example.org"}),
        ({"email": "a.na@gmail.com"}, {"email": "ana@googlemail.com"}),
        ({"email": "", "phone": "+85512345678"}, {"email": "", "phone": "+85512345678"}),
        (
            {"email": "ana@example.org", "phone": "+85512345678"},
            {"email": "", "phone": "+85512345678"},
        ),
    ],
)
def test_one_contact_is_one_live_registration(first, again):
    activity = make_activity(capacity=5)
    ana = register(activity, **first)

    answer = sign_up(activity, sign_up_command(**again), by=VISITOR)

    assert answer.registration is ana
    assert answer.secret is None
    assert activity.seats_taken == 1


def test_a_stranger_with_somebody_elses_address_gets_nothing_and_the_owner_one_letter():
    activity = make_activity()
    ana = register(activity, email="ana@example.org", name="Ana")

    for name in "Stranger", "Other":
        answer = sign_up(activity, sign_up_command(email="ana@example.org", name=name), by=VISITOR)
        assert answer.secret is None

    assert ana.name == "Ana"
    assert len(subjects()) == 2
    assert subjects()[-1].startswith("Your registration")


@pytest.mark.parametrize("capacity", [1, 2])
def test_a_stranger_is_told_what_a_newcomer_gets_not_what_the_owner_has(capacity):
    activity = make_activity(capacity=capacity)
    register(activity, email="ana@example.org")

    answer = sign_up(activity, sign_up_command(email="ana@example.org"), by=VISITOR)

    assert answer.newcomer is (State.WAITING if capacity == 1 else State.CONFIRMED)


def test_two_people_with_the_same_form_from_a_cache_are_two_registrations():
    activity = make_activity()

    ana, ben = register(activity, key="cached"), register(activity, key="cached")

    assert ana is not ben


def test_signed_in_with_the_address_one_comes_back_to_the_own_registration():
    activity, ana = make_activity(), make_user(email="ana@example.org")
    mine = register(activity, email="ana@example.org")

    answer = sign_up(activity, sign_up_command(email="ana@example.org"), by=ana)

    assert queries.registration_behind(answer.secret) is mine
    assert queries.registrations_of(ana) == [mine]


def test_what_was_agreed_to_is_kept_with_text_language_and_time():
    ana = register(make_activity(), language="km")

    [consent] = ana.consents
    given = {"purpose": PROCESSING, "text": CONSENT_TEXT, "language": "km"}
    assert consent == given | {"given_at": ana.sharing_at.isoformat()}
    assert ana.sharing_at is not None


def test_the_organisation_is_found_in_the_register_or_kept_as_typed():
    star = make_organisation("STAR Kampuchea", likeness=likeness_of(["STAR Kampuchea"]))
    activity = make_activity()

    known = register(activity, organisation="star  kampuchea")
    new = register(activity, organisation="Village committee of Bachieng")

    assert (known.organisation, known.organisation_name) == (star, "")
    assert new.organisation is None
    assert new.organisation_name == "Village committee of Bachieng"


def test_only_the_digest_of_a_personal_link_is_stored():
    answer = sign_up(make_activity(), sign_up_command(), by=VISITOR)

    stored = db.session.scalars(db.select(Token.digest)).all()
    assert len(answer.secret) >= 43
    assert answer.secret not in "".join(stored)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"stage": Stage.CANCELLED}, "cancelled"),
        ({"starts_at": -3, "ends_at": -2}, "over"),
        ({"starts_at": -1, "ends_at": 1}, "begun"),
        ({"registration_opens_at": 1}, "not opened"),
        ({"registration_closes_at": -1}, "closed"),
        ({"admission": "closed"}, "no registrations"),
    ],
)
def test_closed_says_why(fields, reason):
    moments = {
        name: clock.now() + timedelta(days=value)
        for name, value in fields.items()
        if isinstance(value, int)
    }
    activity = make_activity(**fields | moments)

    with pytest.raises(Refused, match=reason):
        sign_up(activity, sign_up_command(), by=VISITOR)
    assert number_of(Registration) == 0


def test_the_same_form_still_finds_its_registration_after_closing():
    activity, command = make_activity(), sign_up_command()
    mine = sign_up(activity, command, by=VISITOR).registration
    activity.registration_closes_at = clock.now()

    assert sign_up(activity, command, by=VISITOR).registration is mine


# The register of people


def test_a_seat_enters_the_person_into_the_register_a_waiting_place_does_not():
    activity = make_activity(capacity=1)

    ana, ben = register(activity, name="Ana", email="ana@example.org"), register(activity)

    assert (ana.person.name, ana.person.email) == ("Ana", "ana@example.org")
    assert [each.purpose for each in ana.person.consents] == [PROCESSING]
    assert ben.person is None


def test_the_same_name_and_contact_is_the_same_person():
    known = make_person(
        name="Nguyễn Thị Hoa", email="hoa@example.org", likeness=likeness_of(["Nguyễn Thị Hoa"])
    )

    hoa = register(make_activity(), name="nguyen thi hoa", email="hoa@example.org")

    assert hoa.person is known
    assert known.name == "Nguyễn Thị Hoa"


def test_another_name_under_a_shared_contact_is_another_person():
    known = make_person(name="Sokha", phone="+85512345678", likeness=likeness_of(["Sokha"]))

    dara = register(make_activity(), name="Dara", email="", phone="+85512345678")

    assert dara.person is not known
    assert number_of(Person) == 2


# Letters


def test_each_state_has_its_own_letter_in_the_persons_language():
    register(make_activity(admission="approval"), email="a@example.org")
    activity = make_activity(capacity=1)
    register(activity, email="b@example.org", language="km")
    register(activity, email="c@example.org")

    letters = db.session.scalars(db.select(Letter).order_by(Letter.id)).all()

    assert [letter.subject.split(":")[0] for letter in letters] == [
        "Your registration waits for approval",
        "You have a seat",
        "You are on the waiting list",
    ]
    assert letters[1].language == "km"
    assert "at place 1" in letters[2].body
    assert all("http://127.0.0.1:8000/registrations/" in letter.body for letter in letters)
    assert all(letter.about.startswith("registration ") for letter in letters)


def test_without_an_address_there_is_no_letter():
    register(make_activity(), email="", phone="+85512345678")

    assert number_of(Letter) == 0


def test_a_name_in_a_letter_is_data():
    register(make_activity(), name="{{ 7 * 7 }} <b>%(site)s</b>", email="a@example.org")

    letter = db.session.scalars(db.select(Letter)).one()
    assert "{{ 7 * 7 }} <b>%(site)s</b>" in letter.body
