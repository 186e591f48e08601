"""The staff's list of an activity: rows, counts by state, pages, exports."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from lna.activities.models import Activity
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.search.normalise import normalise
from lna.partners.models import Organisation
from lna.registrations.criteria import Criteria
from lna.registrations.models import Registration, State

PER_PAGE = 100


@dataclass(frozen=True)
class Listed:
    """A row of the staff's list and of its exports; `place` counts the waiting list from 1."""

    id: int
    state: State
    queue_number: int | None
    name: str
    latin_name: str
    address_as: str
    email: str
    phone: str
    channel: str
    organisation: Multilingual | None
    organisation_name: str
    actor_group: str
    country: str
    language: str
    sex: str
    age_band: str
    sharing: str
    sharing_at: datetime | None
    created_at: datetime
    erased_at: datetime | None
    place: int | None = None

    @property
    def found_by(self) -> str:
        """What a search looks in."""
        names = " ".join(self.organisation.texts.values()) if self.organisation else ""
        return normalise(
            f"{self.name} {self.latin_name} {self.email} {self.phone}"
            f" {self.organisation_name} {names}"
        )


@dataclass(frozen=True)
class ListPage:
    """The staff's list: one page of it, how many were found, and how many there are by state."""

    rows: Sequence[Listed]
    found: int
    page: int
    pages: int
    counts: Counter[State]

    def tabs(self, chosen: str) -> list[tuple[State, int]]:
        """The states somebody is in, and the one that is chosen, in their order."""
        return [
            (state, self.counts[state]) for state in State if self.counts[state] or state == chosen
        ]


_r, _o = Registration.__table__.c, Organisation.__table__.c
LISTED = select(
    *(_r.id, _r.state, _r.queue_number, _r.name, _r.latin_name, _r.address_as, _r.email),
    *(_r.phone, _r.channel, _o.name.label("organisation"), _r.organisation_name),
    *(_r.actor_group, _r.country, _r.language, _r.sex, _r.age_band, _r.sharing),
    *(_r.sharing_at, _r.created_at, _r.erased_at),
).outerjoin_from(Registration, Organisation, _o.id == _r.organisation_id)


def listed(activity: Activity, criteria: Criteria) -> list[Listed]:
    """Every row the criteria select; who waits comes in the order of the waiting list."""
    return [row for row in _everyone(activity) if _fits(row, criteria)]


def list_page(activity: Activity, criteria: Criteria) -> ListPage:
    """One page of the same, with the counts of all states under the same search."""
    everyone = [row for row in _everyone(activity) if _fits(row, criteria.but(state=""))]
    rows = [row for row in everyone if _fits(row, criteria)]
    pages = max(1, -(-len(rows) // PER_PAGE))
    page = min(criteria.page, pages)
    shown = rows[(page - 1) * PER_PAGE : page * PER_PAGE]
    return ListPage(shown, len(rows), page, pages, Counter(row.state for row in everyone))


def _everyone(activity: Activity) -> list[Listed]:
    rows = [Listed(*row) for row in db.session.execute(LISTED.where(_r.activity_id == activity.id))]
    queue = sorted((row for row in rows if row.queue_number), key=lambda row: row.queue_number or 0)
    others = sorted((row for row in rows if not row.queue_number), key=lambda row: row.id)
    return [*others, *(replace(row, place=place) for place, row in enumerate(queue, start=1))]


def _fits(row: Listed, criteria: Criteria) -> bool:
    if criteria.state and row.state != criteria.state:
        return False
    return all(word in row.found_by for word in normalise(criteria.q).split())
