"""What the outline form shows before anybody types: choices, saved values, rows to add."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField
from wtforms.fields.choices import SelectChoice

from lna.activities.actions import Outline, Session
from lna.activities.forms.organisations import Register
from lna.activities.models import ACTIVITY_TYPES, MEETING_KINDS
from lna.activities.models.choices import ADMISSIONS, BENEFICIARIES
from lna.activities.queries.staff import staff_choices
from lna.activities.queries.standing import local_days
from lna.core.form import options
from lna.core.i18n import AUTONYMS, country_name, language_name, plain
from lna.core.ical.zones import HOME_ZONES
from lna.core.typed_times import zones
from lna.core.vocabulary import ACTOR_GROUPS, COUNTRIES, LANGUAGES, MODES
from lna.partners.models import GROUP
from lna.partners.queries import network_choices, organisation_choices
from lna.themes.models import KEY, STRATEGY
from lna.themes.queries import themes_of_kind

TIMINGS = {
    "timed": _("At certain times"),
    "all_day": _("All day, one or several days"),
    "open": _("Dates to be confirmed later"),
}
NOTHING = ("", "–")
SAME = (
    *("title", "summary", "description", "type", "secondary_types", "meeting_kind", "timezone"),
    *("dates_tentative", "countries", "origin_countries", "is_cross_border", "mode", "online_link"),
    *("languages", "interpreted", "no_network_reason", "actor_groups", "relevance", "framework"),
    *("impact", "beneficiaries", "beneficiaries_number", "planned_participants", "products"),
    *("planned_products", "actual_participants", "actual_products", "amount_usd", "source"),
    *("capacity", "admission", "hides_participants"),
)
"""Fields that are called the same in the form and in the outline."""


def is_sent() -> bool:
    """Whether a filled form is being received."""
    return request.method == "POST"


def pressed() -> str:
    """The value of the button that asks for something else than saving."""
    return request.form.get("step", "")


def offer_choices(form: Any, present: Outline | None) -> None:
    """Give every field its list; what is saved stays a choice, also where the list has moved on."""
    countries = [(code, country_name(code)) for code in COUNTRIES]
    spoken = [(code, language_name(code)) for code in LANGUAGES]
    themes = set(present.theme_ids) if present else set()
    lists: dict[str, list[SelectChoice]] = {
        "original": options(AUTONYMS.items()),
        "type": options([*ACTIVITY_TYPES.items(), ("", _("Not decided yet: an idea"))]),
        "secondary_types": options(ACTIVITY_TYPES.items()),
        "meeting_kind": options([NOTHING, *MEETING_KINDS.items()]),
        "strategy_themes": _themes(STRATEGY, themes),
        "key_themes": _themes(KEY, themes),
        "timing": options(TIMINGS.items()),
        "timezone": _zones(),
        "countries": options(countries),
        "origin_countries": options(countries),
        "mode": options(MODES.items()),
        "languages": options(spoken),
        "interpreted": options(spoken),
        "network": options([NOTHING, *((id, plain(name)) for id, name in network_choices())]),
        "group": options(
            [NOTHING, *((id, plain(name)) for id, name in organisation_choices(GROUP))]
        ),
        "responsible": options(
            [NOTHING, *staff_choices(also=present.responsible_id if present else None)]
        ),
        "actor_groups": options(ACTOR_GROUPS.items()),
        "beneficiaries": options(BENEFICIARIES.items()),
        "admission": options(ADMISSIONS.items()),
    }
    for name, choices in lists.items():
        form[name].choices = choices


def _themes(kind: str, chosen: set[int]) -> list[SelectChoice]:
    rows = (row for row in themes_of_kind(kind) if row.is_open or row.id in chosen)
    return options((row.id, plain(row.name)) for row in rows)


def _zones() -> list[SelectChoice]:
    home = [zone for zone in zones() if zone in HOME_ZONES]
    others = [zone for zone in zones() if zone not in HOME_ZONES]
    return [
        *options(((zone, _city(zone)) for zone in home), str(_("The region"))),
        *options(((zone, _city(zone)) for zone in others), str(_("Elsewhere"))),
    ]


def _city(zone: str) -> str:
    region, _, city = zone.rpartition("/")
    words = city.replace("_", " ")
    return words if zone in HOME_ZONES or not region else f"{words} ({region})"


def typed(outline: Outline) -> dict[str, Any]:
    """An outline as it stands in the inputs."""
    labels = Register().labels
    themes = set(outline.theme_ids)
    by_kind = {
        kind: [row.id for row in themes_of_kind(kind) if row.id in themes]
        for kind in (STRATEGY, KEY)
    }
    return {
        **{name: getattr(outline, name) for name in SAME},
        **_dates(outline),
        "original": outline.title.original,
        "written_in": outline.title.original,
        "strategy_themes": by_kind[STRATEGY],
        "key_themes": by_kind[KEY],
        "network": outline.network_id,
        "group": outline.group_id,
        "responsible": outline.responsible_id,
        "places": [vars(place) for place in outline.places],
        "sessions": [_session(session, outline.timezone) for session in outline.sessions],
        "organisers": [
            {"name": labels.get(each.organisation_id, ""), "part": each.part}
            for each in outline.organisers
        ],
        "seen": " ".join(f"{name}={printed}" for name, printed in outline.prints().items()),
    }


def _dates(outline: Outline) -> dict[str, Any]:
    days = local_days(outline.starts_at, outline.ends_at, outline.timezone)
    said: dict[str, Any] = {
        "timing": "open" if days is None else "all_day" if outline.all_day else "timed",
        "starts_on": days and days[0],
        "ends_on": days and days[1],
    }
    for name in "registration_opens", "registration_closes":
        at = getattr(outline, f"{name}_at")
        said[f"{name}_on"] = at and at.astimezone(ZoneInfo(outline.timezone)).date()
        said[f"{name}_time"] = _clock(at, outline.timezone)
    if not outline.all_day and outline.starts_at and outline.ends_at:
        said["starts_time"] = _clock(outline.starts_at, outline.timezone)
        said["ends_time"] = _clock(outline.ends_at, outline.timezone)
        said["ends_on"] = outline.ends_at.astimezone(ZoneInfo(outline.timezone)).date()
    return said


def _session(session: Session, zone: str) -> dict[str, Any]:
    starts, ends = (at.astimezone(ZoneInfo(zone)) for at in (session.starts_at, session.ends_at))
    return {
        "id": str(session.id or ""),
        "title": session.title,
        "on": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "ends_on": ends.date() if ends.date() != starts.date() else None,
        "place": session.place,
    }


def _clock(at: datetime | None, zone: str) -> time | None:
    return at.astimezone(ZoneInfo(zone)).time() if at else None


def next_row(form: Any, name: str) -> dict[str, Any]:
    """What a new row begins with: a session, the day of the one before it."""
    if name != "sessions":
        return {}
    days = [form.starts_on.data, *(row.form.on.data for row in form.sessions)]
    return {"on": next(filter(None, reversed(days)), None)}


def without_row(rows: FieldList, number: int) -> None:
    """Take a row out; the last one leaves an empty one behind."""
    if number < len(rows):
        rows.pop_entry(number)
    if not len(rows):
        rows.append_entry({})


def unmark(form: Any) -> None:
    """Leave out the word “optional” beside every input: here nearly all of them are."""
    for field in form:
        field.flags.unmarked = True
        if isinstance(field, FieldList):
            for row in field:
                unmark(row.form)
        elif isinstance(field, FormField):
            unmark(field.form)
