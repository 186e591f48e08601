"""What the inputs of the outline form say together; what is wrong is said beside the input."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, FieldList

from lna.activities.actions import Outline, Part, Place, Session
from lna.activities.forms.fill import SAME
from lna.activities.forms.organisations import Register
from lna.activities.forms.rows import MOST, OrganiserRow, PlaceRow, SessionRow
from lna.core.form import MultilingualField
from lna.core.refusal import Refused
from lna.core.typed_times import instant, midnight
from lna.core.vocabulary import provinces

LAST_MINUTE = time(23, 59)
Span = tuple[datetime | None, datetime | None]


def outline(form: Any) -> Outline | None:
    """The outline that was typed, or None and every reason beside its input."""
    before = _complaints(form)
    starts_at, ends_at = _span(form)
    said: dict[str, Any] = {name: _plain(form[name]) for name in SAME}
    rows: dict[str, Any] = {
        "places": tuple(filter(None, map(_place, _filled(form.places)))),
        "sessions": tuple(
            filter(None, (_session(row, form.timezone.data) for row in _filled(form.sessions)))
        ),
        "organisers": tuple(
            filter(None, (_part(row, form.register) for row in _filled(form.organisers)))
        ),
    }
    moments: dict[str, Any] = {
        "registration_opens_at": _moment(form, "registration_opens", time()),
        "registration_closes_at": _moment(form, "registration_closes", LAST_MINUTE),
    }
    if before or _complaints(form):
        return None
    return Outline(
        **said,
        **rows,
        **moments,
        starts_at=starts_at,
        ends_at=ends_at,
        all_day=form.timing.data == "all_day" and starts_at is not None,
        theme_ids=(*(form.strategy_themes.data or ()), *(form.key_themes.data or ())),
        network_id=form.network.data,
        group_id=form.group.data,
        responsible_id=form.responsible.data,
    )


def _plain(field: Field) -> Any:
    if isinstance(field, MultilingualField):
        return field.value
    if isinstance(field.data, list):
        return tuple(field.data)
    return (
        "" if field.data is None and field.type in {"StringField", "TextAreaField"} else field.data
    )


def _complaints(form: Any) -> bool:
    """Whether anything is wrong; rows that complain make their list complain."""
    for rows in form.places, form.sessions, form.organisers:
        wrong = [row.form.errors for row in rows if row.form.errors]
        rows.errors = rows.errors or wrong
    return any(field.errors for field in form)


def complain(field: Field, reason: Any) -> None:
    field.errors = [*field.errors, reason]


def _needed(*fields: Field) -> bool:
    """Whether all are filled; the empty ones say that they are needed."""
    for field in fields:
        if field.data is None and not field.errors:
            complain(field, _("Please fill this in."))
    return all(field.data is not None for field in fields)


def _span(form: Any) -> Span:
    """When it starts and ends; no dates at all are open dates."""
    days, times = (form.starts_on, form.ends_on), (form.starts_time, form.ends_time)
    untyped = not any(field.data or field.errors for field in (*days, *times))
    if form.timing.data == "open" or untyped or form.timezone.errors:
        return None, None
    zone = form.timezone.data
    if form.timing.data == "all_day":
        if not _needed(form.starts_on) or form.ends_on.errors:
            return None, None
        last = form.ends_on.data or form.starts_on.data
        return midnight(form.starts_on.data, zone), midnight(last + timedelta(days=1), zone)
    if not _needed(form.starts_on, *times) or form.ends_on.errors:
        return None, None
    return (
        _instant(form.starts_on.data, form.starts_time, zone),
        _instant(form.ends_on.data or form.starts_on.data, form.ends_time, zone),
    )


def _instant(on: date | None, at: Field, zone: str) -> datetime | None:
    if on is None:
        return None
    try:
        return instant(on, at.data, zone)
    except Refused as refusal:
        complain(at, refusal.reason)
        return None


def _moment(form: Any, name: str, default: time) -> datetime | None:
    """A day with a time of day, which may be left out."""
    on, at = form[f"{name}_on"], form[f"{name}_time"]
    if on.data is None or form.timezone.errors:
        if at.data is not None and not on.errors:
            complain(on, _("Please write the day too."))
        return None
    if at.data is None:
        at.data = default
    return _instant(on.data, at, form.timezone.data)


def _filled(rows: FieldList) -> list[Any]:
    if len(rows) > MOST[rows.short_name]:
        rows.errors = [_("At most %(most)s rows.", most=MOST[rows.short_name])]
    return [row.form for row in rows if not row.form.is_empty]


def _place(row: PlaceRow) -> Place | None:
    province = provinces().get(row.province.data or "")
    country = row.country.data or (province.country if province else "")
    if not country:
        complain(row.country, _("Please choose a country."))
    elif province and province.country != country:
        complain(row.province, _("This province lies in another country."))
    if row.errors or any(field.errors for field in row):
        return None
    return Place(
        country=country,
        province=row.province.data or "",
        town=row.town.data or "",
        venue=row.venue.data or "",
        is_public=row.is_public.data,
    )


def _session(row: SessionRow, zone: str) -> Session | None:
    if not row.title.value:
        complain(row.title.form[row.title.form.original.data], _("Please fill this in."))
    if not _needed(row.on, row.starts, row.ends) or any(field.errors for field in row):
        return None
    starts_at = _instant(row.on.data, row.starts, zone)
    ends_at = _instant(row.ends_on.data or row.on.data, row.ends, zone)
    if starts_at is None or ends_at is None:
        return None
    if ends_at <= starts_at:
        complain(row.ends, _("It ends before it starts."))
        return None
    number = row.id.data or ""
    return Session(
        id=int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None,
        title=row.title.value,
        starts_at=starts_at,
        ends_at=ends_at,
        place=row.place.data or "",
    )


def _part(row: OrganiserRow, register: Register) -> Part | None:
    found = register.called(row.name.data or "")
    if not found:
        complain(
            row.name,
            _("No organisation is called so. Choose one that is offered, or enter it first."),
        )
    elif len(found) > 1:
        names = "; ".join(register.labels[id] for id in found)
        complain(row.name, _("Several are called so. Please write one of: %(names)s", names=names))
    if row.name.errors or row.part.errors:
        return None
    return Part(organisation_id=found[0], part=row.part.data)
