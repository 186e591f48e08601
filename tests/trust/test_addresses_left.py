"""A mailbox goes to somebody else: whoever had it before learns and destroys nothing there."""

import io
import zipfile

import pytest

from lna.accounts.actions.erasure import without
from lna.core import outbox
from lna.core.db import db
from tests.accounts.conftest import _quick_hashing, travel  # noqa: F401 - fixtures
from tests.accounts.factories import PASSWORD, letters, link_in, make_account, sign_in
from tests.factories import make_activity, make_user
from tests.registrations.factories import register

OFFICE = "office@example.org"


@pytest.fixture
def mover(client, travel):  # noqa: F811 - the fixture
    """Signed in; left the office's address, which a successor has now and forgot the password."""
    user = make_account(email=OFFICE, name="http")
    sign_in(client, user)
    client.post("/password", data={"email": OFFICE})
    client.post("/account/email", data={"email": "own@example.org", "password": PASSWORD})
    client.post(link_in(letters()[-1]))
    travel(minutes=5)
    make_account(email=OFFICE)
    client.post("/password", data={"email": OFFICE})
    assert [letter.to for letter in letters()].count(OFFICE) == 3
    return client


def test_ones_own_data_ends_where_the_address_was_left(mover):
    answer = mover.post("/account/data", data={"password": PASSWORD})
    told = zipfile.ZipFile(io.BytesIO(answer.data)).read("letters.csv").decode()
    assert "Your e-mail address was changed" in told
    own, successors = (letter for letter in letters() if "/password/" in letter.body)
    assert link_in(own) in told
    assert link_in(successors) not in told


def test_erasing_leaves_the_successors_letters_and_all_links_whole(mover):
    others = outbox.post(
        make_user().email, "mail/accounts/invitation.txt", language="en", link="http://x.example/a"
    )
    outbox.mark_sent(others)
    db.session.commit()
    link = link_in(letters()[-2])
    mover.post("/account/erasure", data={"password": PASSWORD, "sure": "y"})
    left = {letter.to: letter.body for letter in letters() if letter.to}
    assert link in left[OFFICE]
    assert "http://x.example/a" in left[others.to]


def test_a_registration_with_the_address_since_is_not_the_movers_to_open(mover):
    activity = make_activity()
    theirs = register(activity, email=OFFICE, name="Successor")
    db.session.commit()
    assert "Successor" not in mover.get("/me").text
    assert activity.code not in mover.get("/me").text
    assert mover.post(f"/registrations/mine/{theirs.id}").status_code == 404
    mover.post("/account/erasure", data={"password": PASSWORD, "sure": "y"})
    db.session.expire_all()
    assert theirs.name == "Successor"


@pytest.mark.parametrize(
    ("word", "text", "left"),
    [
        ("Ann", "Dear Ann, the annual plan of Anna", "Dear …, the annual plan of Anna"),
        ("page", "Your page: http://a.example/page/x", "Your …: http://a.example/page/x"),
        ("សុខា", "ជំរាបសុខាបាទ", "ជំរាប…បាទ"),
        ("a@b.example", "from a@b.example.", "from …."),
    ],
)
def test_only_whole_words_are_taken_out(word, text, left):
    assert without(word, text) == left
