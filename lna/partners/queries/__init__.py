"""Every named read of the register."""

from lna.partners.queries.directory import (
    DirectoryPage,
    Option,
    OrganisationRow,
    directory,
    everything_listed,
)
from lna.partners.queries.likeness import Likeness, like_organisations, like_people, likeness_of
from lna.partners.queries.organisations import (
    get_organisation,
    network_choices,
    organisation_by_name,
    organisation_choices,
    organisation_names,
    organisations_with,
    people_of,
    slug_for,
)
from lna.partners.queries.people import (
    get_person,
    people_listed,
    person_by_contact,
    person_of_user,
)

__all__ = [
    "DirectoryPage",
    "Likeness",
    "Option",
    "OrganisationRow",
    "directory",
    "everything_listed",
    "get_organisation",
    "get_person",
    "like_organisations",
    "like_people",
    "likeness_of",
    "network_choices",
    "organisation_by_name",
    "organisation_choices",
    "organisation_names",
    "organisations_with",
    "people_listed",
    "people_of",
    "person_by_contact",
    "person_of_user",
    "slug_for",
]
