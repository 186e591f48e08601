"""Everything one page, or one JSON answer, says about an activity."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from lna.activities.models import Activity, ActivityPlace
from lna.activities.queries.listing import PLAIN, Listed
from lna.activities.queries.names import Named
from lna.activities.queries.programme import Programme
from lna.activities.queries.standing import has_begun, standing, takes_registrations
from lna.core.db import db
from lna.core.multilingual import Multilingual

DETAILED = (
    *("description", "no_network_reason", "actor_groups", "relevance", "framework", "impact"),
    *("beneficiaries", "beneficiaries_number", "source"),
)
"""Columns a detail takes over as they are, besides those of a list."""


@dataclass(frozen=True)
class Place:
    """A place as everyone may know it: `town` and `venue` are empty unless they are public."""

    country: str
    province: str
    town: str
    venue: str


@dataclass(frozen=True)
class Part:
    """One session; its place is empty unless the places of the activity are public."""

    uid: str
    title: Multilingual
    starts_at: datetime
    ends_at: datetime
    place: str


@dataclass(frozen=True)
class Runner:
    """An organisation and its part in the activity: organiser, host or partner."""

    organisation: Named
    part: str


@dataclass(frozen=True)
class Ratio:
    """What was planned and what came of it (F13)."""

    planned: int | None
    actual: int | None

    @property
    def percent(self) -> str:
        """Actual by planned; `-` where nothing was planned or nothing is known yet."""
        if not self.planned or self.actual is None:
            return "-"
        return f"{round(100 * self.actual / self.planned)} %"


@dataclass(frozen=True)
class Detail(Listed):
    """An activity with all that its own page shows to everyone."""

    description: Multilingual
    no_network_reason: str
    actor_groups: Sequence[str]
    relevance: Multilingual
    framework: Multilingual
    impact: Multilingual
    beneficiaries: Sequence[str]
    beneficiaries_number: int | None
    source: str
    venues: Sequence[Place]
    sessions: Sequence[Part]
    runners: Sequence[Runner]
    is_public: bool
    has_begun: bool
    takes_registrations: bool

    @property
    def has_numbers(self) -> bool:
        """Whether anything was planned, or is known of what came of it."""
        numbers = (*astuple(self.participants), *astuple(self.outputs))
        return any(number is not None for number in numbers)

    @property
    def participants(self) -> Ratio:
        return Ratio(self.planned_participants, self.actual_participants)

    @property
    def outputs(self) -> Ratio:
        return Ratio(self.planned_products, self.actual_products)


def get_activity(code: str) -> Activity:
    """The activity of this code, drafts included, its relations loaded; or NoResultFound."""
    relations = (
        *(Activity.countries, Activity.places, Activity.languages, Activity.sessions),
        *(Activity.organisers, Activity.themes),
    )
    wanted = select(Activity).where(Activity.code == code)
    return db.session.scalars(wanted.options(*map(selectinload, relations))).one()


def detail_of(activity: Activity, programme: Programme) -> Detail:
    """What everyone may read about it; names of what is not public are left out."""
    names = programme.index.names
    runners = [
        Runner(organisation, each.part)
        for each in activity.organisers
        if (organisation := names.organisations.get(each.organisation_id))
    ]
    columns = {name: getattr(activity, name) for name in (*PLAIN, *DETAILED)}
    return Detail(
        **columns,
        countries=activity.country_codes,
        origins=[each.country for each in activity.countries if each.is_origin],
        places=[(place.country, place.province) for place in activity.places],
        languages=[each.language for each in activity.languages if not each.is_interpreted],
        interpreted=[each.language for each in activity.languages if each.is_interpreted],
        themes=[Named(theme.code, theme.name) for theme in activity.themes],
        group=names.organisations.get(activity.group_id or 0),
        network=names.organisations.get(activity.network_id or 0),
        organisers=[runner.organisation for runner in runners],
        standing=standing(activity, programme.now),
        venues=[_public(place) for place in activity.places],
        sessions=_parts(activity),
        runners=runners,
        is_public=activity.is_public,
        has_begun=has_begun(activity, programme.now),
        takes_registrations=takes_registrations(activity, programme.now),
    )


def _public(place: ActivityPlace) -> Place:
    if place.is_public:
        return Place(place.country, place.province, place.town, place.venue)
    return Place(place.country, place.province, "", "")


def _parts(activity: Activity) -> list[Part]:
    everywhere = all(place.is_public for place in activity.places)
    shown = everywhere and (bool(activity.places) or activity.mode == "online")
    return [
        Part(each.uid, each.title, each.starts_at, each.ends_at, each.place if shown else "")
        for each in activity.sessions
    ]
