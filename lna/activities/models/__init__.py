"""The tables of the programme."""

from lna.activities.models.activity import (
    Activity,
    ActivityCountry,
    ActivityLanguage,
    ActivityOrganiser,
    ActivityPlace,
    ActivitySession,
    activity_theme,
)
from lna.activities.models.kinds import ACTIVITY_TYPES, MEETING_KINDS
from lna.activities.models.stages import CYCLE, STAGES, Stage, StageChange

__all__ = [
    "ACTIVITY_TYPES",
    "CYCLE",
    "MEETING_KINDS",
    "STAGES",
    "Activity",
    "ActivityCountry",
    "ActivityLanguage",
    "ActivityOrganiser",
    "ActivityPlace",
    "ActivitySession",
    "Stage",
    "StageChange",
    "activity_theme",
]
