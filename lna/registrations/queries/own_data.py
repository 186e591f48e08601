"""What registrations hold about somebody with an account, for their own export."""

from collections.abc import Iterable
from typing import Any

from lna.accounts.models import User
from lna.accounts.queries.own_data import OWN_DATA, Part
from lna.registrations.models import Registration
from lna.registrations.queries.single import registrations_of

TOLD = (
    *("name", "latin_name", "address_as", "email", "phone", "channel", "organisation_name"),
    *("actor_group", "country", "language", "sex", "age_band", "sharing", "sharing_at"),
)


def own_data(user: User) -> Iterable[Part]:
    """Every registration with what was agreed to and how its state changed."""
    return [Part("registrations", [_told(each) for each in registrations_of(user)])]


def _told(registration: Registration) -> dict[str, Any]:
    organisation = registration.organisation
    return {
        "activity": registration.activity.code,
        "state": registration.state.value,
        "registered_at": registration.created_at,
        **{name: getattr(registration, name) for name in TOLD},
        "organisation": str(organisation.name) if organisation else "",
        "consents": registration.consents,
        "history": [{"state": each.to_state.value, "at": each.at} for each in registration.changes],
    }


OWN_DATA.append(own_data)
