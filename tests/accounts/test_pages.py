"""Every account page is strict HTML, whoever looks and whatever was typed."""

import html5lib
import pytest

from lna.accounts import actions
from lna.accounts.models import Link, Role
from lna.core.db import db
from tests.accounts.factories import TOTP, make_account, sign_in
from tests.factories import make_user


def strict(answer):
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(answer.get_data(as_text=True))
    assert 'style="' not in answer.text
    return answer


@pytest.mark.parametrize("page", ["/sign-in", "/sign-up", "/password", "/sign-in/link"])
def test_coming_in(client, page):
    strict(client.get(page))
    assert strict(client.post(page, data={"email": "<b>"})).status_code == 422


def test_links_from_letters(client):
    user, person = make_account(), make_user(confirmed_at=None)
    join = actions.issue(Link.JOIN, "new@example.org")
    password = actions.issue(Link.PASSWORD, person.id)
    email = actions.issue(Link.EMAIL, f"{user.id} new@example.org")
    link = actions.issue(Link.SIGN_IN, user.id)
    db.session.commit()
    for path in f"/sign-up/{join}", f"/password/{password}", f"/account/email/{email}":
        assert strict(client.get(path)).status_code == 200
    assert strict(client.get(f"/sign-in/link/{link}")).status_code == 200
    assert strict(client.post(f"/sign-up/{join}")).status_code == 422
    assert strict(client.get("/sign-up/wrong")).status_code == 410
    assert strict(client.get("/letter-sent")).status_code == 200


def test_ones_own_account(client):
    user = make_account(Role.NATIONAL_FACILITATOR, "KH", name="<i>Ana</i> & \"Co\" 'x'")
    sign_in(client, user)
    pages = ("", "/password", "/email", "/second-factor", "/substitute", "/data", "/erasure")
    for page in pages:
        assert strict(client.get(f"/account{page}")).status_code == 200
        assert strict(client.post(f"/account{page}", data={"name": ""})).status_code == 422
    user.totp_secret = TOTP
    db.session.commit()
    strict(client.get("/account/second-factor"))
    assert strict(client.post("/account/second-factor/removal")).status_code == 422
    with client.session_transaction() as session:
        session["recovery_codes"] = ["abcd-efgh"]
    strict(client.get("/account/recovery-codes"))


def test_the_administrators_pages(client):
    sign_in(client, make_account(Role.ADMINISTRATOR))
    user = make_user(Role.NATIONAL_FACILITATOR, "KH", name="<i>Ana</i> & \"Co\" 'x'")
    db.session.commit()
    for page in "", "?q=nobody", "/new", f"/{user.id}", f"/{user.id}/substitute":
        assert strict(client.get(f"/accounts{page}")).status_code == 200
    for page in "/new", f"/{user.id}/roles", f"/{user.id}/substitute", f"/{user.id}/erasure":
        assert strict(client.post(f"/accounts{page}")).status_code == 422
