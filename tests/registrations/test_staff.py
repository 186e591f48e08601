"""The staff's list: one's own country's people only, every look written down, safe to export."""

import csv
import io
import re
import zipfile

import pytest

from lna.accounts.models import Role
from lna.core.audit import AuditLine
from lna.core.db import db
from lna.core.outbox import Letter
from lna.registrations.models import Registration, State
from tests.factories import make_activity, make_user
from tests.registrations.factories import register


def facilitator(country="KH"):
    return make_user(role=Role.NATIONAL_FACILITATOR, country=country)


def coordinator():
    return make_user(role=Role.REGIONAL_COORDINATOR)


def saved(number=0, **fields):
    activity = make_activity(countries=("KH",), **fields)
    people = [register(activity) for _ in range(number)]
    db.session.commit()
    return activity, people


def list_of(activity):
    return f"/activities/{activity.code}/registrations"


def acts():
    return db.session.scalars(db.select(AuditLine.action).order_by(AuditLine.id)).all()


ROOMS = ["", ".csv", ".xlsx", "/new", "/{id}", "/{id}/edit"]
DEEDS = ["/change", "/new", "/{id}/edit", "/{id}/link", "/hiding"]


@pytest.mark.parametrize("room", ROOMS)
def test_the_country_s_facilitator_and_regional_staff_come_in_nobody_else(client, signed_in, room):
    activity, [ana] = saved(1)
    address = list_of(activity) + room.format(id=ana.id)

    assert client.get(address).status_code == 303
    assert signed_in(make_user()).get(address).status_code == 403
    assert signed_in(facilitator("LA")).get(address).status_code == 404
    assert signed_in(facilitator("KH")).get(address).status_code == 200
    assert signed_in(coordinator()).get(address).status_code == 200


@pytest.mark.parametrize("deed", DEEDS)
def test_what_may_not_be_seen_may_not_be_done(signed_in, deed):
    activity, [ana] = saved(1)
    address = list_of(activity) + deed.format(id=ana.id)
    form = {"chosen": ana.id, "verb": "cancel", "sure": "yes", "name": "Mallory", "hidden": "1"}

    assert signed_in(make_user()).post(address, data=form).status_code == 403
    assert signed_in(facilitator("LA")).post(address, data=form).status_code == 404
    db.session.expire_all()
    assert (ana.state, activity.hides_participants) == (State.CONFIRMED, False)


def test_a_registration_of_another_activity_is_missing(signed_in):
    activity, _people = saved()
    _other, [ana] = saved(1)
    client = signed_in(coordinator())

    for id in ana.id, 0, 2**31 - 1, 2**31, 10**30:
        assert client.get(f"{list_of(activity)}/{id}").status_code == 404


def test_tabs_count_the_states_and_the_search_finds_names_in_any_script(signed_in):
    activity, _people = saved(3, capacity=2)
    register(activity, name="ສົມສີ ວົງສາ")
    db.session.commit()
    client = signed_in(facilitator())

    page = client.get(list_of(activity)).text
    tabs = re.sub(r"<[^>]+>", "", page.split('class="tabs"')[1].split("</ul>")[0]).split()
    assert " ".join(tabs[tabs.index("All") :]) == "All 4 On the waiting list 2 Confirmed 2"
    assert "place 2" in page

    found = client.get(f"{list_of(activity)}?q=ວົງສາ&state=waiting").text
    assert "ສົມສີ" in found
    assert found.count('name="chosen"') == 1
    assert client.get(f"{list_of(activity)}?state=nonsense&page=x&q={'y' * 900}").status_code == 200


def test_every_look_and_every_export_is_written_down(signed_in):
    activity, [ana] = saved(1)
    client = signed_in(facilitator())

    for room in "", f"/{ana.id}", ".csv", ".xlsx":
        client.get(list_of(activity) + room)

    assert acts()[-4:] == [
        *("registrations.list", "registrations.show"),
        *("registrations.export", "registrations.export"),
    ]


def test_several_are_cancelled_after_a_look_at_what_will_happen(signed_in):
    activity, people = saved(4, capacity=2)
    client = signed_in(facilitator())
    chosen = {"chosen": [people[0].id, people[1].id], "verb": "cancel"}

    preview = client.post(f"{list_of(activity)}/change", data=chosen)

    assert preview.status_code == 200
    assert "2 people move up the waiting list" in preview.text
    db.session.expire_all()
    assert [each.state.value for each in people] == ["confirmed"] * 2 + ["waiting"] * 2
    assert db.session.query(Letter).count() == 4

    sure = chosen | {"sure": "yes", "reason": "The bus has two seats fewer"}
    answer = client.post(f"{list_of(activity)}/change", data=sure)

    assert answer.status_code == 303
    assert "2 people changed." in client.get(answer.location).text
    db.session.expire_all()
    assert [each.state.value for each in people] == ["cancelled"] * 2 + ["confirmed"] * 2
    letters = db.session.scalars(db.select(Letter.body).where(Letter.to == people[0].email)).all()
    assert "The bus has two seats fewer" in letters[-1]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"verb": "cancel"},
        {"verb": "explode", "chosen": 1},
        {"verb": "cancel", "chosen": "x"},
        {"verb": "cancel", "chosen": 10**30},
    ],
)
def test_choosing_nobody_or_nothing_says_so(signed_in, form):
    activity, _people = saved(1)
    client = signed_in(facilitator())

    answer = client.post(f"{list_of(activity)}/change", data=form | {"sure": "yes"})

    assert "Please choose" in client.get(answer.location).text


def test_staff_add_somebody_who_has_neither_mail_nor_phone(signed_in):
    activity, _people = saved(admission="approval", capacity=1)
    client = signed_in(facilitator())

    answer = client.post(f"{list_of(activity)}/new", data={"name": "Grandmother Sok", "key": "k"})

    page = client.get(answer.location).text
    assert "Grandmother Sok" in page
    assert "There is no agreement on file" in page
    registration = db.session.scalars(db.select(Registration)).one()
    assert (registration.state, registration.sharing_at) == (State.CONFIRMED, None)
    assert registration.changes[0].origin == "staff"


def test_adding_twice_by_two_presses_is_one_person(signed_in):
    activity, _people = saved()
    client = signed_in(facilitator())
    form = {"name": "Sok", "key": "one-form"}

    answers = [client.post(f"{list_of(activity)}/new", data=form).location for _ in range(2)]

    assert answers[0] == answers[1]
    assert db.session.query(Registration).count() == 1


def test_adding_somebody_known_is_refused_at_the_field(signed_in):
    activity, [ana] = saved(1)

    answer = signed_in(facilitator()).post(
        f"{list_of(activity)}/new", data={"name": "Ana", "email": ana.email}
    )

    assert answer.status_code == 422
    assert "registered with this e-mail or phone already" in answer.text


def test_what_is_missing_is_completed_later(signed_in):
    activity, [ana] = saved(1)
    address = f"{list_of(activity)}/{ana.id}/edit"
    client = signed_in(facilitator())
    assert f'value="{ana.email}"' in client.get(address).text

    client.post(address, data={"name": "Ana Souk", "email": ana.email, "sex": "female"})

    db.session.expire_all()
    assert (ana.name, ana.sex, ana.state) == ("Ana Souk", "female", State.CONFIRMED)


def test_one_person_shows_history_and_letters_with_their_state(signed_in):
    activity, [ana] = saved(1)

    page = signed_in(facilitator()).get(f"{list_of(activity)}/{ana.id}").text

    assert "by the person" in page
    assert f"You have a seat: {activity.title}" in page
    assert "No mail server is set." in page


def test_a_lost_link_is_made_anew_shown_once_or_sent(signed_in):
    activity, [ana] = saved(1)
    ben = register(activity, email="", phone="+85512345678")
    db.session.commit()
    client = signed_in(facilitator())

    sent = client.post(f"{list_of(activity)}/{ana.id}/link")
    shown = client.post(f"{list_of(activity)}/{ben.id}/link")

    assert sent.status_code == 303
    assert (
        "/registrations/"
        in db.session.scalars(db.select(Letter.body).order_by(Letter.id.desc())).first()
    )
    [address] = set(re.findall(r"127.0.0.1:8000(/registrations/[\w-]{40,})", shown.text))
    assert client.get(address).status_code == 200
    assert acts().count("registrations.link") == 2


def test_who_has_left_gets_no_link(signed_in):
    activity, [ana] = saved(1)
    client = signed_in(facilitator())
    client.post(
        f"{list_of(activity)}/change", data={"chosen": ana.id, "verb": "decline", "sure": "y"}
    )

    answer = client.post(f"{list_of(activity)}/{ana.id}/link")

    assert "put it back on the list first" in client.get(answer.location).text
    assert len(db.session.scalars(db.select(Letter)).all()) == 1


def test_the_table_has_the_rows_of_the_list_and_no_formula(signed_in):
    activity, _people = saved(2, capacity=1)
    register(activity, name="=HYPERLINK(1)", email="", phone="+85512345678", sharing="@cmd")
    db.session.commit()
    client = signed_in(facilitator())

    body = client.get(f"{list_of(activity)}.csv?state=waiting").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))

    assert [row["Place"] for row in rows] == ["1", "2"]
    assert rows[1]["Name"] == "'=HYPERLINK(1)"
    assert rows[1]["Phone"] == "'+85512345678"
    assert rows[1]["What they can share"] == "'@cmd"
    book = client.get(f"{list_of(activity)}.xlsx")
    with zipfile.ZipFile(io.BytesIO(book.data)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_locking_closes_list_and_exports_at_once_and_only_a_coordinator_opens_them(signed_in):
    activity, [ana] = saved(1)
    client, regional = signed_in(facilitator()), signed_in(coordinator())

    client.post(f"{list_of(activity)}/hiding", data={"hidden": "1"})

    for room in ROOMS:
        for visitor in client, regional:
            answer = visitor.get(list_of(activity) + room.format(id=ana.id))
            assert answer.status_code == 403
            assert ana.name not in answer.text
            assert ana.email not in answer.text
    change = {"chosen": ana.id, "verb": "cancel", "sure": "yes"}
    assert client.post(f"{list_of(activity)}/change", data=change).status_code == 403
    client.post(f"{list_of(activity)}/hiding", data={})
    assert client.get(list_of(activity)).status_code == 403

    assert "Unlock the list" in regional.get(list_of(activity)).text
    regional.post(f"{list_of(activity)}/hiding", data={})

    assert client.get(list_of(activity)).status_code == 200
    assert [act for act in acts() if act.startswith("participants.")] == [
        *("participants.hide", "participants.show"),
    ]


def test_the_list_asks_the_database_as_often_at_one_row_as_at_thirty(signed_in, statements):
    one, _people = saved(1)
    thirty, _others = saved(30)
    client = signed_in(facilitator())
    client.get(list_of(one))

    with statements() as at_one:
        client.get(list_of(one))
    with statements() as at_thirty:
        client.get(list_of(thirty))
    assert len(at_one) == len(at_thirty)


def test_more_than_a_page_is_reached_by_the_pager(signed_in):
    activity, _people = saved(103)
    client = signed_in(facilitator())

    first = client.get(list_of(activity)).text
    second = client.get(f"{list_of(activity)}?page=2").text

    assert first.count('name="chosen"') == 100
    assert second.count('name="chosen"') == 3
    assert "?page=2" in first
