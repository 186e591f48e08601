"""What needs somebody today: each with an owner, an age and the page that resolves it (M20)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, or_, select

from lna.accounts.models import User
from lna.accounts.policies import annotators, coordinators, editors, staff
from lna.activities.policies import can_approve_amount
from lna.activities.queries.worklist import Planned, read_work
from lna.core import clock, outbox
from lna.core.db import db
from lna.core.i18n import plain
from lna.library.models import Annotation, Publication
from lna.library.models.annotation import IN_REVIEW
from lna.registrations.models import Registration, State


@dataclass(frozen=True)
class Task:
    """One thing to do: what and where, who owns it, since when it waits, where it is resolved."""

    what: str
    where: str
    owner: str
    since: datetime
    address: str
    action: str
    is_urgent: bool = False

    @property
    def age(self) -> int:
        """Days it has waited."""
        return max(0, (clock.now() - self.since).days)


def tasks_of(user: User) -> list[Task]:
    """What needs this person today, urgent first, then the longest waiting."""
    programme = [work for work in read_work() if _is_for(user, work)] if staff(user) else []
    found = [
        *_letters(user),
        *_registrations(programme),
        *_activities(user, programme),
        *_annotations(user),
    ]
    return sorted(found, key=lambda task: (not task.is_urgent, task.since))


def _is_for(user: User, work: Planned) -> bool:
    return coordinators(user) or not user.countries.isdisjoint(work.countries)


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


def _registrations(programme: list[Planned]) -> Iterator[Task]:
    pending = db.session.execute(
        select(Registration.activity_id, func.count(), func.min(Registration.created_at))
        .where(Registration.state == State.PENDING)
        .group_by(Registration.activity_id)
    )
    asked = {activity: (number, since) for activity, number, since in pending}
    for work in programme:
        if work.id in asked:
            number, since = asked[work.id]
            what = ngettext(
                "%(num)s registration waits for approval",
                "%(num)s registrations wait for approval",
                number,
            )
            address = f"/activities/{work.code}/registrations?state=pending"
            yield _task(work, what, since, address, _("Review"))


def _activities(user: User, programme: list[Planned]) -> Iterator[Task]:
    """What they need, as the list of the programme says it; decisions for those who decide."""
    for work in programme:
        address = f"/activities/{work.code}/plan"
        for need in work.needs:
            is_decision = need.kind == "decision"
            if is_decision and not can_approve_amount(user, work.amount_usd):
                continue
            action = _("Decide") if is_decision else _("Open")
            yield _task(work, str(need.words), need.since, address, action, is_urgent=is_decision)


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


def _task(
    work: Planned, what: str, since: datetime, address: str, action: str, *, is_urgent: bool = False
) -> Task:
    owner = work.responsible or _("Nobody yet")
    return Task(what, plain(work.title), owner, since, address, action, is_urgent)
