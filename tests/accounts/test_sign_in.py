"""Coming in: alike for strangers and acquaintances, once per proof, under a new secret."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import extract_parameters
from sqlalchemy import select

from lna.accounts import actions, queries
from lna.accounts.actions import passwords
from lna.accounts.models import Role, Session
from lna.core import clock, tokens
from lna.core.db import db
from tests.accounts.factories import (
    PASSWORD,
    TOTP,
    code_of,
    is_signed_in,
    letters,
    link_in,
    make_account,
    sign_in,
)


def words(answer):
    """The page without the address typed and the form's token, which tells the second."""
    token = r'name="csrf_token" value="[^"]*"'
    return re.sub(rf"[\w.]+@example\.org|{token}", "", answer.text)


def test_a_stranger_and_a_wrong_password_are_told_the_same(client):
    user = make_account()
    wrong = sign_in(client, user, "not the password at all")
    unknown = sign_in(client, "nobody@example.org", "not the password at all")
    assert wrong.status_code == unknown.status_code == 422
    assert "not right" in wrong.text
    assert "Please look at:" not in wrong.text  # there is no field to name
    assert words(wrong) == words(unknown)
    assert user.email in wrong.text  # what was typed is kept
    assert "not the password" not in wrong.text


def test_a_strangers_password_is_hashed_as_long_as_anybodys(client, monkeypatch, slow_hashing):
    compared = []

    class Watching:
        def verify(self, stored, given):
            compared.append(extract_parameters(stored))
            return hasher.verify(stored, given)

    hasher, user = passwords.HASHER, make_account()
    monkeypatch.setattr(passwords, "HASHER", Watching())
    sign_in(client, user, "not the password at all")
    sign_in(client, "nobody@example.org", "not the password at all")
    assert compared[0] == compared[1]


@pytest.mark.parametrize("page", ["/sign-up", "/password", "/sign-in/link"])
def test_asking_for_a_letter_tells_nothing(client, page):
    user = make_account()
    known = client.post(page, data={"email": user.email}, follow_redirects=True)
    unknown = client.post(page, data={"email": "nobody@example.org"}, follow_redirects=True)
    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown)
    assert [letter.to for letter in letters()][:1] == [user.email]


def test_a_stranger_gets_no_letter_with_a_link_into_nowhere(client):
    client.post("/password", data={"email": "nobody@example.org"})
    client.post("/sign-in/link", data={"email": "nobody@example.org"})
    assert letters() == []
    assert db.session.scalar(select(tokens.Token)) is None


def test_the_session_is_new_at_every_sign_in(app):
    attacker, victim = make_account(), make_account()
    client = app.test_client()
    sign_in(client, attacker)
    with client.session_transaction() as session:
        planted, session["planted"] = session["_user_id"], "yes"
    sign_in(client, victim)
    with client.session_transaction() as session:
        assert session["_user_id"] != planted
        assert "planted" not in session
    assert queries.live_session(planted) is None
    assert f"{victim.email} " in client.get("/account").text


def test_the_cookie_holds_a_secret_the_database_does_not(client):
    sign_in(client, make_account())
    with client.session_transaction() as session:
        secret = session["_user_id"]
    stored = db.session.scalars(select(Session.digest)).one()
    assert stored == tokens.digest(secret) != secret


def test_signing_out_ends_the_session_whatever_the_cookie_says(app):
    client, thief = app.test_client(), app.test_client()
    sign_in(client, make_account())
    with client.session_transaction() as mine, thief.session_transaction() as stolen:
        stolen.update(mine)
    assert is_signed_in(thief)
    assert client.post("/sign-out").location == "/"
    assert not is_signed_in(thief)


def test_sign_out_and_everything_else_that_changes_is_no_get(client):
    sign_in(client, make_account())
    assert client.get("/sign-out").status_code == 405
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("/activities?country=KH", "/activities?country=KH"),
        ("https://evil.example/", "/me"),
        ("//evil.example/", "/me"),
        ("/\\evil.example", "/me"),
        ("javascript:alert(1)", "/me"),
        ("", "/me"),
    ],
)
def test_after_signing_in_one_arrives_on_this_site(client, typed, arrives):
    assert sign_in(client, make_account(), next=typed).location == arrives


def test_an_idle_session_ends(client, travel):
    sign_in(client, make_account())
    travel(hours=11)
    assert is_signed_in(client)
    travel(hours=11)
    assert is_signed_in(client)
    travel(hours=13)
    assert not is_signed_in(client)


def test_a_session_ends_after_two_weeks_of_use(client, travel):
    sign_in(client, make_account())
    for _half_day in range(27):
        travel(hours=11.9)
        assert is_signed_in(client)
    travel(hours=20)
    assert not is_signed_in(client)


def test_use_is_noted_every_five_minutes_only(client, travel):
    sign_in(client, make_account())

    def seen():
        db.session.rollback()
        return db.session.scalars(select(Session.seen_at)).one()

    first = seen()
    travel(minutes=4)
    client.get("/account")
    assert seen() == first
    travel(minutes=2)
    client.get("/account")
    assert (seen() - first).total_seconds() >= 360


def test_an_expired_session_sends_htmx_to_sign_in_as_a_whole_page(client, travel):
    sign_in(client, make_account())
    travel(days=1)
    answer = client.get("/account", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/account"


def test_suspension_ends_sessions_and_is_told_to_the_right_password_only(client):
    user = make_account()
    sign_in(client, user)
    actions.suspend(user)
    db.session.commit()
    assert not is_signed_in(client)
    assert "not right" in sign_in(client, user, "not the password at all").text
    assert "suspended" in client.get(sign_in(client, user).location).text
    assert not is_signed_in(client)
    actions.reinstate(user)
    db.session.commit()
    sign_in(client, user)
    assert is_signed_in(client)


def test_guessing_has_to_wait_ever_longer_and_nobody_is_locked_out(app, travel):
    user, client, elsewhere = make_account(), app.test_client(), app.test_client()
    for whom in user, "nobody@example.org":
        answers = [sign_in(client, whom, f"guess {n}") for n in range(6)]
        assert [answer.status_code for answer in answers[:3]] == [422] * 3
        assert answers[-1].status_code == 429
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    other = {"REMOTE_ADDR": "198.51.100.7"}
    typed = {"email": user.email, "password": PASSWORD}
    assert elsewhere.post("/sign-in", data=typed, environ_base=other).status_code == 303
    travel(minutes=1)
    assert sign_in(client, user).status_code == 303
    for _minute in range(6):
        travel(minutes=1)
        answers = [sign_in(client, user, f"guess {n}") for n in range(5)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 60


def test_somebody_signed_in_may_try_again_without_waiting_for_a_lock(client):
    """The visitor's language is looked up in the database while attempts are counted there."""
    user = make_account(language="km")
    sign_in(client, user)
    assert sign_in(client, user, "wrong").status_code == 422
    typed = {"password": "wrong", "new_password": "boats wait under the bridge"}
    assert client.post("/account/password", data=typed).status_code == 422
    assert sign_in(client, user).status_code == 303


def test_the_second_step_needs_the_first(client):
    assert client.get("/sign-in/second-step").location == "/sign-in?next=/me"
    assert client.post("/sign-in/second-step", data={"code": "123456"}).status_code == 303


def test_a_code_works_once(app, travel):
    user = make_account(totp_secret=TOTP)
    code, clients = code_of(TOTP), [app.test_client() for _each in range(3)]
    for client in clients:
        sign_in(client, user)
    assert clients[0].post("/sign-in/second-step", data={"code": code}).location == "/me"
    replayed = clients[1].post("/sign-in/second-step", data={"code": code})
    assert replayed.status_code == 422
    assert "used already" in replayed.text
    travel(seconds=30)
    assert clients[1].post("/sign-in/second-step", data={"code": code}).status_code == 422
    typed = {"code": " ".join(code_of(TOTP))}
    assert clients[1].post("/sign-in/second-step", data=typed).status_code == 303
    assert not is_signed_in(clients[2])


def test_codes_are_read_in_any_figures_and_a_step_early_or_late(travel):
    user = make_account(totp_secret=TOTP)
    step = int(clock.now().timestamp()) // 30
    for ahead, expected in ((-1, step - 1), (0, step), (1, step + 1), (2, None), (-2, None)):
        found = actions.matching_step(TOTP, code_of(TOTP, ahead))
        assert found == expected
    khmer = code_of(TOTP).translate({ord(str(n)): 0x17E0 + n for n in range(10)})
    secret = actions.ask_for_second_step(user)
    assert actions.pass_second_step(secret, khmer) is user


def test_a_recovery_code_is_reported_by_letter(client):
    user = make_account(totp_secret=TOTP)
    codes = actions.new_recovery_codes(user)
    db.session.commit()
    sign_in(client, user)
    client.post("/sign-in/second-step", data={"code": codes[0].replace("-", " ")})
    assert "You have 9 codes left." in letters()[-1].body


def test_the_second_step_waits_ten_minutes(client, travel):
    user = make_account(totp_secret=TOTP)
    sign_in(client, user)
    travel(minutes=11)
    answer = client.post("/sign-in/second-step", data={"code": code_of(TOTP)})
    assert answer.location == "/sign-in?next=/me"
    assert not is_signed_in(client)


def test_a_changed_password_ends_a_second_step_under_way(client):
    user = make_account(totp_secret=TOTP)
    sign_in(client, user)
    actions.change_password(user, "another")
    db.session.commit()
    client.post("/sign-in/second-step", data={"code": code_of(TOTP)})
    assert not is_signed_in(client)


def test_a_link_in_a_letter_signs_in_once_by_a_button(app):
    user, scanner, client = make_account(), app.test_client(), app.test_client()
    client.post("/sign-in/link", data={"email": user.email})
    link = link_in(letters()[-1])
    assert len(link.rsplit("/", 1)[1]) >= 43  # 256 bits
    assert scanner.get(link).status_code == 200  # mail scanners follow links
    assert not is_signed_in(scanner)
    assert client.post(link).location == "/me"
    assert is_signed_in(client)
    assert scanner.post(link).status_code == 410


def test_a_link_in_a_letter_works_for_ten_minutes(client, travel):
    user = make_account()
    client.post("/sign-in/link", data={"email": user.email})
    link = link_in(letters()[-1])
    travel(minutes=11)
    assert client.post(link).status_code == 410


def test_a_link_in_a_letter_does_not_replace_the_second_factor(client):
    user = make_account(totp_secret=TOTP)
    client.post("/sign-in/link", data={"email": user.email})
    assert client.post(link_in(letters()[-1])).location.startswith("/sign-in/second-step")
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "role",
    [
        Role.NATIONAL_FACILITATOR,
        Role.REGIONAL_COORDINATOR,
        Role.PIU_MANAGER,
        Role.ADMINISTRATOR,
    ],
)
def test_staff_get_a_letter_without_a_link(client, role):
    user = make_account(role)
    client.post("/sign-in/link", data={"email": user.email})
    assert "/sign-in/link/" not in letters()[-1].body
    assert "password" in letters()[-1].body


def test_a_role_granted_meanwhile_makes_the_link_useless(client):
    user = make_account()
    client.post("/sign-in/link", data={"email": user.email})
    link = link_in(letters()[-1])
    actions.grant_role(user, actions.GrantRole(role=Role.REGIONAL_COORDINATOR))
    db.session.commit()
    assert client.post(link).status_code == 410


def test_of_two_who_press_at_once_one_gets_in(app):
    user = make_account()
    client = app.test_client()
    client.post("/sign-in/link", data={"email": user.email})
    link = link_in(letters()[-1])
    db.session.remove()
    with ThreadPoolExecutor(4) as crowd:
        answers = list(crowd.map(lambda _n: app.test_client().post(link).status_code, range(4)))
    assert sorted(answers) == [303, 410, 410, 410]


def test_wrong_used_and_expired_links_look_the_same(client, travel):
    user = make_account()
    client.post("/password", data={"email": user.email})
    used = link_in(letters()[-1])
    client.post("/password", data={"email": user.email})
    expired = link_in(letters()[-1])
    client.post(used, data={"new_password": "boats wait under the bridge"})
    travel(hours=2)
    answers = [client.get(link) for link in ("/password/wrong", used, expired)]
    assert [answer.status_code for answer in answers] == [410] * 3
    plain = {re.sub(r"/password/[\w-]+", "", words(answer)) for answer in answers}
    assert len(plain) == 1
    assert "Send a new one" in answers[0].text


def test_the_browser_is_named_as_its_owner_would(app):
    client = app.test_client()
    agent = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/126.0 Safari/537"
    user = make_account()
    typed = {"email": user.email, "password": PASSWORD}
    client.post("/sign-in", data=typed, headers={"User-Agent": agent})
    page = client.get("/account", headers={"User-Agent": agent}).text
    assert "Chrome, Android" in page
    assert "SM-A135F" not in page
