"""What an activity is in a calendar: one entry, and one for each session of several days."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lna.activities.models import ACTIVITY_TYPES, Activity, ActivityPlace, ActivitySession
from lna.activities.queries.standing import local_days
from lna.config import settings
from lna.core.i18n import country_name, speaking
from lna.core.ical import CalendarEntry, keep_entries, withdraw_entries
from lna.core.ical.entry import Status
from lna.core.vocabulary import MODES, provinces

KIND = "activity"
"""The kind of source under which `core.ical` keeps these entries."""


def keep(activity: Activity) -> None:
    """Bring the calendar to what is said about a flushed activity now.

    Public and dated, it has an entry; cancelled, a tombstone; a draft is given to nobody.
    """
    if activity.is_public and activity.starts_at and activity.ends_at:
        keep_entries(KIND, activity.id, entries(activity))
    else:
        withdraw_entries(KIND, activity.id)


def entries(activity: Activity) -> list[CalendarEntry]:
    """The whole, and each session of an activity of several days; none while dates are open.

    Several days are one banner that leaves people free, never one block; sessions are the times.
    """
    days = local_days(activity.starts_at, activity.ends_at, activity.timezone)
    if days is None or activity.starts_at is None or activity.ends_at is None:
        return []
    is_banner = activity.all_day or days[0] != days[1]
    with speaking(_language(activity)):
        shared: dict[str, Any] = {
            "zone": activity.timezone,
            "status": _status(activity),
            "location": _location(activity),
            "url": _address(activity),
            "categories": _categories(activity),
            "language": activity.title.original,
        }
        whole = CalendarEntry(
            uid=activity.uid,
            summary=str(activity.title),
            start=days[0] if is_banner else _there(activity, activity.starts_at),
            end=days[1] if is_banner else _there(activity, activity.ends_at),
            description=str(activity.summary),
            geo=_geo(activity),
            transparent=is_banner,
            **shared,
        )
        parts = activity.sessions if is_banner else []
        return [whole, *(_part(activity, session, shared) for session in parts)]


def _part(activity: Activity, session: ActivitySession, shared: dict[str, Any]) -> CalendarEntry:
    if session.place and activity.places and all(place.is_public for place in activity.places):
        shared = {**shared, "location": f"{session.place}; {shared['location']}"}
    return CalendarEntry(
        uid=session.uid,
        summary=f"{session.title} – {activity.title}",
        start=_there(activity, session.starts_at),
        end=_there(activity, session.ends_at),
        parent=activity.uid,
        **shared,
    )


def _there(activity: Activity, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(activity.timezone))


def _language(activity: Activity) -> str:
    written = activity.title.original
    return written if written in settings().languages else settings().languages[0]


def _status(activity: Activity) -> Status:
    if activity.is_cancelled:
        return "cancelled"
    is_sure = activity.stage.is_approved and not activity.dates_tentative
    return "confirmed" if is_sure else "tentative"


def _location(activity: Activity) -> str:
    if activity.mode == "online":
        return str(MODES["online"])
    places = "; ".join(map(_place, activity.places))
    return places or ", ".join(map(country_name, activity.country_codes))


def _place(place: ActivityPlace) -> str:
    province = provinces().get(place.province)
    exact = [place.venue, place.town] if place.is_public else []
    return ", ".join(
        filter(None, [*exact, province.name if province else "", country_name(place.country)])
    )


def _geo(activity: Activity) -> tuple[float, float] | None:
    """Where the province of the first public place is; nothing finer is known."""
    shown = (provinces().get(place.province) for place in activity.places if place.is_public)
    province = next(filter(None, shown), None)
    return (province.latitude, province.longitude) if province else None


def _categories(activity: Activity) -> tuple[str, ...]:
    kind = ACTIVITY_TYPES.get(activity.type)
    countries = map(country_name, activity.country_codes)
    return tuple(filter(None, [str(kind) if kind else "", *countries]))


def _address(activity: Activity) -> str:
    return settings().address(f"/activities/{activity.code}")
