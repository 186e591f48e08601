"""Who took part, in the register of people: found again or entered, never merged silently."""

from lna.core import clock
from lna.core.db import db
from lna.partners.models import Affiliation, Consent, Person
from lna.partners.queries import likeness_of
from lna.registrations import queries
from lna.registrations.models import Registration

SAME = (
    *("name", "latin_name", "address_as", "email", "phone", "channel", "language"),
    *("country", "actor_group", "sex", "age_band"),
)
"""What an entry of the register takes over as it was written."""


def link(registration: Registration) -> None:
    """Tie a confirmed registration to its person: by account, or by contact and name together.

    A contact alone may be shared by an office or a family, so another name is another person.
    """
    if registration.person_id is None:
        registration.person = _known(registration) or _entered(registration)
        db.session.flush()


def _known(registration: Registration) -> Person | None:
    mine = _forms(likeness_of([registration.name, registration.latin_name]))
    for person in queries.people_like(registration):
        is_own = person.user_id is not None and person.user_id == registration.user_id
        if is_own or mine & _forms(person.likeness):
            return person
    return None


def _forms(likeness: str) -> set[str]:
    return set(likeness.split("|")) - {""}


def _entered(registration: Registration) -> Person:
    person = Person(
        **{name: getattr(registration, name) for name in SAME},
        user_id=registration.user_id,
        likeness=likeness_of([registration.name, registration.latin_name]),
    )
    person.consents = [
        Consent(purpose=each.purpose, text_version=each.text_version, language=each.language)
        for each in registration.consents
    ]
    if registration.organisation_id:
        person.affiliations = [
            Affiliation(organisation_id=registration.organisation_id, since=clock.now().date())
        ]
    return person
