"""The 28 activities of the programme, a third of them moved to the months ahead."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from lna.accounts.models import Role
from lna.accounts.queries import users_with_role
from lna.activities import actions
from lna.activities.actions import Move, Outline, Part, Place, Plan, Session
from lna.activities.models import Activity, Stage
from lna.core import clock
from lna.core.multilingual import Multilingual
from lna.core.vocabulary import COUNTRIES
from lna.home.demo.files import records
from lna.partners.models import Organisation
from lna.themes.queries import themes_by_code

MADE_UP = (
    "For this demonstration the dates are moved, and the texts, seats and numbers are made up."
    " The title and the partners are those of [a real activity]({source})."
)
WRITTEN_DOWN = "Written down afterwards for the demonstration."


def plant_activities(partners: dict[str, Organisation]) -> list[Activity]:
    """Plan, move and publish each activity as the programme would have."""
    return [_planted(row, partners) for row in records("activities.json")]


def _planted(row: dict[str, Any], partners: dict[str, Organisation]) -> Activity:
    outline = _outlined(row, partners)
    activity = actions.plan(Plan(outline=outline, another_reason="One of a series."), by=None)
    stage = Stage(row["stage"]) if "ahead" in row else Stage.COMPLETED
    actions.publish(activity, by=None)
    actions.move(activity, Move(to=stage, reason=WRITTEN_DOWN), by=None)
    return activity


def _outlined(row: dict[str, Any], partners: dict[str, Organisation]) -> Outline:
    zone = row.get("zone") or COUNTRIES[row["countries"][0]].timezone
    outline = Outline(
        title=Multilingual("en", row["title"]),
        summary=Multilingual.of(row["summary"]),
        description=Multilingual.of(MADE_UP.format(source=row["source"])),
        type=row["type"],
        meeting_kind=row["meeting_kind"],
        countries=tuple(row["countries"]),
        origin_countries=tuple(row.get("origin", ())),
        mode=row["mode"],
        places=tuple(_place(code) for code in row["places"]),
        languages=tuple(row["languages"]),
        interpreted=tuple(row.get("interpreted", ())),
        theme_ids=tuple(themes_by_code()[code].id for code in row["themes"]),
        organisers=tuple(_parts(row["partners"], partners)),
        network_id=_network(row, partners),
        group_id=_group(row, partners),
        no_network_reason="" if _network(row, partners) else "It prepares one.",
        responsible_id=_responsible(row["countries"]),
        actor_groups=tuple(row.get("groups", ())),
        relevance=Multilingual.of(row["relevance"]),
        framework=Multilingual.of(row["framework"]),
        impact=Multilingual.of(row["impact"]),
        beneficiaries=tuple(row.get("benef", ("smallholder",))),
        amount_usd=row.get("amount"),
        source=row["source"],
        planned_participants=row["planned"][0],
        planned_products=row["planned"][1],
        timezone=zone,
    )
    return _ahead(outline, row, zone) if "ahead" in row else _past(outline, row, zone)


def _past(outline: Outline, row: dict[str, Any], zone: str) -> Outline:
    first, last = _day(row["start"], last=False), _day(row["end"], last=True)
    begin, end = row.get("time") or ("00:00", "24:00")
    return replace(
        outline,
        starts_at=_at(first, begin, zone),
        ends_at=_at(last, end, zone),
        all_day="time" not in row,
        admission="closed",
        actual_participants=row["actual"][0],
        actual_products=row["actual"][1],
    )


def _ahead(outline: Outline, row: dict[str, Any], zone: str) -> Outline:
    outline = replace(
        outline,
        capacity=row.get("seats"),
        admission=row.get("admission", "open" if row["stage"] == "call_open" else "closed"),
        dates_tentative=row.get("tentative", False) or row["ahead"] is None,
    )
    if row["ahead"] is None:
        return outline
    first = _weekday(clock.today(zone) + timedelta(days=row["ahead"]), row["days"])
    begin, end = row.get("time") or ("00:00", "24:00")
    starts_at = _at(first, begin, zone)
    return replace(
        outline,
        starts_at=starts_at,
        ends_at=_at(first + timedelta(days=row["days"] - 1), end, zone),
        all_day=row.get("allday", False),
        registration_closes_at=starts_at - timedelta(days=row.get("close", 7), minutes=1),
        sessions=tuple(_session(first, each, zone) for each in row.get("sessions", ())),
    )


def _session(first: date, row: list[Any], zone: str) -> Session:
    day = first + timedelta(days=row[0])
    return Session(
        title=Multilingual.of(row[3]),
        starts_at=_at(day, row[1], zone),
        ends_at=_at(day, row[2], zone),
        place=row[4],
    )


def _weekday(day: date, length: int) -> date:
    """The next day on which so many days in a row hold no Sunday, if that can be."""
    start = 1 if length > 2 else 2
    return day + timedelta(days=(start - day.isoweekday()) % 7) if length < 7 else day


def _day(text: str, *, last: bool) -> date:
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


def _at(day: date, clock_time: str, zone: str) -> datetime:
    if clock_time == "24:00":
        day, clock_time = day + timedelta(days=1), "00:00"
    return datetime.combine(day, time.fromisoformat(clock_time), ZoneInfo(zone))


def _place(code: str) -> Place:
    return Place(country=code[:2], province=code if "-" in code else "")


def _parts(names: list[str], partners: dict[str, Organisation]) -> list[Part]:
    found = []
    for name in names:
        stem = re.sub(r" \(.*\)", "", name)
        acronym = re.search(r"\(([A-Z]+)\)", name)
        for key in (name, stem, acronym.group(1) if acronym else ""):
            if key and key in partners:
                found.append(partners[key].id)
                break
    return [Part(organisation_id=id) for id in dict.fromkeys(found)]


def _network(row: dict[str, Any], partners: dict[str, Organisation]) -> int | None:
    of_country = {"LA": "LIWG", "KH": "NGOF", "MM": "LCG"}
    only = row["countries"][0] if len(row["countries"]) == 1 else ""
    acronym = of_country.get(only, "AIPP" if "community-forestry" in row["themes"] else "ILC")
    return partners[acronym].id


def _group(row: dict[str, Any], partners: dict[str, Organisation]) -> int | None:
    if "corporate-responsibility" in row["themes"]:
        return partners["RAI"].id
    return partners["CT"].id if "community-forestry" in row["themes"] else None


def _responsible(countries: list[str]) -> int:
    if len(countries) == 1 and (
        own := users_with_role(Role.NATIONAL_FACILITATOR, country=countries[0])
    ):
        return own[0].id
    return users_with_role(Role.REGIONAL_COORDINATOR)[0].id
