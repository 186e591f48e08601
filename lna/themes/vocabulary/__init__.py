"""What a fresh install holds: the strategy's nine themes, verbatim (M24), and 14 key themes."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

STRATEGY, KEY = "strategy", "key"
HERE = Path(__file__).parent

STRATEGY_THEMES = {
    "investment-models": "Investment models and quality versus quantity",
    "action-research": "Academic and participatory action research collaboration",
    "agricultural-models": (
        "Agricultural development models and comparison of large vs small scale agriculture"
    ),
    "smallholder-forums": "Government – private sector forums on investing in smallholders",
    "community-forestry": "Community and social forestry",
    "fishing-rights": "Traditional fishing rights",
    "policy-tracking": "Policy tracking, debate and consultations",
    "concessions-grievance": "Economic land concessions and grievance mechanisms",
    "corporate-responsibility": "Corporate social responsibility",
}
KEY_THEMES_OF = {
    "investment-models": ["FDI", "AgriculturalModernization"],
    "action-research": ["CivilSociety-Donors"],
    "agricultural-models": ["AgriculturalModernization", "Conversion-FoodSecurity"],
    "smallholder-forums": ["FDI", "AgriculturalModernization", "CivilSociety-Donors"],
    "community-forestry": ["Environment", "Formalisation-titling", "MarginalisedPeople"],
    "fishing-rights": ["MarginalisedPeople", "Conversion-FoodSecurity"],
    "policy-tracking": ["Policy-law"],
    "concessions-grievance": ["FDI", "Dispossession-grabbing", "AccessToJustice"],
    "corporate-responsibility": ["FDI", "AccessToJustice"],
}
"""Which key themes of the library a theme of the strategy covers; our own reading."""


class Entry(NamedTuple):
    """A theme as it is planted; `landvoc` are concept labels of LandVoc."""

    code: str
    kind: str
    name: str
    landportal_theme: str
    landvoc: list[str]


def entries() -> Iterator[Entry]:
    """Every theme in the order it is shown."""
    for code, name in STRATEGY_THEMES.items():
        yield Entry(code, STRATEGY, name, "", [])
    with (HERE / "key_themes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            concepts = [each.strip() for each in row["landvoc_concepts"].split(";")]
            yield Entry(row["code"], KEY, row["title"], row["landportal_theme"], concepts)
