"""States and choices in words, for templates."""

from datetime import datetime

from lna.core.vocabulary import ACTOR_GROUPS, AGE_BANDS, CHANNELS, SEXES
from lna.registrations.actions import VERBS
from lna.registrations.models import ORIGINS, STATES
from lna.registrations.views import bp

LISTS = {
    "state": STATES,
    "origin": ORIGINS,
    "verb": VERBS,
    "group": ACTOR_GROUPS,
    "sex": SEXES,
    "age": AGE_BANDS,
    "channel": CHANNELS,
}


@bp.app_template_filter()
def from_iso(moment: str) -> datetime:
    """A moment that was stored as text (ISO 8601)."""
    return datetime.fromisoformat(moment)


@bp.app_template_filter()
def said(code: str, name: str) -> str:
    """A code of a registration in words: `registration.sex | said("sex")`."""
    return str(LISTS[name].get(code, code)) if code else ""  # type: ignore[attr-defined]
