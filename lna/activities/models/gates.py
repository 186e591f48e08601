"""What an activity must have before it enters a stage (F11): each gate with its reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lna.activities.models.activity import Activity
from lna.activities.models.stages import Stage
from lna.core import clock
from lna.core.multilingual import Multilingual

SENTENCE = 10
"""So many letters at least make a sentence; scripts without spaces have no words to count."""


@dataclass(frozen=True)
class Gate:
    """One condition: `field` is where it is met, `reason` says what is missing."""

    field: str
    reason: str | LazyString
    is_open: Callable[[Activity], bool]


def holds_sentence(text: Multilingual) -> bool:
    """Whether a statement says something, in whichever language."""
    return any(sum(map(str.isalpha, each)) >= SENTENCE for each in text.texts.values())


def strengthens_network(activity: Activity) -> bool:
    """Whether an existing network is named, or why none (M13)."""
    return bool(activity.network_id or activity.network or activity.no_network_reason)


def has_ended(activity: Activity) -> bool:
    return activity.ends_at is not None and activity.ends_at <= clock.now()


def is_reported(activity: Activity) -> bool:
    """Whether the actual participants and products are written down; 0 is a number (F13)."""
    return activity.actual_participants is not None and activity.actual_products is not None


GATES: dict[Stage, tuple[Gate, ...]] = {
    Stage.CONCEPT_NOTE: (
        Gate("type", _("Choose one of the eight types."), lambda a: bool(a.type)),
    ),
    Stage.APPRAISAL: (
        Gate("countries", _("Say in which country it takes place."), lambda a: bool(a.countries)),
        Gate("summary", _("Write a summary."), lambda a: bool(a.summary)),
        Gate(
            "responsible",
            _("Name the person responsible."),
            lambda a: bool(a.responsible_id or a.responsible),
        ),
    ),
    Stage.APPROVED: (
        Gate(
            "relevance",
            _("Write why it is relevant, in one sentence at least."),
            lambda a: holds_sentence(a.relevance),
        ),
        Gate(
            "framework",
            _("Write how it relates to the reference framework, in one sentence at least."),
            lambda a: holds_sentence(a.framework),
        ),
        Gate(
            "impact",
            _("Write what impact it will have on beneficiaries, in one sentence at least."),
            lambda a: holds_sentence(a.impact),
        ),
        Gate(
            "network",
            _("Name the existing network it strengthens, or write why there is none."),
            strengthens_network,
        ),
    ),
    Stage.PLANNED: (Gate("starts_on", _("Set the dates."), lambda a: a.starts_at is not None),),
    Stage.CALL_OPEN: (Gate("published", _("Publish it first."), lambda a: a.is_public),),
    Stage.PREPARATION: (
        Gate("dates_tentative", _("Confirm the dates."), lambda a: not a.dates_tentative),
    ),
    Stage.UNDER_WAY: (Gate("starts_on", _("It has not begun yet."), lambda a: a.has_begun),),
    Stage.FOLLOW_UP: (Gate("ends_on", _("It has not ended yet."), has_ended),),
    Stage.COMPLETED: (
        Gate(
            "actual_participants",
            _("Write down how many took part and how many products there are."),
            is_reported,
        ),
    ),
}
PUBLISHING = (
    *GATES[Stage.CONCEPT_NOTE],
    Gate("countries", _("Say in which country it takes place."), lambda a: bool(a.countries)),
    Gate("summary", _("Write a summary."), lambda a: bool(a.summary)),
)
"""What the public page cannot do without."""


def closed_gates(activity: Activity, to: Stage) -> list[Gate]:
    """What still keeps an activity from a stage: its gates, and those of all stages before it."""
    passed = list(Stage)[: list(Stage).index(to) + 1]
    return closed(activity, (gate for stage in passed for gate in GATES.get(stage, ())))


def closed(activity: Activity, gates: Iterable[Gate]) -> list[Gate]:
    """The gates that are not open."""
    return [gate for gate in gates if not gate.is_open(activity)]
