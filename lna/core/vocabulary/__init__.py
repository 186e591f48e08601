"""Closed lists the whole house shares: codes are stored, labels are read in any language."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import lazy_gettext as _

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Country:
    """A country of the region: ISO 3166-1 codes, its zone, and names it is written by."""

    code: str
    timezone: str
    dial: str
    currency: str
    variants: tuple[str, ...]
    group: str


@dataclass(frozen=True)
class Province:
    """A first-level division (ISO 3166-2), the finest place shown to the public."""

    code: str
    country: str
    name: str
    native: str
    latitude: float
    longitude: float


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


COUNTRIES = {
    row["iso2"]: Country(
        row["iso2"],
        row["timezone"],
        row["dial"],
        row["currency"],
        tuple(row["name_variants"].split("|")),
        row["group"],
    )
    for row in _rows("countries.csv")
}
"""The countries the programme works in and their neighbours, in the order they are listed."""


@cache
def provinces() -> dict[str, Province]:
    """Every province of the region by its code."""
    return {
        row["code"]: Province(
            row["code"],
            row["country"],
            row["name"],
            row["native"],
            float(row["latitude"]),
            float(row["longitude"]),
        )
        for row in _rows("provinces.csv")
    }


LANGUAGE_OF = {"KH": "km", "LA": "lo", "MM": "my", "VN": "vi", "TH": "th", "CN": "zh"}
"""The language in which a country's own place names are written."""
LANGUAGES = ("en", "km", "lo", "my", "vi", "th", "fr", "zh")
"""Languages content may be written and spoken in."""

ACTOR_GROUPS = {
    "government": _("Government"),
    "regional_body": _("Regional intergovernmental body (ASEAN)"),
    "cso": _("Civil society organisation"),
    "private_sector": _("Private sector"),
    "research": _("Research body / academia"),
    "farmer_org": _("Farmer & community organisation"),
    "indigenous_org": _("Indigenous peoples / ethnic minority organisation"),
    "donor": _("Development partner / donor"),
    "ingo": _("International NGO"),
    "media": _("Media"),
    "parliament": _("Parliament / mass organisation"),
    "project_team": _("Project Implementation Unit"),
}
SEXES = {
    "female": _("Woman"),
    "male": _("Man"),
    "other_or_self_described": _("Other, or in my own words"),
    "prefer_not_to_say": _("Prefer not to say"),
}
AGE_BANDS = {
    "under_18": _("Under 18"),
    "18_24": _("18 to 24"),
    "25_34": _("25 to 34"),
    "35_49": _("35 to 49"),
    "50_64": _("50 to 64"),
    "65_over": _("65 and over"),
}
CHANNELS = {
    "email": _("E-mail"),
    "sms": _("Text message (SMS)"),
    "telegram": "Telegram",
    "whatsapp": "WhatsApp",
    "signal": "Signal",
    "zalo": "Zalo",
    "line": "LINE",
    "messenger": "Messenger",
    "viber": "Viber",
    "phone_call": _("Phone call"),
    "none": _("No contact"),
}
MODES = {
    "in_person": _("In person"),
    "online": _("Online"),
    "hybrid": _("In person and online"),
}
