"""One's own data: all of it in one file; and nothing of it anywhere after erasure."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from lna.accounts import actions, queries
from lna.accounts.models import Role, User
from lna.core import audit, clock, outbox
from lna.core.db import db
from lna.registrations.actions import sign_up
from tests.accounts.factories import (
    PASSWORD,
    TOTP,
    is_signed_in,
    letters,
    link_in,
    make_account,
    sign_in,
)
from tests.factories import make_activity, make_user
from tests.registrations.factories import sign_up_command

NAME = "ណារី Nary Unmistakable"


def download(client, password=PASSWORD):
    return client.post("/account/data", data={"password": password})


def test_the_file_holds_everything_once_as_json_and_as_tables(client, monkeypatch):
    def registrations(user):
        return [queries.Part("registrations", [{"activity": "KH-1", "needs": "=1+1"}])]

    monkeypatch.setattr(queries.own_data, "OWN_DATA", [registrations])
    user = make_account(Role.NATIONAL_FACILITATOR, "KH", name=NAME)
    make_account(name="Somebody Else")
    sign_in(client, user)
    client.post("/password", data={"email": user.email})
    answer = download(client)
    assert answer.mimetype == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    data = json.loads(archive.read("own-data.json"))
    assert data["account"][0]["name"] == NAME
    assert data["account"][0]["email"] == user.email
    assert data["roles"][0]["country"] == "KH"
    assert len(data["sessions"]) == 1
    assert data["letters"][0]["subject"] == "Choose a new password"
    assert "signed in" not in [act["action"] for act in data["activity_log"]]
    assert data["registrations"] == [{"activity": "KH-1", "needs": "=1+1"}]
    assert set(archive.namelist()) == {"own-data.json", *(f"{part}.csv" for part in data)}
    table = io.StringIO(archive.read("registrations.csv").decode("utf-8-sig"))
    assert list(csv.DictReader(table)) == [{"activity": "KH-1", "needs": "'=1+1"}]
    everything = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Somebody Else" not in everything
    assert "argon2" not in everything


def test_it_asks_for_the_password_and_is_on_record(client):
    user = make_account()
    sign_in(client, user)
    assert download(client, "not mine").status_code == 422
    assert download(client).status_code == 200
    lines = db.session.scalars(select(audit.AuditLine.action)).all()
    assert lines.count("exported own data") == 1


def test_a_letter_to_an_address_not_proved_yet_is_not_shown(client):
    """Its link would prove the address of somebody else."""
    user = make_account()
    sign_in(client, user)
    typed = {"email": "victim@example.org", "password": PASSWORD}
    client.post("/account/email", data=typed)
    archive = zipfile.ZipFile(io.BytesIO(download(client).data))
    assert "victim@example.org" not in archive.read("own-data.json").decode()


def dump():
    """Everything in every table, as text."""
    db.session.rollback()
    rows = []
    for table in db.metadata.sorted_tables:
        rows += [str(tuple(row)) for row in db.session.execute(table.select())]
    return "\n".join(rows)


def live(client):
    """A person who leaves traces wherever one can."""
    user = make_account(Role.NATIONAL_FACILITATOR, "KH", name=NAME, email="nary.old@example.org")
    command = sign_up_command(name=NAME, email=user.email, latin_name="Nary", address_as="Ms Nary")
    sign_up(make_activity(), command, by=user)
    make_user(Role.ADMINISTRATOR)
    colleague = make_user()
    outbox.post(
        colleague.email, "mail/accounts/invitation.txt", language="en", link=f"{NAME} sent this"
    )
    told = outbox.post(
        colleague.email, "mail/accounts/invitation.txt", language="en", link="nary.old@example.org"
    )
    outbox.mark_sent(told)
    until = clock.now() + timedelta(days=9)
    actions.name_substitute(
        user,
        actions.NameSubstitute(email=colleague.email, country="KH", since=clock.now(), until=until),
    )
    db.session.commit()
    sign_in(client, user)
    client.post("/account/email", data={"email": "nary.new@example.org", "password": PASSWORD})
    client.post(link_in(letters()[-1]))
    client.post("/account/email", data={"email": "nary.next@example.org", "password": PASSWORD})
    client.post("/password", data={"email": "nary.new@example.org"})
    for number, letter in enumerate(letters()):
        if number % 2 and "sent this" not in letter.body:
            outbox.mark_sent(letter)
    user.totp_secret = TOTP
    db.session.commit()
    return user


def test_after_erasure_nothing_of_the_person_is_left_anywhere(client):
    user = live(client)
    before = dump()
    traces = [NAME, "nary.old@", "nary.new@", "nary.next@", user.password_hash, TOTP]
    assert all(trace in before for trace in traces)
    users, grants = len(db.session.scalars(select(User)).all()), len(user.grants)
    answer = client.post("/account/erasure", data={"password": PASSWORD, "sure": "y"})
    assert answer.location == "/"
    after = dump()
    assert [trace for trace in (*traces, "nary", "Unmistakable", "ណារី") if trace in after] == []
    assert not is_signed_in(client)
    assert len(db.session.scalars(select(User)).all()) == users  # counts stay true
    db.session.expire_all()
    assert user.erased_at
    assert not user.is_active
    assert len(user.grants) == grants
    assert not user.roles


def test_after_erasure_nothing_is_left_in_the_files(client, settings):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps its own files")
    live(client)
    client.post("/account/erasure", data={"password": PASSWORD, "sure": "y"})
    db.session.remove()
    for file in settings.data_dir.glob("lna.sqlite3*"):
        content = file.read_bytes()
        assert b"Unmistakable" not in content, file
        assert b"nary.old@example.org" not in content, file


def test_letters_to_others_that_still_wait_lose_the_name_only(client):
    live(client)
    client.post("/account/erasure", data={"password": PASSWORD, "sure": "y"})
    waiting = [letter for letter in letters() if letter.body and "sent this" in letter.body]
    assert [letter.body.count("… sent this") for letter in waiting] == [1]


def test_the_address_can_be_used_again(app, client):
    live(client)
    client.post("/account/erasure", data={"password": PASSWORD, "sure": "y"})
    client.post("/sign-up", data={"email": "nary.new@example.org"})
    typed = {"name": "Nary", "language": "en", "new_password": PASSWORD}
    assert client.post(link_in(letters()[-1]), data=typed).status_code == 303


def test_erasure_asks_for_the_password_and_a_yes(client):
    user = make_account()
    sign_in(client, user)
    for typed in ({"password": PASSWORD}, {"sure": "y"}, {"password": "no", "sure": "y"}):
        assert client.post("/account/erasure", data=typed).status_code == 422
    db.session.expire_all()
    assert user.erased_at is None


def test_other_features_forget_first(monkeypatch):
    forgotten = []
    monkeypatch.setattr(actions, "ERASERS", actions.ERASERS)
    actions.ERASERS.append(lambda user: forgotten.append(user.email))
    try:
        user = make_user(email="gone@example.org")
        actions.erase(user)
    finally:
        actions.ERASERS.pop()
    assert forgotten == ["gone@example.org"]


def test_the_audit_trail_still_follows_after_erasure(client):
    live(client)
    client.post("/account/erasure", data={"password": PASSWORD, "sure": "y"})
    assert audit.broken_at() is None
    assert db.session.execute(text("SELECT count(*) FROM audit_line")).scalar()
