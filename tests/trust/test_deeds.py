"""What may not be done, whatever is sent: the ways around a rule lead nowhere."""

from lna.accounts.models import Role
from lna.activities.models import Activity, Stage, StageChange
from lna.core.db import db
from lna.core.multilingual import Multilingual
from tests.activities.plan_forms import typed
from tests.factories import make_activity, make_user
from tests.library.factories import make_annotation, make_publication


def test_only_a_coordinator_shows_hidden_participants_again(signed_in):
    """The form of the activity is no way around the lock of its list."""
    activity = make_activity(("KH",), hides_participants=True)
    for role, status, hidden in (
        (Role.NATIONAL_FACILITATOR, 422, True),
        (Role.REGIONAL_COORDINATOR, 303, False),
    ):
        country = "KH" if role is Role.NATIONAL_FACILITATOR else None
        staff = signed_in(make_user(role, country))
        address = f"/activities/{activity.code}/edit"
        form = typed(staff.get(address).text) | {"hides_participants": []}
        answer = staff.post(address, data=form)
        assert (answer.status_code, is_hidden(activity)) == (status, hidden)
        if hidden:
            assert "Only a coordinator can unlock the list." in answer.text


def is_hidden(activity: Activity) -> bool:
    db.session.expire_all()
    return activity.hides_participants


def test_with_a_publication_its_annotations_are_withdrawn(client, signed_in):
    publication = make_publication()
    make_annotation(publication, research_basis="Two villages")
    address = f"/library/{publication.key}/annotations/1"
    assert "Two villages" in client.get(address).text
    signed_in(make_user(Role.EDITOR)).post(f"/library/{publication.key}/withdraw")
    answer = client.get(address)
    assert answer.status_code == 410
    assert "Two villages" not in answer.text
    assert "Two villages" in signed_in(make_user(Role.ANNOTATOR)).get(address).text


def test_choosing_impossible_people_changes_nobody(app, signed_in):
    activity = make_activity(code="KH-1")
    staff = signed_in(make_user(Role.REGIONAL_COORDINATOR))
    form = {"chosen": ["-1", "-" + "9" * 30, "9" * 30, "9" * 5000, "²"], "verb": "cancel"}
    answer = staff.post(f"/activities/{activity.code}/registrations/change", data=form)
    assert answer.status_code == 303


def test_only_the_piu_approves_what_costs_more(signed_in):
    """Not by another button, not by raising the amount afterwards, not as an administrator."""
    activity = make_activity(("KH",), code="KH-1", stage=Stage.APPRAISAL, amount_usd=50_000)
    for statement in ("relevance", "framework", "impact"):
        setattr(activity, statement, Multilingual.of("A sentence that says something."))
    activity.summary, activity.no_network_reason = Multilingual.of("Short."), "None yet."
    activity.responsible = make_user(Role.NATIONAL_FACILITATOR, "KH")
    activity.stage_changes = [StageChange(to_stage=Stage.APPRAISAL)]
    for role in (Role.REGIONAL_COORDINATOR, Role.ADMINISTRATOR):
        staff = signed_in(make_user(role))
        for to in (Stage.APPROVED, Stage.PLANNED, Stage.COMPLETED):
            sent = {"to": to.value, "reason": "Because."}
            assert staff.post("/activities/KH-1/stage", data=sent).status_code == 403
        comments = {"comments": "No."}
        assert staff.post("/activities/KH-1/comments", data=comments).status_code == 403
    sent = {"to": Stage.APPROVED.value}
    piu = signed_in(make_user(Role.PIU_MANAGER))
    assert piu.post("/activities/KH-1/stage", data=sent).status_code == 303


def test_roles_are_given_by_administrators_alone_whatever_is_sent(signed_in):
    """Fields of one's own profile that do not exist, addresses of others, hidden ids."""
    user, other = make_user(), make_user()
    visitor = signed_in(user)
    profile = {"name": "Ann", "language": "en", "timezone": "Asia/Vientiane"}
    smuggled = {"role": "administrator", "grants": "1", "id": other.id, "email": "x@example.org"}
    assert visitor.post("/account", data=profile | smuggled).status_code == 303
    for path in ("roles", "suspension", "erasure", "second-factor/removal", "invitation"):
        assert visitor.post(f"/accounts/{other.id}/{path}", data=smuggled).status_code == 403
    facilitator = signed_in(make_user(Role.NATIONAL_FACILITATOR, "KH"))
    substitute = {"email": other.email, "since": "2027-01-01", "until": "2027-02-01"}
    for country in ("LA", "", "XX"):
        sent = substitute | {"country": country, "role": "administrator"}
        assert facilitator.post("/account/substitute", data=sent).status_code == 422
    db.session.expire_all()
    assert (user.roles, other.roles, user.name) == (set(), set(), "Ann")
    assert user.email != "x@example.org"
