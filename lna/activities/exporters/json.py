"""Activities as JSON: codes, all languages, times with their offset."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from lna.activities.queries import Detail, Listed, Named
from lna.core.multilingual import Multilingual


def list_json(rows: Sequence[Listed], *, root: str, here: str) -> dict[str, Any]:
    """The whole list; `here` is its own address, `root` that of the site."""
    return {"self": here, "count": len(rows), "activities": [_listed(row, root) for row in rows]}


def detail_json(detail: Detail, root: str) -> dict[str, Any]:
    """One activity with everything its page says."""
    return {
        **_listed(detail, root),
        "description": _text(detail.description),
        "relevance": _text(detail.relevance),
        "framework": _text(detail.framework),
        "impact": _text(detail.impact),
        "beneficiaries": list(detail.beneficiaries),
        "beneficiaries_number": detail.beneficiaries_number,
        "invited_actor_groups": list(detail.actor_groups),
        "source": detail.source,
        "venues": [
            {
                "country": place.country,
                "province": place.province,
                "town": place.town,
                "venue": place.venue,
            }
            for place in detail.venues
        ],
        "organisers": [_named(each.organisation) | {"part": each.part} for each in detail.runners],
        "sessions": [
            {
                "uid": part.uid,
                "title": _text(part.title),
                "start": _time(part.starts_at, detail.timezone),
                "end": _time(part.ends_at, detail.timezone),
                "place": part.place,
            }
            for part in detail.sessions
        ],
    }


def _listed(row: Listed, root: str) -> dict[str, Any]:
    return {
        "code": row.code,
        "uid": row.uid,
        "url": f"{root}/activities/{row.code}",
        "title": _text(row.title),
        "summary": _text(row.summary),
        "type": row.type,
        "secondary_types": list(row.secondary_types),
        "meeting_kind": row.meeting_kind,
        "stage": row.stage.value,
        "status": row.standing.value,
        "cancelled_reason": _text(row.cancelled_reason),
        "start": _day_or_time(row, 0),
        "end": _day_or_time(row, 1),
        "all_day": row.all_day,
        "dates_tentative": row.dates_tentative,
        "timezone": row.timezone,
        "mode": row.mode,
        "countries": list(row.countries),
        "origin_countries": list(row.origins),
        "cross_border": row.is_cross_border,
        "places": [{"country": country, "province": code} for country, code in row.places],
        "languages": list(row.languages),
        "interpreted": list(row.interpreted),
        "themes": [_named(theme) for theme in row.themes],
        "group": row.group and _named(row.group),
        "network": row.network and _named(row.network),
        "organisers": [_named(each) for each in row.organisers],
        "registration": {
            "admission": row.admission,
            "opens": _time(row.registration_opens_at, "UTC"),
            "closes": _time(row.registration_closes_at, "UTC"),
            "capacity": row.capacity,
            "seats_taken": row.seats_taken,
            "waiting": row.waiting,
        },
        "participants": {"planned": row.planned_participants, "actual": row.actual_participants},
        "products": {
            "planned": row.planned_products,
            "actual": row.actual_products,
            "text": _text(row.products),
        },
        "changed": _time(row.changed_at, "UTC"),
    }


def _text(text: Multilingual) -> dict[str, Any] | None:
    return {"original": text.original, "texts": dict(text.texts)} if text else None


def _named(named: Named) -> dict[str, Any]:
    return {"code": named.code, "name": _text(named.name)}


def _time(at: datetime | None, zone: str) -> str | None:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds") if at else None


def _day_or_time(row: Listed, end: int) -> str | None:
    """The first or last day of an all-day activity, else the moment in its own time."""
    if row.all_day and row.days:
        return row.days[end].isoformat()
    return _time((row.starts_at, row.ends_at)[end], row.timezone)
