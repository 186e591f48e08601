"""Codes of the programme in the reader's words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _

from lna.activities.models import ACTIVITY_TYPES, MEETING_KINDS, STAGES
from lna.activities.models.choices import BENEFICIARIES, PARTS
from lna.activities.queries.names import Names
from lna.activities.queries.standing import Standing
from lna.core.i18n import country_name, language, language_name
from lna.core.vocabulary import ACTOR_GROUPS, LANGUAGE_OF, MODES, provinces

LISTS: dict[str, Mapping[Any, str | LazyString]] = {
    "type": ACTIVITY_TYPES,
    "kind": MEETING_KINDS,
    "stage": STAGES,
    "part": PARTS,
    "beneficiary": BENEFICIARIES,
    "actor_group": ACTOR_GROUPS,
    "mode": MODES,
}


def label(name: str, value: str, names: Names) -> str:
    """What a value of a filter is called; the value itself if nobody knows it any more."""
    if name in ("country", "origin"):
        return country_name(value)
    if name == "language":
        return language_name(value)
    if name == "theme":
        theme = names.theme(value)
        return theme.name.shown(language()).text if theme else value
    if name == "group":
        organisation = names.organisation(value)
        return organisation.name.shown(language()).text if organisation else value
    return coded(name, value)


def coded(name: str, code: str) -> str:
    """What a code of one of our closed lists is called; a code nobody knows stays as it is."""
    return str(LISTS[name].get(code, code))


def province_name(code: str) -> str:
    """A province as it is written in its own language for who reads it, else in Latin letters."""
    province = provinces().get(code)
    if province is None:
        return code
    own = language() == LANGUAGE_OF.get(province.country)
    return province.native if own and province.native else province.name


def place_name(country: str, province: str) -> str:
    """A place as finely as everyone may know it: `Champasak, Laos`."""
    return ", ".join(filter(None, (province and province_name(province), country_name(country))))


def standing_name(standing: Standing) -> str:
    """The standing in words, without dates."""
    words: dict[Standing, str] = {
        Standing.CANCELLED: _("Cancelled"),
        Standing.PAST: _("Past"),
        Standing.UNDER_WAY: _("Under way"),
        Standing.OPEN: _("Open for registration"),
        Standing.FULL: _("Full, waiting list open"),
        Standing.OPENS_LATER: _("Registration opens later"),
        Standing.CLOSED: _("Registration closed"),
        Standing.PLANNED: _("Planned"),
    }
    return words[standing]
