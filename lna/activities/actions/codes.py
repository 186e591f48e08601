"""Codes of activities: short, readable, never changed and never given twice."""

from zoneinfo import ZoneInfo

from lna.activities.actions.outline import Outline
from lna.activities.queries import staff as queries
from lna.core import clock

INITIALS = {
    "information_analysis": "IA",
    "case_study": "CS",
    "targeted_research": "TR",
    "learning_visit": "LV",
    "cross_border_learning": "CB",
    "training": "TO",
    "coaching_pairing": "CP",
    "practical_collaboration": "PC",
}
UNTYPED, REGIONAL = "ID", "REG"


def new_code(outline: Outline) -> str:
    """`LA-LV-2027-2`: country (REG for several or none), type (ID for an idea), year, number.

    Call it only while the version of `activities` is raised in this transaction: that makes
    writers queue, so two of them never count to the same number.
    """
    country = outline.countries[0] if len(outline.countries) == 1 else REGIONAL
    begins = outline.starts_at or clock.now()
    year = begins.astimezone(ZoneInfo(outline.timezone)).year
    stem = f"{country}-{INITIALS.get(outline.type, UNTYPED)}-{year}-"
    return f"{stem}{queries.highest_number(stem) + 1}"
