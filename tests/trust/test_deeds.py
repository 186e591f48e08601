"""What may not be done, whatever is sent: the ways around a rule lead nowhere."""

from lna.accounts.models import Role
from lna.activities.models import Activity
from lna.core.db import db
from tests.activities.plan_forms import typed
from tests.factories import make_activity, make_user


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
