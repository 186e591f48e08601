"""The project cycle from ideation to completion (F11), and the history of each step."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lna.accounts.models import User
from lna.core import clock
from lna.core.db import Model


class Stage(StrEnum):
    IDEA = "idea"
    CONCEPT_NOTE = "concept_note"
    APPRAISAL = "appraisal"
    APPROVED = "approved"
    PLANNED = "planned"
    CALL_OPEN = "call_open"
    SELECTION = "selection"
    PREPARATION = "preparation"
    UNDER_WAY = "under_way"
    FOLLOW_UP = "follow_up"
    COMPLETED = "completed"
    CANCELLED = "cancelled"

    @property
    def is_approved(self) -> bool:
        """Whether the activity has passed the approval, and still counts."""
        return list(Stage).index(self) >= list(Stage).index(Stage.APPROVED) and (
            self is not Stage.CANCELLED
        )


STAGES = {
    Stage.IDEA: _("Idea"),
    Stage.CONCEPT_NOTE: _("Concept note"),
    Stage.APPRAISAL: _("Appraisal"),
    Stage.APPROVED: _("Approved"),
    Stage.PLANNED: _("Planned"),
    Stage.CALL_OPEN: _("Call open"),
    Stage.SELECTION: _("Selection"),
    Stage.PREPARATION: _("Preparation"),
    Stage.UNDER_WAY: _("Under way"),
    Stage.FOLLOW_UP: _("Follow-up"),
    Stage.COMPLETED: _("Completed"),
    Stage.CANCELLED: _("Cancelled"),
}
CYCLE = tuple(stage for stage in Stage if stage is not Stage.CANCELLED)
"""The stages in order; a cancelled activity stands outside of them."""


class StageChange(Model):
    """One step of an activity: from where to where, when, by whom, and why if it needed saying."""

    __tablename__ = "stage_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(
        ForeignKey("activity.id", ondelete="CASCADE"), index=True
    )
    from_stage: Mapped[Stage | None]
    to_stage: Mapped[Stage]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(default="")

    by: Mapped[User | None] = relationship()
