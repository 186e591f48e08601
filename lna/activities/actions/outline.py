"""What may be said about an activity: one frozen outline, read from it, written to it, compared."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from lna.activities.models import Activity, ActivityPlace, ActivitySession
from lna.core.multilingual import Multilingual

EMPTY = Multilingual()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where: `province` is an ISO 3166-2 code; town and venue are public only if `is_public`."""

    country: str
    province: str = ""
    town: str = ""
    venue: str = ""
    is_public: bool = False


@dataclass(frozen=True, kw_only=True)
class Session:
    """A part with its own time. `id` names the session it changes; None makes a new one."""

    title: Multilingual
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """An organisation and its part: `organiser`, `host` or `partner`."""

    organisation_id: int
    part: str = "organiser"


@dataclass(frozen=True, kw_only=True)
class Outline:
    """Everything staff may say about an activity; only the title has to be there.

    Moments are aware; of an all-day activity they are the midnights, in `timezone`, of its first
    day and after its last one; None while the dates are open. Amounts are whole US dollars.
    Codes are those of `core.vocabulary` and `activities.models`, ids those of rows.
    """

    title: Multilingual
    summary: Multilingual = EMPTY
    description: Multilingual = EMPTY
    type: str = ""
    secondary_types: tuple[str, ...] = ()
    meeting_kind: str = ""
    countries: tuple[str, ...] = ()
    origin_countries: tuple[str, ...] = ()
    is_cross_border: bool = False
    mode: str = "in_person"
    places: tuple[Place, ...] = ()
    online_link: str = ""
    timezone: str = "Asia/Vientiane"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    all_day: bool = False
    dates_tentative: bool = False
    sessions: tuple[Session, ...] = ()
    languages: tuple[str, ...] = ()
    interpreted: tuple[str, ...] = ()
    theme_ids: tuple[int, ...] = ()
    network_id: int | None = None
    no_network_reason: str = ""
    group_id: int | None = None
    organisers: tuple[Part, ...] = ()
    responsible_id: int | None = None
    actor_groups: tuple[str, ...] = ()
    relevance: Multilingual = EMPTY
    framework: Multilingual = EMPTY
    impact: Multilingual = EMPTY
    beneficiaries: tuple[str, ...] = ()
    beneficiaries_number: int | None = None
    planned_participants: int | None = None
    planned_products: int | None = None
    products: Multilingual = EMPTY
    actual_participants: int | None = None
    actual_products: int | None = None
    amount_usd: int | None = None
    source: str = ""
    capacity: int | None = None
    admission: str = "open"
    registration_opens_at: datetime | None = None
    registration_closes_at: datetime | None = None
    hides_participants: bool = False

    @classmethod
    def of(cls, activity: Activity) -> "Outline":
        """What is said about an activity now."""
        spoken = [each for each in activity.languages if not each.is_interpreted]
        said: dict[str, Any] = {name: getattr(activity, name) for name in PLAIN}
        said |= {name: tuple(getattr(activity, name)) for name in LISTS}
        return cls(
            **said,
            countries=tuple(activity.country_codes),
            origin_countries=tuple(each.country for each in activity.countries if each.is_origin),
            places=tuple(map(_place, activity.places)),
            sessions=tuple(map(_session, activity.sessions)),
            languages=tuple(each.language for each in spoken),
            interpreted=tuple(e.language for e in activity.languages if e.is_interpreted),
            theme_ids=tuple(theme.id for theme in activity.themes),
            organisers=tuple(
                Part(organisation_id=each.organisation_id, part=each.part)
                for each in activity.organisers
            ),
        )

    def prints(self) -> dict[str, str]:
        """A short print of each field, by which a change is noticed later."""
        return {name: f"{zlib.crc32(_canonical(getattr(self, name))):08x}" for name in FIELDS}

    def differing(self, other: "Outline") -> frozenset[str]:
        """The names of the fields that say something else."""
        mine, theirs = self.prints(), other.prints()
        return frozenset(name for name, printed in mine.items() if theirs[name] != printed)


COLLECTIONS = {
    "countries", "origin_countries", "places", "sessions", "languages", "interpreted",
    "theme_ids", "organisers",
}  # fmt: skip
LISTS = ("secondary_types", "actor_groups", "beneficiaries")
FIELDS = tuple(field.name for field in fields(Outline))
PLAIN = tuple(name for name in FIELDS if name not in COLLECTIONS.union(LISTS))
"""Fields an activity holds under the same name, as they are."""


@dataclass(frozen=True, kw_only=True)
class Merged:
    """Two editors' outlines as one: where only one changed a field, that change counts.

    `taken` are the fields only the other one changed, `clashing` those both did; there mine stays.
    """

    outline: Outline
    taken: frozenset[str]
    clashing: frozenset[str]


def merge(mine: Outline, theirs: Outline, seen: Mapping[str, str]) -> Merged:
    """Bring my outline up to what was saved since I saw the fields with the prints `seen`."""
    changed = changed_since(theirs, seen) & mine.differing(theirs)
    printed = mine.prints()
    clashing = frozenset(name for name in changed if printed[name] != seen.get(name))
    taken = changed - clashing
    outline = replace(mine, **{name: getattr(theirs, name) for name in taken})
    return Merged(outline=outline, taken=taken, clashing=clashing)


def changed_since(outline: Outline, seen: Mapping[str, str]) -> frozenset[str]:
    """The fields whose print is not the one that was seen."""
    return frozenset(
        name for name, printed in outline.prints().items() if seen.get(name) != printed
    )


def _place(place: ActivityPlace) -> Place:
    return Place(
        country=place.country,
        province=place.province,
        town=place.town,
        venue=place.venue,
        is_public=place.is_public,
    )


def _session(session: ActivitySession) -> Session:
    return Session(
        id=session.id,
        title=session.title,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        place=session.place,
    )


def _canonical(value: Any) -> bytes:
    """One way to write a value down: equal values, equal bytes."""
    return json.dumps(value, sort_keys=True, default=_written).encode()


def _written(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, Multilingual):
        return [value.original, {**value.texts}] if value else ""
    return vars(value)
