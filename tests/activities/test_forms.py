from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from lna.activities.actions import Outline, Session
from lna.activities.forms import OutlineForm, fill
from lna.activities.forms.organisations import MOST_HINTS, Register
from lna.core.multilingual import Multilingual
from lna.core.typed_times import midnight, zones
from lna.partners.models import Organisation
from tests.factories import make_organisation, save

FIRST, LAST = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (2000, 2150))
MINUTES = st.datetimes(FIRST, LAST).map(lambda at: at.replace(second=0, microsecond=0))


def sent_back(app: Flask, outline: Outline) -> Outline | None:
    """What the form says of an outline when its inputs are sent as they were filled."""
    with app.test_request_context("/"):
        form = OutlineForm(outline, meta={"csrf": False})
        inputs = [
            (field.name, value)
            for field in _inputs(form)
            for value in (field.data if isinstance(field.data, list) else [_shown(field)])
            if value is not None
        ]
    with app.test_request_context("/", method="POST", data=_grouped(inputs)):
        form = OutlineForm(outline, meta={"csrf": False})
        form.validate()
        return form.outline


def _inputs(form):
    for field in form:
        if hasattr(field, "entries"):
            for row in field.entries:
                yield from _inputs(row.form)
        elif hasattr(field, "form"):
            yield from _inputs(field.form)
        else:
            yield field


def _shown(field):
    if field.type == "BooleanField":
        return "y" if field.data else None
    if field.type in {"SelectField", "RadioField"}:
        return field.data if field.data is not None else ""
    return field._value()


def _grouped(pairs):
    grouped: dict[str, list[str]] = {}
    for name, value in pairs:
        grouped.setdefault(name, []).append(str(value))
    return grouped


@settings(max_examples=40, deadline=None)
@given(at=MINUTES, length=st.integers(1, 20_000), zone=st.sampled_from(zones()))
def test_times_in_every_zone_come_back_from_the_form(application, at, length, zone):
    starts = at.replace(tzinfo=UTC)
    ends = starts + timedelta(minutes=length)
    session = Session(
        title=Multilingual.of("One"), starts_at=starts, ends_at=starts + timedelta(minutes=1)
    )
    outline = Outline(
        title=Multilingual.of("Visit"),
        timezone=zone,
        starts_at=starts,
        ends_at=ends,
        sessions=(session,),
        registration_opens_at=starts - timedelta(days=3),
    )

    back = sent_back(application, outline)

    for moment in starts, ends, session.ends_at, starts - timedelta(days=3):
        if _comes_twice(moment, zone):  # such a time is read as the first of the two
            return
    assert back is not None
    assert back.differing(outline) == frozenset()


def _comes_twice(at: datetime, zone: str) -> bool:
    local = at.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


@settings(max_examples=40, deadline=None)
@given(
    first=st.dates(date(2000, 1, 1), date(2150, 1, 1)),
    days=st.integers(1, 40),
    zone=st.sampled_from(zones()),
)
def test_whole_days_in_every_zone_come_back_from_the_form(application, first, days, zone):
    begin, end = midnight(first, zone), midnight(first + timedelta(days=days), zone)
    if end <= begin or begin.astimezone(ZoneInfo(zone)).date() != first:
        return  # a day that a zone left out when it crossed the date line
    outline = Outline(
        title=Multilingual.of("Visit"), timezone=zone, starts_at=begin, ends_at=end, all_day=True
    )

    back = sent_back(application, outline)

    assert back is not None
    assert back.differing(outline) == frozenset()


def test_an_organisation_is_found_by_any_of_its_names_in_any_case():
    name = Multilingual("en", {"en": "CARE International", "lo": "ອົງການແຄ"})
    care = save(Organisation(slug="care", name=name, acronym="CI"))
    register = Register()

    for text in "care international", "  CARE   International ", "ອົງການແຄ", "ci", "care":
        assert register.called(text) == [care.id]
    assert register.called("CAR") == []
    assert register.called("") == []


def test_namesakes_are_told_apart_by_their_address(app):
    first, second = (make_organisation("Land network", slug=slug) for slug in ("one", "two"))
    register = Register()

    assert register.called("Land Network") == [first.id, second.id]
    assert register.labels[first.id] == "Land network (one)"
    assert register.called(register.labels[second.id]) == [second.id]


def test_every_label_leads_back_to_its_organisation():
    made = [make_organisation(name) for name in ("A", "B", "b", "A (x)", "Ünïon", "ទីភ្នាក់ងារ")]
    register = Register()

    for each in made:
        assert each.id in register.called(register.labels[each.id])


def test_hints_have_an_end():
    for _ in range(MOST_HINTS + 5):
        make_organisation()

    assert len(Register().hints) == MOST_HINTS


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, {"timing": "open", "starts_on": None}),
        (
            {
                "starts_at": datetime(2027, 2, 9, 2, tzinfo=UTC),
                "ends_at": datetime(2027, 2, 9, 17, tzinfo=UTC),
            },
            {"starts_time": time(9), "ends_on": date(2027, 2, 10), "ends_time": time(0)},
        ),
    ],
)
def test_an_outline_is_shown_by_the_clock_of_its_zone(fields, shown):
    typed = fill.typed(Outline(title=Multilingual.of("Visit"), **fields))

    assert {name: typed[name] for name in shown} == shown
