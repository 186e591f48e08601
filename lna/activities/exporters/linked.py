"""What search engines read of a page: schema.org Event as JSON-LD."""

from typing import Any
from zoneinfo import ZoneInfo

from lna.activities.queries import Detail
from lna.activities.queries.labels import place_name
from lna.core.i18n import language

ATTENDANCE = {
    "in_person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}


def schema_org(detail: Detail, address: str) -> dict[str, Any] | None:
    """The event as the page shows it; None while its dates are open, for an event has a date."""
    if detail.starts_at is None or not detail.days:
        return None
    here = ZoneInfo(detail.timezone)
    moments = [at and at.astimezone(here).isoformat() for at in (detail.starts_at, detail.ends_at)]
    start, end = [day.isoformat() for day in detail.days] if detail.all_day else moments
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": detail.title.shown(language()).text,
        "description": detail.summary.shown(language()).text,
        "url": address,
        "startDate": start,
        "endDate": end,
        "eventStatus": f"https://schema.org/{_status(detail)}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE[detail.mode]}",
        "inLanguage": [*detail.languages, *detail.interpreted],
        "isAccessibleForFree": True,
        "location": _locations(detail, address),
        "organizer": [
            {"@type": "Organization", "name": each.name.shown(language()).text}
            for each in detail.organisers
        ],
    }
    return {name: value for name, value in event.items() if value}


def _status(detail: Detail) -> str:
    return "EventCancelled" if detail.is_cancelled else "EventScheduled"


def _locations(detail: Detail, address: str) -> list[dict[str, str]]:
    places = [
        {"@type": "Place", "name": place_name(*place), "address": place_name(*place)}
        for place in detail.places
    ]
    online = [{"@type": "VirtualLocation", "url": address}] if detail.mode != "in_person" else []
    return places + online
