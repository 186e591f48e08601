"""Organisations as people type them: by name in any language, by acronym, or by address."""

from lna.core.i18n import plain
from lna.core.search.normalise import normalise
from lna.partners.queries import organisation_names

MOST_HINTS = 300
"""So many names are offered while typing; every other one is found as well."""


def organisation_hints() -> list[str]:
    """Names to offer while somebody types, in their alphabetical order."""
    return sorted(map(organisation_label, organisation_names()), key=normalise)[:MOST_HINTS]


def organisation_label(id: int) -> str:
    """What stands in the input for an organisation; where two have one name, with its address."""
    known = organisation_names()
    if id not in known:
        return ""
    slug, name, _, _ = known[id]
    words = plain(name)
    namesakes = [each for each in known.values() if plain(each[1]) == words]
    return f"{words} ({slug})" if len(namesakes) > 1 else words


def organisations_called(text: str) -> list[int]:
    """The organisations a typed text can mean; one, if all is well."""
    wanted = _form(text)
    exact, found = [], []
    for id, (slug, name, acronym, _) in organisation_names().items():
        if wanted in (_form(slug), _form(f"{plain(name)} ({slug})")):
            exact.append(id)
        elif wanted in map(_form, (*name.texts.values(), acronym)):
            found.append(id)
    return exact or found


def _form(text: str) -> str:
    return " ".join(normalise(text).split())
