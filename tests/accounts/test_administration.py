"""The administrator's pages, and who reaches which page at all."""

import pytest
from sqlalchemy import select

from lna.accounts import queries
from lna.accounts.models import Role, Session
from lna.core.audit import AuditLine
from lna.core.db import db
from tests.accounts.factories import TOTP, is_signed_in, letters, link_in, make_account, sign_in
from tests.factories import make_user

EVERYBODY = [None, "visitor", *(role for role in Role if role is not Role.STAKEHOLDER)]
PUBLIC = ["/sign-in", "/sign-up", "/password", "/sign-in/link", "/letter-sent"]
OWN = [
    "/account",
    "/account/password",
    "/account/email",
    "/account/second-factor",
    "/account/data",
    "/account/erasure",
]
ADMINISTRATORS = ["/accounts", "/accounts/new", "/accounts/{other}", "/accounts/{other}/erasure"]
ADMINISTRATORS_POST = [
    "/accounts/new",
    "/accounts/{other}/roles",
    "/accounts/{other}/roles/{grant}/end",
    "/accounts/{other}/suspension",
    "/accounts/{other}/reinstatement",
    "/accounts/{other}/invitation",
    "/accounts/{other}/second-factor/removal",
    "/accounts/{other}/substitute",
    "/accounts/{other}/erasure",
]


@pytest.fixture
def visit(app, signed_in):
    """`visit(role)`: a client signed in with that role, or a visitor's."""

    def visit(role):
        if role == "visitor":
            return app.test_client()
        return signed_in(make_user(role, "KH" if role is Role.NATIONAL_FACILITATOR else None))

    return visit


@pytest.mark.parametrize("role", EVERYBODY)
def test_each_role_reaches_its_pages_and_no_other(visit, role):
    client, other = visit(role), make_user(Role.EDITOR)
    names = {"other": other.id, "grant": other.grants[0].id}
    db.session.commit()
    known, administers = role != "visitor", role is Role.ADMINISTRATOR
    for page in PUBLIC:
        expected = 303 if page == "/sign-in" and known else 200
        assert client.get(page).status_code == expected, page
    for page in OWN:
        assert client.get(page).status_code == (200 if known else 303), page
    for page in ADMINISTRATORS:
        expected = 200 if administers else 403 if known else 303
        assert client.get(page.format(**names)).status_code == expected, page
    for page in ADMINISTRATORS_POST:
        answer = client.post(page.format(**names))
        refused = (answer.status_code == 403) if known else answer.location.startswith("/sign-in")
        assert refused is not administers, page
    facilitates = role is Role.NATIONAL_FACILITATOR
    expected = 200 if facilitates else 403 if known else 303
    assert client.get("/account/substitute").status_code == expected


def test_a_page_ones_role_may_never_use_is_on_record(visit):
    visit(Role.EDITOR).get("/accounts")
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.action, line.object, line.role) == ("refused", "accounts.accounts", "editor")


@pytest.mark.parametrize("number", ["999999", "0", "99999999999999999999", "-1", "1.5", "x"])
def test_no_such_account_is_the_same_404(visit, number):
    client = visit(Role.ADMINISTRATOR)
    assert client.get(f"/accounts/{number}").status_code == 404
    assert client.post(f"/accounts/{number}/suspension").status_code == 404


def test_somebody_elses_session_and_role_are_not_there(visit):
    client, other = visit(Role.ADMINISTRATOR), make_user(Role.EDITOR)
    third = make_user(Role.EDITOR)
    db.session.add(Session(digest="x", user_id=other.id))
    db.session.commit()
    theirs = db.session.scalars(select(Session.id).where(Session.user_id == other.id)).one()
    assert client.post(f"/account/sessions/{theirs}/end").status_code == 404
    path = f"/accounts/{third.id}/roles/{other.grants[0].id}/end"
    assert client.post(path).status_code == 404


def test_people_are_found_by_name_address_role_country_and_state(visit):
    client = visit(Role.ADMINISTRATOR)
    make_user(name="សុខ ដារ៉ា", email="dara@example.org")
    make_user(Role.NATIONAL_FACILITATOR, "LA", name="Vang % Đặng")
    make_user(name="Somebody Invited", confirmed_at=None)
    db.session.commit()

    def found(query):
        page = client.get(f"/accounts?{query}").text
        names = ("ដារ៉ា", "Vang", "Somebody Invited")
        return [name for name in names if name in page]

    assert found("") == ["ដារ៉ា", "Vang", "Somebody Invited"]
    assert found("q=ដារ៉ា") == ["ដារ៉ា"]
    assert found("q=DARA%40") == ["ដារ៉ា"]
    assert found("q=Đặng") == found("q=vang") == ["Vang"]
    assert found("q=%25") == ["Vang"]
    assert found("role=national_facilitator") == ["Vang"]
    assert found("country=LA") == ["Vang"]
    assert found("country=KH") == []
    assert found("state=invited") == ["Somebody Invited"]
    assert found("role=nonsense&page=99999999&state=x&country=%00&q=%00") == found("")


def test_the_list_asks_as_often_for_one_person_as_for_thirty(visit, statements):
    client = visit(Role.ADMINISTRATOR)

    with statements() as few:
        assert client.get("/accounts").status_code == 200
    for _each in range(30):
        make_user(Role.EDITOR)
    db.session.commit()
    with statements() as many:
        assert client.get("/accounts").status_code == 200
    assert len(many) == len(few) <= 6


def test_an_administrator_invites_grants_and_ends(app, visit):
    client = visit(Role.ADMINISTRATOR)
    typed = {"name": "Vang", "email": "vang@example.org", "language": "lo"}
    page = client.post("/accounts/new", data=typed).location
    vang = queries.user_by_email("vang@example.org")
    assert page == f"/accounts/{vang.id}"
    assert client.post("/accounts/new", data=typed).status_code == 422
    missing = client.post(f"{page}/roles", data={"role": "national_facilitator", "country": ""})
    assert missing.status_code == 422
    assert 'id="country-error"' in missing.text
    period = {"since": "", "until": "2199-12-31"}
    role = {"role": "national_facilitator", "country": "LA"}
    assert client.post(f"{page}/roles", data=role | period).location == page
    assert "National facilitator, Laos" in client.get(page).text
    newcomer = app.test_client()
    answer = newcomer.post(
        link_in(letters()[-1]),
        data={"name": "Vang", "language": "lo", "new_password": "boats wait under the bridge"},
    )
    assert answer.status_code == 303
    db.session.expire_all()
    assert vang.countries == {"LA"}
    assert client.post(f"{page}/roles/{vang.grants[0].id}/end").location == page
    db.session.expire_all()
    assert vang.countries == set()
    history = client.get(page).text
    for act in "invited", "granted a role", "ended a role", "chose a password":
        assert act in history


def test_suspension_and_a_lost_phone(app, visit):
    admin, user, client = visit(Role.ADMINISTRATOR), make_account(totp_secret=TOTP), None
    page = f"/accounts/{user.id}"
    admin.post(f"{page}/second-factor/removal")
    assert letters()[-1].subject == "Your second factor was removed"
    client = app.test_client()
    sign_in(client, user)
    assert is_signed_in(client)
    admin.post(f"{page}/suspension")
    assert not is_signed_in(client)
    assert "Suspended" in admin.get(page).text
    admin.post(f"{page}/reinstatement")
    sign_in(client, user)
    assert is_signed_in(client)


def test_the_last_administrator_is_told_so(signed_in):
    user = make_user(Role.ADMINISTRATOR)
    client = signed_in(user)
    for path in f"roles/{user.grants[0].id}/end", "suspension":
        answer = client.post(f"/accounts/{user.id}/{path}", follow_redirects=True)
        assert "last administrator" in answer.text
    answer = client.post(f"/accounts/{user.id}/erasure", data={"sure": "y"})
    assert answer.status_code == 422


def test_every_change_is_on_record_without_values(visit):
    client, user = visit(Role.ADMINISTRATOR), make_user(name="Secret Name")
    db.session.commit()
    for path in "suspension", "reinstatement", "second-factor/removal":
        client.post(f"/accounts/{user.id}/{path}")
    client.post(f"/accounts/{user.id}/roles", data={"role": "editor", "country": ""})
    client.post(f"/accounts/{user.id}/erasure", data={"sure": "y"})
    lines = db.session.scalars(select(AuditLine).where(AuditLine.object == f"User {user.id}"))
    seen = [(line.action, line.role) for line in lines]
    acts = ["suspended", "reinstated", "removed the second factor", "granted a role", "erased"]
    assert seen == [(act, "administrator") for act in acts]
    everything = str([vars(line) for line in db.session.scalars(select(AuditLine))])
    assert "Secret Name" not in everything
    assert "@example.org" not in everything
