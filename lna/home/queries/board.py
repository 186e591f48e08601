"""What needs somebody today: each with an owner, an age and the page that resolves it (M20)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from lna.accounts.models import Role, User
from lna.accounts.policies import annotators, coordinators, editors
from lna.activities.models import Activity, ActivityCountry, Stage
from lna.core import clock, outbox
from lna.core.db import db
from lna.core.i18n import plain
from lna.library.models import Annotation, Publication
from lna.library.models.annotation import IN_REVIEW
from lna.registrations.models import Registration, State

Row = TypeVar("Row", bound=tuple[Any, ...])
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    """One thing to do: what and where, who owns it, since when it waits, where it is resolved."""

    what: str
    where: str
    owner: str
    since: datetime
    address: str
    action: str | LazyString
    is_urgent: bool = False

    @property
    def age(self) -> int:
        """Days it has waited."""
        return max(0, (clock.now() - self.since).days)


def tasks_of(user: User) -> list[Task]:
    """What needs this person today, urgent first, then the longest waiting."""
    found = [task for source in SOURCES for task in source(user)]
    return sorted(found, key=lambda task: (not task.is_urgent, task.since))


def _letters(user: User) -> Iterator[Task]:
    number, since = outbox.waiting()
    if number and since and coordinators(user):
        yield Task(
            ngettext("%(num)s letter has not left", "%(num)s letters have not left", number),
            _("All of the site"),
            _("Administrators"),
            since,
            "/board#letters",
            _("See why"),
            is_urgent=clock.now() - since > outbox.OVERDUE,
        )


def _registrations(user: User) -> Iterator[Task]:
    rows = db.session.execute(
        _mine(
            user,
            select(Activity, func.count(Registration.id), func.min(Registration.created_at))
            .join(Registration, Registration.activity_id == Activity.id)
            .where(Registration.state == State.PENDING)
            .group_by(Activity.id),
        )
    )
    for activity, number, since in rows:
        what = ngettext(
            "%(num)s registration waits for approval",
            "%(num)s registrations wait for approval",
            number,
        )
        address = f"/activities/{activity.code}/registrations?state=pending"
        yield _task(activity, what, since, address, _("Review"))


def _approvals(user: User) -> Iterator[Task]:
    if not user.has_role(Role.REGIONAL_COORDINATOR, Role.PIU_MANAGER):
        return
    for activity in _activities(user, Activity.stage == Stage.APPRAISAL):
        address = f"/activities/{activity.code}/plan"
        yield _task(activity, _("Waits for approval"), activity.changed_at, address, _("Decide"))


def _reports(user: User) -> Iterator[Task]:
    now = clock.now()
    unfinished = Activity.stage.not_in([Stage.COMPLETED, Stage.CANCELLED])
    for activity in _activities(user, unfinished, Activity.ends_at < now):
        address = f"/activities/{activity.code}/plan"
        since = activity.ends_at or now
        yield _task(activity, _("Over, and not reported"), since, address, _("Write"))


def _dates(user: User) -> Iterator[Task]:
    soon = clock.now() + SOON
    tentative = Activity.dates_tentative.is_(True)
    near = (Activity.starts_at > clock.now(), Activity.starts_at < soon)
    for activity in _activities(user, tentative, *near, Activity.stage != Stage.CANCELLED):
        address = f"/activities/{activity.code}/plan"
        what = _("Begins within 30 days, its dates are not confirmed")
        yield _task(activity, what, activity.changed_at, address, _("Confirm"))


def _nobody(user: User) -> Iterator[Task]:
    open_ended = Activity.stage.not_in([Stage.COMPLETED, Stage.CANCELLED])
    for activity in _activities(user, Activity.responsible_id.is_(None), open_ended):
        address = f"/activities/{activity.code}/plan"
        what = _("Nobody is responsible")
        yield _task(activity, what, activity.created_at, address, _("Name somebody"))


def _annotations(user: User) -> Iterator[Task]:
    if not (editors(user) or annotators(user)):
        return
    rows = db.session.execute(
        select(Annotation, Publication)
        .join(Publication, Annotation.publication_id == Publication.id)
        .where(
            Annotation.state == IN_REVIEW,
            or_(Annotation.annotator_id.is_(None), Annotation.annotator_id != user.id),
        )
    )
    for annotation, publication in rows:
        yield Task(
            _("An annotation waits for a second reader"),
            plain(publication.title),
            _("Editors"),
            annotation.changed_at,
            f"/library/{publication.key}",
            _("Read"),
        )


SOURCES: list[Callable[[User], Iterator[Task]]] = [
    _letters,
    _registrations,
    _approvals,
    _reports,
    _dates,
    _nobody,
    _annotations,
]


def _activities(user: User, *conditions: ColumnElement[bool]) -> list[Activity]:
    wanted = select(Activity).where(*conditions).options(joinedload(Activity.responsible))
    return list(db.session.scalars(_mine(user, wanted)))


def _mine(user: User, wanted: Select[Row]) -> Select[Row]:
    """Narrow to the activities of the person's countries; coordinators keep all."""
    if coordinators(user):
        return wanted
    there = select(ActivityCountry.activity_id).where(
        ActivityCountry.country.in_(user.countries), ActivityCountry.is_origin.is_(False)
    )
    return wanted.where(Activity.id.in_(there))


def _task(activity: Activity, what: str, since: datetime, address: str, action: str) -> Task:
    owner = activity.responsible.name if activity.responsible else _("Nobody yet")
    return Task(what, plain(activity.title), owner, since, address, action)
