"""A small site with something of every kind in every state, and people in every role."""

from dataclasses import dataclass, field
from typing import Any

from lna.accounts.actions import issue
from lna.accounts.models import Link, Role, User
from lna.activities import feeds
from lna.activities.models import Activity, ActivityOrganiser, ActivityPlace, Stage, StageChange
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.versions import raise_version
from lna.library.models import Import
from lna.partners.models import Affiliation, Membership
from lna.registrations.actions import sign_up
from tests.factories import make_activity, make_organisation, make_person, make_user, save
from tests.library.factories import make_annotation, make_publication
from tests.registrations.factories import VISITOR, sign_up_command

ROLES: dict[str, tuple[Role | None, str | None] | None] = {
    "visitor": None,
    "stakeholder": (None, None),
    "annotator": (Role.ANNOTATOR, None),
    "editor": (Role.EDITOR, None),
    "facilitator KH": (Role.NATIONAL_FACILITATOR, "KH"),
    "facilitator LA": (Role.NATIONAL_FACILITATOR, "LA"),
    "coordinator": (Role.REGIONAL_COORDINATOR, None),
    "PIU manager": (Role.PIU_MANAGER, None),
    "administrator": (Role.ADMINISTRATOR, None),
}
"""Role and country of everybody who may come; a visitor has no account."""

SECRETS = {
    "a participant's name": "Zzname Participant",
    "a participant's e-mail": "zzparticipant@example.org",
    "a participant's phone": "+85512777001",
    "what a participant can share": "Zzshares irrigation",
    "a name of the register": "Zzperson Register",
    "an e-mail of the register": "zzregister@example.org",
    "a phone of the register": "+85512777002",
    "a member of staff": "Zzstaff Responsible",
    "an address of staff": "zzstaff@example.org",
    "the link to join": "https://meet.example.org/zzjoin",
    "a hidden organisation": "Zzhidden Committee",
    "its address": "zzhidden",
    "a hidden venue": "Zzvenue pagoda",
    "a hidden town": "Zztown",
    "a draft activity": "Zzdraft activity",
    "a draft publication": "Zzdraft publication",
    "an abstract not cleared": "Zzabstract of the publisher",
    "a note of editors": "Zznote of editors",
    "an annotation in review": "Zzreview in progress",
    "a reason of staff": "Zzreason of staff",
    "an amount": "7654321",
}
"""What no public page, export or feed holds, each with a sign of its own."""


@dataclass
class Site:
    """What addresses are made of, and the people by their role."""

    people: dict[str, User] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)


def build() -> Site:
    """Everything once, committed; two countries, Cambodia and Laos."""
    site = Site()
    for name, held in ROLES.items():
        if held is not None:
            site.people[name] = make_user(*held)
    secret = make_user(
        Role.NATIONAL_FACILITATOR,
        "KH",
        name=SECRETS["a member of staff"],
        email=SECRETS["an address of staff"],
    )
    activity = _activities(site, secret)
    _partners(site, activity)
    _library(site, secret)
    _registration(site, activity)
    site.places["user"] = site.people["stakeholder"].id
    for name, link in (("password", Link.PASSWORD), ("sign_in", Link.SIGN_IN)):
        site.places[name] = issue(link, site.people["stakeholder"].id)
    site.places["email"] = issue(Link.EMAIL, f"{site.places['user']} new@example.org")
    site.places["join"] = issue(Link.JOIN, "joining@example.org")
    raise_version("activities", "library", "partners", "themes")
    db.session.commit()
    return site


def _activities(site: Site, responsible: User) -> Activity:
    activity = _planned(
        ("KH",),
        code="KH-1",
        capacity=5,
        responsible_id=responsible.id,
        online_link=SECRETS["the link to join"],
        amount_usd=int(SECRETS["an amount"]),
        mode="hybrid",
    )
    activity.places = [
        ActivityPlace(
            country="KH",
            province="KH-12",
            town=SECRETS["a hidden town"],
            venue=SECRETS["a hidden venue"],
        )
    ]
    _planned(("LA",), code="LA-1")
    draft = Multilingual.of(SECRETS["a draft activity"])
    _planned(("KH",), code="KH-DRAFT", published_at=None, title=draft)
    db.session.flush()
    feeds.keep(activity)
    site.places |= {"code": "KH-1", "foreign": "LA-1", "draft": "KH-DRAFT"}
    return activity


def _planned(countries: tuple[str, ...], **fields: Any) -> Activity:
    activity = make_activity(countries, **fields)
    reason = SECRETS["a reason of staff"]
    activity.stage_changes = [StageChange(to_stage=Stage.IDEA, reason=reason)]
    return activity


def _partners(site: Site, activity: Activity) -> None:
    shown = make_organisation("Known Centre", slug="known")
    hidden = make_organisation(
        SECRETS["a hidden organisation"], slug=SECRETS["its address"], is_public=False
    )
    network = make_organisation("Wide Network", slug="network", kind="network")
    network.members = [Membership(member_id=each.id) for each in (shown, hidden)]
    activity.organisers = [
        ActivityOrganiser(organisation_id=each.id, position=at)
        for at, each in enumerate((shown, hidden))
    ]
    activity.network_id = hidden.id
    person = make_person(
        name=SECRETS["a name of the register"],
        email=SECRETS["an e-mail of the register"],
        phone=SECRETS["a phone of the register"],
        country="KH",
    )
    person.affiliations = [Affiliation(organisation_id=shown.id)]
    db.session.flush()
    site.places |= {"slug": "known", "hidden": hidden.slug, "network": "network"}
    site.places |= {"organisation": shown.id, "person": person.id}


def _library(site: Site, annotator: User) -> None:
    publication = make_publication(
        title="Known report",
        abstract=Multilingual.of(SECRETS["an abstract not cleared"]),
        note=SECRETS["a note of editors"],
    )
    make_annotation(publication)
    review = SECRETS["an annotation in review"]
    waiting = make_annotation(publication, state="in_review", by=annotator, research_basis=review)
    draft = make_publication(title=SECRETS["a draft publication"], state="draft")
    run = save(Import(filename="a.csv", options={}, counts={}))
    site.places |= {"key": publication.key, "draft_key": draft.key, "import": run.id}
    site.places |= {"number": 1, "review": waiting.number, "theme": "Gender"}


def _registration(site: Site, activity: Activity) -> None:
    answer = sign_up(
        activity,
        sign_up_command(
            name=SECRETS["a participant's name"],
            email=SECRETS["a participant's e-mail"],
            phone=SECRETS["a participant's phone"],
            sharing=SECRETS["what a participant can share"],
        ),
        by=VISITOR,
    )
    site.places |= {"registration": answer.registration.id, "token": answer.secret}
