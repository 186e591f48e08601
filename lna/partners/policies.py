"""Who may see and change the register. People are never public."""

from lna.accounts.models import Identity
from lna.accounts.policies import can_edit_country, coordinators, staff
from lna.partners.models import Organisation, Person


def can_see_organisation(user: Identity, organisation: Organisation) -> bool:
    return organisation.is_public or staff(user)


def can_add_organisation(user: Identity) -> bool:
    return staff(user)


def can_edit_organisation(user: Identity, organisation: Organisation) -> bool:
    """Coordinators all; a facilitator those at home or working in the own country."""
    scope = {organisation.country, *organisation.countries} - {""}
    return coordinators(user) or bool(scope and can_edit_country(user, scope))


def can_see_people(user: Identity) -> bool:
    return staff(user)


def can_see_person(user: Identity, person: Person) -> bool:
    """Contact data stays with the country's team and those whose scope is every country."""
    return coordinators(user) or bool(
        person.country and staff(user) and can_edit_country(user, [person.country])
    )


can_edit_person = can_see_person
