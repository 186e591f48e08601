"""An outline written into the tables of an activity: only what differs is touched."""

from collections.abc import Callable

from lna.activities.actions.outline import PLAIN, Outline, Session
from lna.activities.models import (
    Activity,
    ActivityCountry,
    ActivityLanguage,
    ActivityOrganiser,
    ActivityPlace,
    ActivitySession,
)
from lna.themes.queries import themes_with_ids


def write(outline: Outline, activity: Activity, fields: frozenset[str]) -> None:
    """Make these fields of an activity say what the outline says."""
    for name in fields.intersection(PLAIN):
        setattr(activity, name, getattr(outline, name))
    for name in "secondary_types", "actor_groups", "beneficiaries":
        if name in fields:
            setattr(activity, name, list(getattr(outline, name)))
    for members, writer in WRITERS:
        if fields & members:
            writer(outline, activity)


def _countries(outline: Outline, activity: Activity) -> None:
    wanted = [
        *((country, False) for country in outline.countries),
        *((country, True) for country in outline.origin_countries),
    ]
    present = {(each.country, each.is_origin): each for each in activity.countries}
    activity.countries = [
        present.get(key) or ActivityCountry(country=key[0], is_origin=key[1]) for key in wanted
    ]
    for position, each in enumerate(activity.countries):
        each.position = position


def _languages(outline: Outline, activity: Activity) -> None:
    wanted = [
        *((language, False) for language in outline.languages),
        *((language, True) for language in outline.interpreted),
    ]
    present = {each.language: each for each in activity.languages}
    activity.languages = [
        present.get(language) or ActivityLanguage(language=language) for language, _ in wanted
    ]
    for position, (each, (_, is_interpreted)) in enumerate(
        zip(activity.languages, wanted, strict=True)
    ):
        each.position, each.is_interpreted = position, is_interpreted


def _places(outline: Outline, activity: Activity) -> None:
    activity.places = [
        ActivityPlace(**vars(place), position=position)
        for position, place in enumerate(outline.places)
    ]


def _sessions(outline: Outline, activity: Activity) -> None:
    """A session that is named by its id keeps its row, and so its place in calendars."""
    present = {session.id: session for session in activity.sessions}
    activity.sessions = [
        _session(each, present.pop(each.id, None) if each.id else None) for each in outline.sessions
    ]


def _session(said: Session, session: ActivitySession | None) -> ActivitySession:
    session = session or ActivitySession()
    session.title, session.place = said.title, said.place
    session.starts_at, session.ends_at = said.starts_at, said.ends_at
    return session


def _organisers(outline: Outline, activity: Activity) -> None:
    present = {each.organisation_id: each for each in activity.organisers}
    activity.organisers = [
        present.get(said.organisation_id) or ActivityOrganiser(organisation_id=said.organisation_id)
        for said in outline.organisers
    ]
    for position, (each, said) in enumerate(
        zip(activity.organisers, outline.organisers, strict=True)
    ):
        each.position, each.part = position, said.part


def _themes(outline: Outline, activity: Activity) -> None:
    activity.themes = themes_with_ids(outline.theme_ids)


WRITERS: tuple[tuple[set[str], Callable[[Outline, Activity], None]], ...] = (
    ({"countries", "origin_countries"}, _countries),
    ({"languages", "interpreted"}, _languages),
    ({"places"}, _places),
    ({"sessions"}, _sessions),
    ({"organisers"}, _organisers),
    ({"theme_ids"}, _themes),
)
