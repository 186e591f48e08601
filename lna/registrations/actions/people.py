"""Who took part, in the register of people: found again or entered, never merged silently."""

from collections.abc import Mapping
from typing import Any

from lna.core import clock
from lna.core.db import insert_row
from lna.partners.models import Affiliation, Consent, Person
from lna.partners.queries import likeness_of
from lna.registrations import queries
from lna.registrations.models import Registration

SAME = (
    *("user_id", "name", "latin_name", "address_as", "email", "phone", "channel", "language"),
    *("country", "actor_group", "sex", "age_band"),
)
"""What an entry of the register takes over as it was written."""


def link(registration: Registration) -> None:
    """Tie a confirmed registration to its person."""
    if registration.person_id is None:
        said = {
            name: getattr(registration, name) for name in (*SAME, "organisation_id", "consents")
        }
        registration.person_id = person_for(said)


def person_for(said: Mapping[str, Any]) -> int:
    """The id of the person who says this: known by account, or by contact and name together.

    A contact alone may be shared by an office or a family, so another name is another person.
    """
    likeness = likeness_of([said["name"], said["latin_name"]])
    for person in queries.people_like(said["user_id"], said["email"], said["phone"]):
        is_own = said["user_id"] is not None and person.user_id == said["user_id"]
        if is_own or _forms(likeness) & _forms(person.likeness):
            return int(person.id)
    return _enter(said, likeness)


def _forms(likeness: str) -> set[str]:
    return set(likeness.split("|")) - {""}


def _enter(said: Mapping[str, Any], likeness: str) -> int:
    id = insert_row(Person, **{name: said[name] for name in SAME}, likeness=likeness)
    for consent in said["consents"]:
        given = {name: consent[name] for name in ("purpose", "language")}
        insert_row(Consent, person_id=id, text_version=consent["text"], **given)
    if organisation := said["organisation_id"]:
        today = clock.now().date()
        insert_row(Affiliation, person_id=id, organisation_id=organisation, since=today)
    return id
