"""A small programme at a known moment, as the public sees it."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lna.activities.models import (
    Activity,
    ActivityCountry,
    ActivityLanguage,
    ActivityOrganiser,
    ActivityPlace,
)
from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.search.tokens import terms
from lna.core.versions import raise_version
from tests.factories import make_activity

NOW = datetime(2027, 1, 10, 5, tzinfo=UTC)
NINE_IN_LAOS = datetime(2027, 2, 9, 2, tzinfo=UTC)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Make it this moment."""
    monkeypatch.setattr(clock, "read", lambda: moment)


def publish(
    countries: tuple[str, ...] = ("LA",),
    *,
    title: str | dict[str, str] = "",
    origins: Iterable[str] = (),
    languages: Iterable[str] = (),
    interpreted: Iterable[str] = (),
    provinces: Iterable[str] = (),
    organisers: Iterable[Any] = (),
    themes: Iterable[Any] = (),
    **fields: Any,
) -> Activity:
    """A public activity with its relations and search text, committed; two days in February."""
    texts = {"en": title} if isinstance(title, str) else title
    if any(texts.values()):
        original = next(iter(texts))
        fields["title"] = Multilingual(original, texts)
    dates = {"starts_at": NINE_IN_LAOS, "ends_at": NINE_IN_LAOS + timedelta(days=1, hours=7)}
    activity = make_activity(countries, **dates | {"timezone": "Asia/Vientiane"} | fields)
    activity.countries += [ActivityCountry(country=each, is_origin=True) for each in origins]
    spoken = [(code, False) for code in languages] + [(code, True) for code in interpreted]
    activity.languages = [
        ActivityLanguage(language=code, is_interpreted=is_interpreted, position=place)
        for place, (code, is_interpreted) in enumerate(spoken)
    ]
    activity.places = [
        ActivityPlace(country=code[:2], province=code, town="Ban Secret", venue="Hall", position=at)
        for at, code in enumerate(provinces)
    ]
    activity.organisers = [
        ActivityOrganiser(organisation_id=each.id, position=at)
        for at, each in enumerate(organisers)
    ]
    activity.themes = list(themes)
    said = (*activity.title.texts.values(), *activity.summary.texts.values())
    activity.search_text = " ".join(token for text in said for token in terms(text))
    saved()
    return activity


def saved() -> None:
    """What every action and view does with a change to the programme."""
    raise_version("activities", "partners", "themes")
    db.session.commit()
