"""What an outline says, in the words of the form: to show what somebody else has changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from lna.activities.actions import Outline, Part, Place, Session
from lna.activities.forms.organisations import Register
from lna.activities.queries.labels import place_name
from lna.core.i18n import joined, moment, plain
from lna.core.multilingual import Multilingual

FIELDS = {
    "starts_at": "starts_on",
    "ends_at": "ends_on",
    "all_day": "timing",
    "theme_ids": "strategy_themes",
    "network_id": "network",
    "group_id": "group",
    "responsible_id": "responsible",
    "registration_opens_at": "registration_opens_on",
    "registration_closes_at": "registration_closes_on",
}
"""Where the form asks for what the outline calls otherwise."""
LONGEST = 300


@dataclass(frozen=True)
class Said:
    """One field of an outline: its input, what it is called, and what it says."""

    field: str
    words: str
    text: str


def said(form: Any, name: str, outline: Outline) -> Said:
    """A field of an outline as the reader of the form calls it."""
    field = form[FIELDS.get(name, name)]
    text = _text(getattr(outline, name), dict(_choices(form, name, field)), outline.timezone)
    short = text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"
    return Said(field.id, str(field.label.text), short)


def _choices(form: Any, name: str, field: Any) -> list[tuple[str, str]]:
    fields = (form.strategy_themes, form.key_themes) if name == "theme_ids" else (field,)
    return [
        (str(choice.value), str(choice.label))
        for each in fields
        for choice in getattr(each, "choices", None) or ()
    ]


def _text(value: Any, choices: dict[str, str], zone: str) -> str:
    if value is None or value == "" or value == ():
        return str(_("nothing"))
    if isinstance(value, Multilingual):
        return plain(value) or str(_("nothing"))
    if isinstance(value, datetime):
        return moment(value, zone)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, tuple):
        return joined([_text(each, choices, zone) for each in value])
    return _row(value) or choices.get(str(value), str(value))


def _row(value: Any) -> str:
    if isinstance(value, Place):
        return place_name(value.country, value.province)
    if isinstance(value, Session):
        return plain(value.title)
    return Register().labels.get(value.organisation_id, "") if isinstance(value, Part) else ""
