"""What an activity needs from somebody, and since when: the same for the list and the board."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lna.activities.models import Stage
from lna.activities.models.gates import holds_sentence
from lna.activities.queries.standing import OVER
from lna.core.multilingual import Multilingual

REPORT_DUE = timedelta(days=30)
"""So long after the end the actual participants and products are to be written down."""
CONFIRM_DUE = timedelta(days=30)
"""So long before the beginning dates can be tentative."""
NEEDS = {
    "decision": _("Decision on the proposal"),
    "responsible": _("A responsible person"),
    "network": _("A network it strengthens, or why none"),
    "statements": _("The three statements"),
    "dates": _("Dates"),
    "confirmation": _("Confirmed dates"),
    "publication": _("Publication"),
    "stage": _("The next stage: it has begun or ended"),
    "report": _("Actual participants and products"),
}
BEFORE = tuple(Stage)[: tuple(Stage).index(Stage.UNDER_WAY)]


class Work(Protocol):
    """What must be known of an activity; rows of the list have it, and so has the model."""

    @property
    def stage(self) -> Stage: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def dates_tentative(self) -> bool: ...
    @property
    def published_at(self) -> datetime | None: ...
    @property
    def responsible_id(self) -> int | None: ...
    @property
    def network_id(self) -> int | None: ...
    @property
    def no_network_reason(self) -> str: ...
    @property
    def relevance(self) -> Multilingual: ...
    @property
    def framework(self) -> Multilingual: ...
    @property
    def impact(self) -> Multilingual: ...
    @property
    def actual_participants(self) -> int | None: ...
    @property
    def actual_products(self) -> int | None: ...
    @property
    def created_at(self) -> datetime: ...


@dataclass(frozen=True)
class Need:
    """One thing to be done; `since` gives it its age."""

    kind: str
    since: datetime

    @property
    def words(self) -> str | LazyString:
        return NEEDS[self.kind]

    def days(self, now: datetime) -> int:
        return max(0, (now - self.since).days)


def _statements(work: Work, staged_at: datetime, now: datetime) -> datetime | None:
    said = map(holds_sentence, (work.relevance, work.framework, work.impact))
    return None if all(said) else work.created_at


def _dates(work: Work, staged_at: datetime, now: datetime) -> datetime | None:
    return staged_at if work.stage.is_approved and work.starts_at is None else None


def _confirmation(work: Work, staged_at: datetime, now: datetime) -> datetime | None:
    if not work.dates_tentative or work.starts_at is None or work.starts_at <= now:
        return None
    due = work.starts_at - CONFIRM_DUE
    return due if due <= now else None


def _stage(work: Work, staged_at: datetime, now: datetime) -> datetime | None:
    if work.stage in BEFORE:
        return work.starts_at if work.starts_at and work.starts_at <= now else None
    ended = work.ends_at if work.ends_at and work.ends_at <= now else None
    return ended if work.stage is Stage.UNDER_WAY else None


def _report(work: Work, staged_at: datetime, now: datetime) -> datetime | None:
    written = work.actual_participants is not None and work.actual_products is not None
    if written or work.ends_at is None or not work.stage.is_approved:
        return None
    due = work.ends_at + REPORT_DUE
    return due if due <= now else None


CHECKS: dict[str, Callable[[Work, datetime, datetime], datetime | None]] = {
    "decision": lambda work, at, now: at if work.stage is Stage.APPRAISAL else None,
    "responsible": lambda work, at, now: None if work.responsible_id else work.created_at,
    "network": lambda work, at, now: (
        None if work.network_id or work.no_network_reason else work.created_at
    ),
    "statements": _statements,
    "dates": _dates,
    "confirmation": _confirmation,
    "publication": lambda work, at, now: (
        at if work.stage.is_approved and work.published_at is None else None
    ),
    "stage": _stage,
    "report": _report,
}


def needs_of(work: Work, staged_at: datetime, now: datetime) -> list[Need]:
    """What is open, in the order of `NEEDS`; `staged_at` is when it came to its present stage."""
    if work.stage in OVER:
        return []
    found = ((kind, check(work, staged_at, now)) for kind, check in CHECKS.items())
    return [Need(kind, since) for kind, since in found if since]
