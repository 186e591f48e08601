import re
from datetime import date

import pytest

from lna.accounts.models import Role
from lna.core.audit import AuditLine
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.partners import queries
from lna.partners.models import CONSENT_TEXT, Affiliation
from tests.factories import make_organisation, make_person, make_theme, make_user


def enter(name, **fields):
    organisation = make_organisation(name, likeness=queries.likeness_of([name]), **fields)
    db.session.commit()
    return organisation


def test_the_directory_filters_by_country_kind_and_word_with_exact_counts(client):
    enter("STAR Kampuchea", country="KH")
    enter("Land Core Group", country="MM", kind="network")
    enter("Hidden House", country="KH", is_public=False)

    everything = client.get("/partners").text
    assert "STAR Kampuchea" in everything
    assert "Hidden House" not in everything
    assert "2 partners" in everything

    assert "Land Core Group" not in client.get("/partners?country=KH").text
    assert "STAR" not in client.get("/partners?kind=network").text
    assert "1 partner" in client.get("/partners?q=kampuchea").text


def test_the_exports_hold_the_rows_of_the_page_and_nothing_hidden(client):
    enter("=STAR Kampuchea", country="KH", slug="star")
    enter("Hidden House", country="KH", is_public=False)

    table = client.get("/partners.csv?country=KH").data.decode("utf-8-sig")
    assert "star,organisation,'=STAR Kampuchea" in table
    assert "Hidden" not in table
    listed = client.get("/partners.json").json["organisations"]
    assert [row["slug"] for row in listed] == ["star"]


def test_a_hidden_organisation_and_a_missing_one_look_alike(client):
    hidden = enter("Hidden House", is_public=False)

    one = client.get(f"/partners/{hidden.slug}")
    other = client.get("/partners/nothing-here")
    assert (one.status_code, other.status_code) == (404, 404)
    assert one.text.replace(hidden.slug, "") == other.text.replace("nothing-here", "")


def test_a_page_in_khmer_shows_the_khmer_name_and_keeps_the_others(client):
    name = Multilingual("en", {"en": "Land Group", "km": "ក្រុមដីធ្លី"})
    organisation = make_organisation(name="x", slug="land-group")
    organisation.name = name
    db.session.commit()

    page = client.get("/partners/land-group?lang=km").text
    assert "<h1>ក្រុមដីធ្លី</h1>" in page
    assert '<p class="quiet" lang="en">Land Group</p>' in page


def test_entering_an_organisation_shows_look_alikes_and_loses_nothing(signed_in):
    enter("STAR Kampuchea")
    client = signed_in(make_user(Role.REGIONAL_COORDINATOR))
    typed = {"name-original": "en", "name-en": "Star Kampuchea", "kind": "organisation"}

    first = client.post("/partners/new", data=typed | {"acronym": "SK2"})
    assert first.status_code == 422
    assert "STAR Kampuchea" in first.text
    assert 'value="SK2"' in first.text

    second = client.post("/partners/new", data=typed | {"acronym": "SK2", "is_another": "y"})
    assert (second.status_code, second.location) == (303, "/partners/sk2")


def test_a_facilitator_changes_the_partners_of_the_own_country_only(signed_in):
    own, foreign = enter("Own", country="KH"), enter("Foreign", country="LA", countries=["LA"])
    client = signed_in(make_user(Role.NATIONAL_FACILITATOR, "KH"))
    typed = {"name-original": "en", "name-en": "Renamed", "kind": "organisation"}

    assert client.post(f"/partners/{own.slug}/edit", data=typed).status_code == 303
    assert client.get(f"/partners/{foreign.slug}").status_code == 200
    assert client.post(f"/partners/{foreign.slug}/edit", data=typed).status_code == 403


def test_editing_keeps_what_was_said_before(signed_in):
    theme = make_theme("Gender", code="gender")
    organisation = enter("STAR", country="KH", countries=["KH", "LA"])
    organisation.themes = [theme]
    db.session.commit()
    page = signed_in(make_user(Role.ADMINISTRATOR)).get(f"/partners/{organisation.slug}/edit").text

    for chosen in ("KH", "LA", "gender"):
        assert re.search(rf'value="{chosen}" checked', page)


def test_members_of_a_network_leave_with_their_end(signed_in):
    network, member = enter("LIWG", kind="network"), enter("VFI")
    client = signed_in(make_user(Role.REGIONAL_COORDINATOR))

    client.post(f"/partners/{network.slug}/members", data={"members": [member.id]})
    assert "VFI" in client.get(f"/partners/{network.slug}").text
    client.post(f"/partners/{network.slug}/members", data={"csrf_token": ""})
    assert "VFI" not in client.get(f"/partners/{network.slug}").text.split("<h2>Members")[1]


@pytest.mark.parametrize("address", ["/partners/people", "/partners/people/1", "/partners/new"])
def test_people_are_not_for_the_public_nor_for_stakeholders(client, signed_in, address):
    assert client.get(address).location.startswith("/sign-in")
    assert signed_in(make_user(Role.STAKEHOLDER)).get(address).status_code == 403


def test_people_of_another_country_look_missing_and_every_look_is_written_down(signed_in):
    own = make_person(name="Sokha", country="KH", email="sokha@example.org")
    foreign = make_person(name="Somsy", country="LA")
    client = signed_in(make_user(Role.NATIONAL_FACILITATOR, "KH"))

    listed = client.get("/partners/people").text
    assert "Sokha" in listed
    assert "Somsy" not in listed
    assert client.get(f"/partners/people/{own.id}").status_code == 200
    assert client.get(f"/partners/people/{foreign.id}").status_code == 404
    acts = db.session.scalars(db.select(AuditLine.action)).all()
    assert {"people listed", "person viewed"} <= set(acts)


def test_a_person_moves_to_another_organisation_and_the_first_is_remembered(signed_in):
    first, second = enter("First House"), enter("Second House")
    person = make_person(name="Sokha", country="KH")
    person.affiliations.append(Affiliation(organisation=first, since=date(2020, 1, 1)))
    db.session.commit()
    client = signed_in(make_user(Role.NATIONAL_FACILITATOR, "KH"))

    typed = {"name": "Sokha", "country": "KH", "language": "km", "phone": "០១២ ៣៤៥ ៦៧៨"}
    answer = client.post(
        f"/partners/people/{person.id}/edit", data=typed | {"organisation_id": second.id}
    )
    assert answer.status_code == 303
    page = client.get(f"/partners/people/{person.id}").text
    assert "First House" in page
    assert "Second House" in page
    assert "+85512345678" in page


def test_consents_are_given_and_withdrawn_each_with_its_day(signed_in):
    person = make_person(name="Sokha", country="KH")
    client = signed_in(make_user(Role.NATIONAL_FACILITATOR, "KH"))
    address = f"/partners/people/{person.id}/consents"

    client.post(address, data={"consents": ["photo", "follow_up"]})
    client.post(address, data={"csrf_token": "", "consents": ["follow_up"]})

    given = {each.purpose: each.withdrawn_at is None for each in person.consents}
    assert given == {"photo": False, "follow_up": True}
    assert {each.text_version for each in person.consents} == {CONSENT_TEXT}
    assert "withdrawn" in client.get(f"/partners/people/{person.id}").text
    assert client.post(address, data={"consents": "anything"}).status_code == 303
    assert len(person.consents) == 2


def test_a_bad_phone_is_said_at_the_field_and_nothing_is_lost(signed_in):
    client = signed_in(make_user(Role.REGIONAL_COORDINATOR))
    answer = client.post(
        "/partners/people/new",
        data={"name": "Sokha", "phone": "12", "country": "KH", "language": "km"},
    )
    assert answer.status_code == 422
    assert 'id="phone-error"' in answer.text
    assert 'value="Sokha"' in answer.text
