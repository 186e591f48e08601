"""Where an activity stands in its cycle, and what the person who looks at it may do there."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lna.accounts.models import User
from lna.activities import policies
from lna.activities.models import CYCLE, Activity, Stage
from lna.activities.models.gates import PUBLISHING, Gate, closed, closed_gates
from lna.activities.queries import staff as queries
from lna.activities.queries.needs import Need, needs_of
from lna.core import clock


@dataclass(frozen=True)
class Progress:
    """What the plan page shows; `may_…` say which buttons are there."""

    activity: Activity
    user: User

    @property
    def cycle(self) -> tuple[Stage, ...]:
        return CYCLE

    @property
    def place(self) -> int:
        """How many stages are behind it."""
        stage = self.activity.stage
        if stage is Stage.CANCELLED:
            stage = queries.stage_before_cancelling(self.activity)
        return CYCLE.index(stage)

    @cached_property
    def next_stage(self) -> Stage | None:
        if self.activity.is_cancelled or self.place + 1 == len(CYCLE):
            return None
        return CYCLE[self.place + 1]

    @property
    def closed_gates(self) -> list[Gate]:
        """What still keeps it from the next stage."""
        return closed_gates(self.activity, self.next_stage) if self.next_stage else []

    @property
    def publishing_gates(self) -> list[Gate]:
        return closed(self.activity, PUBLISHING)

    @property
    def offered_stages(self) -> list[Stage]:
        """Steps that are this person's to take: the next one, then back and over, nearest first."""
        steps = [stage for stage in CYCLE if self.may_move(stage)]
        return sorted(
            (stage for stage in steps if stage is not self.activity.stage),
            key=lambda stage: abs(CYCLE.index(stage) - self.place - 0.5),
        )

    @property
    def now(self) -> datetime:
        return clock.now()

    @property
    def needs(self) -> list[Need]:
        changes = self.activity.stage_changes
        came = changes[-1].at if changes else self.activity.created_at
        return needs_of(self.activity, came, clock.now())

    @property
    def stays(self) -> list[queries.Stay]:
        return queries.stays(self.activity)

    @property
    def copied_from(self) -> str:
        return queries.code_of(self.activity.copied_from_id)

    @property
    def copies(self) -> list[str]:
        return queries.copies_of(self.activity.id)

    def may_move(self, to: Stage) -> bool:
        mine = policies.can_edit(self.user, self.activity)
        return mine and policies.can_move(self.user, self.activity, to)

    @property
    def may_edit(self) -> bool:
        return policies.can_edit(self.user, self.activity)

    @property
    def may_take_next(self) -> bool:
        return self.next_stage is not None and self.may_move(self.next_stage)

    @property
    def may_approve(self) -> bool:
        return policies.can_approve(self.user, self.activity)

    @property
    def above_limit(self) -> bool:
        return policies.is_above_limit(self.activity.amount_usd)

    @property
    def may_publish(self) -> bool:
        return policies.can_publish(self.user, self.activity)

    @property
    def may_restore(self) -> bool:
        before = queries.stage_before_cancelling(self.activity)
        return policies.can_restore(self.user, self.activity, before)
