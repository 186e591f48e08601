"""One account from its first letter to its last sign-out."""

import re

from lna.accounts import queries
from tests.accounts.factories import PASSWORD, code_of, is_signed_in, letters, link_in, sign_in

NEW_PASSWORD = "boats wait under the bridge"


def test_the_whole_life_of_an_account(app):
    phone, desk = app.test_client(), app.test_client()

    # sign up, confirm
    assert phone.post("/sign-up", data={"email": "Sok@Example.org"}).status_code == 303
    link = link_in(letters()[-1])
    assert "Choose a password" in phone.get(link).text
    typed = {"name": "សុខ ដារ៉ា", "language": "km", "new_password": PASSWORD}
    assert phone.post(link, data=typed).location == "/me"
    assert is_signed_in(phone)
    assert phone.get(link).status_code == 410
    user = queries.user_by_email("sok@example.org")
    assert (user.name, user.language, user.is_active) == ("សុខ ដារ៉ា", "km", True)

    # sign in elsewhere
    assert sign_in(desk, "SOK@example.org", next="/account").location == "/account"
    assert is_signed_in(desk)

    # second factor
    page = desk.get("/account/second-factor").text
    assert "data:image/svg+xml" in page
    secret = re.sub(r"\s", "", re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1])
    typed = {"code": code_of(secret), "password": PASSWORD}
    assert desk.post("/account/second-factor", data=typed).location == "/account/recovery-codes"
    codes = re.findall(r"<li>([a-z2-7-]{19})</li>", desk.get("/account/recovery-codes").text)
    assert len(set(codes)) == 10
    assert desk.get("/account/recovery-codes").status_code == 303
    assert not is_signed_in(phone)  # signed in without it
    assert is_signed_in(desk)

    # recovery code
    assert sign_in(phone, user).location == "/sign-in/second-step?next=/me"
    assert not is_signed_in(phone)
    assert phone.post("/sign-in/second-step", data={"code": codes[0]}).status_code == 303
    assert is_signed_in(phone)
    another = app.test_client()
    sign_in(another, user)
    assert another.post("/sign-in/second-step", data={"code": codes[0]}).status_code == 422
    assert another.post("/sign-in/second-step", data={"code": codes[1].upper()}).status_code == 303

    # reset
    assert another.post("/password", data={"email": user.email}).status_code == 303
    link = link_in(letters()[-1])
    assert another.post(link, data={"new_password": NEW_PASSWORD}).status_code == 303
    assert not is_signed_in(phone)
    assert not is_signed_in(desk)
    assert sign_in(desk, user).status_code == 422
    sign_in(desk, user, NEW_PASSWORD)
    assert desk.post("/sign-in/second-step", data={"code": codes[2]}).status_code == 303

    # change of e-mail
    typed = {"email": "dara@example.org", "password": NEW_PASSWORD}
    assert desk.post("/account/email", data=typed).status_code == 303
    asked = letters()[-1]
    assert asked.to == "dara@example.org"
    assert "dara@example.org" not in desk.get("/account").text
    assert phone.get(link_in(asked)).status_code == 200
    assert phone.post(link_in(asked)).status_code == 303
    notice = letters()[-1]
    assert (notice.to, "dara@" in notice.body) == ("sok@example.org", False)
    assert "dara@example.org" in desk.get("/account").text

    # sign out everywhere
    sign_in(phone, "dara@example.org", NEW_PASSWORD)
    phone.post("/sign-in/second-step", data={"code": codes[3]})
    assert is_signed_in(phone)
    assert desk.post("/account/sessions/end").status_code == 303
    assert not is_signed_in(desk)
    assert not is_signed_in(phone)
