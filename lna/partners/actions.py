"""Entering and changing organisations and people. Look-alikes are shown, nothing is merged."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import lazy_gettext as _

from lna.accounts.actions import ERASERS
from lna.accounts.models import User
from lna.core import audit, clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.refusal import Refused
from lna.core.versions import raise_version
from lna.partners import queries
from lna.partners.models import (
    CONSENT_TEXT,
    ORGANISATION,
    Affiliation,
    Consent,
    Membership,
    Organisation,
    Person,
)
from lna.themes.queries import themes_with


@dataclass(frozen=True, kw_only=True)
class EnterOrganisation:
    """What is said of an organisation; `themes` are codes, `countries` where it works."""

    name: Multilingual
    kind: str = ORGANISATION
    acronym: str = ""
    actor_group: str = ""
    country: str = ""
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    website: str = ""
    about: Multilingual = Multilingual()
    is_public: bool = True
    is_another: bool = False
    """Said after look-alikes were shown: this is not one of them."""


@dataclass(frozen=True, kw_only=True)
class EnterPerson:
    """What is said of a person; `organisation_id` and `position` are where they are now."""

    name: str
    latin_name: str = ""
    address_as: str = ""
    email: str = ""
    phone: str = ""
    channel: str = ""
    language: str = "en"
    country: str = ""
    actor_group: str = ""
    sex: str = ""
    age_band: str = ""
    organisation_id: int | None = None
    position: str = ""
    is_another: bool = False


class LooksAlike(Refused):
    """There is something that may be the same; `alike` lists it."""

    def __init__(self, alike: list[queries.Likeness]) -> None:
        super().__init__(_("This may be known already. Please look at the list."))
        self.alike = alike


def add_organisation(command: EnterOrganisation) -> Organisation:
    """Enter a new one; raises `LooksAlike` until the command says it is another."""
    if not command.is_another and (alike := queries.like_organisations(_names(command))):
        raise LooksAlike(alike)
    organisation = Organisation(slug=queries.slug_for(command.acronym or str(command.name)))
    _tell(organisation, command)
    db.session.add(organisation)
    db.session.flush()
    audit.record("organisation entered", organisation)
    raise_version("partners")
    return organisation


def said_of(organisation: Organisation) -> dict[str, Any]:
    """What is known now, by the names of the command's fields."""
    plain = ("name", "kind", "acronym", "actor_group", "country", "countries", "website", "about")
    known = {name: getattr(organisation, name) for name in (*plain, "is_public")}
    return known | {"themes": [theme.code for theme in organisation.themes]}


def change_organisation(organisation: Organisation, command: EnterOrganisation) -> None:
    """Change what is said; the address stays."""
    _tell(organisation, command)
    db.session.flush()
    audit.record("organisation changed", organisation)
    raise_version("partners")


def set_members(network: Organisation, member_ids: tuple[int, ...]) -> None:
    """Who belongs to a network or group from today; those left out have left."""
    today = clock.now().date()
    present = {membership.member_id: membership for membership in network.members}
    for membership in network.members:
        if membership.member_id not in member_ids and membership.until is None:
            membership.until = today
    for organisation in queries.organisations_with(member_ids):
        if organisation.id in present:
            present[organisation.id].until = None
        elif organisation.id != network.id:
            network.members.append(Membership(member_id=organisation.id, since=today))
    db.session.flush()
    audit.record("members changed", network, ["members"])
    raise_version("partners")


def add_person(command: EnterPerson, user: User | None = None) -> Person:
    """Enter somebody; raises `LooksAlike` until the command says it is another."""
    names = [command.name, command.latin_name]
    if not command.is_another:
        alike = queries.like_people(names, phone=command.phone, email=command.email)
        if alike:
            raise LooksAlike(alike)
    person = Person(user=user)
    db.session.add(person)
    _describe(person, command)
    db.session.flush()
    audit.record("person entered", person)
    return person


def change_person(person: Person, command: EnterPerson) -> None:
    """Change what is said of somebody; an organisation left is kept with its end."""
    _describe(person, command)
    db.session.flush()
    audit.record("person changed", person)


def set_consents(person: Person, purposes: Collection[str], language: str) -> None:
    """What the person agrees to from now on, told in a language; the rest is withdrawn.

    What was agreed to before stays as it was said then; a consent is never written anew.
    """
    live = [consent for consent in person.consents if consent.withdrawn_at is None]
    for consent in live:
        if consent.purpose not in purposes:
            consent.withdrawn_at = clock.now()
    for purpose in set(purposes) - {consent.purpose for consent in live}:
        person.consents.append(
            Consent(purpose=purpose, text_version=CONSENT_TEXT, language=language)
        )
    db.session.flush()
    audit.record("consents changed", person, ["consents"])


def erase_person(person: Person) -> None:
    """Take the person out and leave what is counted: country, actor group, sex, age band."""
    for name in "name", "latin_name", "address_as", "email", "phone", "channel", "likeness":
        setattr(person, name, "")
    person.user = None
    person.affiliations.clear()
    person.consents.clear()
    person.erased_at = clock.now()
    db.session.flush()
    audit.record("person erased", person)


def erase_own(user: User) -> None:
    """The register's part of erasing an account."""
    if person := queries.person_of_user(user):
        erase_person(person)


ERASERS.append(erase_own)


def _names(command: EnterOrganisation) -> list[str]:
    return [*command.name.texts.values(), command.acronym]


def _tell(organisation: Organisation, command: EnterOrganisation) -> None:
    for name in "kind", "name", "acronym", "actor_group", "country", "website", "about":
        setattr(organisation, name, getattr(command, name))
    organisation.countries = list(command.countries)
    organisation.is_public = command.is_public
    organisation.likeness = queries.likeness_of(_names(command))
    organisation.themes = themes_with(command.themes)


def _describe(person: Person, command: EnterPerson) -> None:
    command = replace(command, email=command.email.lower())
    for name in (
        *("name", "latin_name", "address_as", "email", "phone", "channel", "language"),
        *("country", "actor_group", "sex", "age_band"),
    ):
        setattr(person, name, getattr(command, name))
    person.likeness = queries.likeness_of([command.name, command.latin_name])
    _move(person, command.organisation_id, command.position)


def _move(person: Person, organisation_id: int | None, position: str) -> None:
    today = clock.now().date()
    for affiliation in person.affiliations:
        if affiliation.until is None:
            if affiliation.organisation_id == organisation_id:
                affiliation.position = position
                return
            affiliation.until = today
    if organisation_id:
        person.affiliations.append(
            Affiliation(organisation_id=organisation_id, position=position, since=today)
        )
