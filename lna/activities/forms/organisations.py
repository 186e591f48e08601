"""Organisations as people type them: by name in any language, by acronym, or by address."""

from collections import Counter
from functools import cached_property

from lna.core.i18n import plain
from lna.core.search.normalise import normalise
from lna.partners.queries import organisation_names

MOST_HINTS = 300
"""So many names are offered while typing; every other one is found as well."""


class Register:
    """The organisations as one form sees them: read once, asked for every row."""

    @cached_property
    def labels(self) -> dict[int, str]:
        """What stands in the input for each; where two have one name, with its address."""
        names = {id: (slug, plain(name)) for id, (slug, name, *_) in organisation_names().items()}
        times = Counter(name for _, name in names.values())
        return {
            id: f"{name} ({slug})" if times[name] > 1 else name
            for id, (slug, name) in names.items()
        }

    @property
    def hints(self) -> list[str]:
        """Names to offer while somebody types, in alphabetical order."""
        return sorted(self.labels.values(), key=normalise)[:MOST_HINTS]

    def called(self, text: str) -> list[int]:
        """The organisations a typed text can mean; one, if all is well."""
        wanted = _form(text)
        return self._exactly.get(wanted) or self._by_name.get(wanted, [])

    @cached_property
    def _exactly(self) -> dict[str, list[int]]:
        """By address, and by what stands in the input when a name is not enough."""
        found: dict[str, list[int]] = {}
        for id, (slug, name, *_) in organisation_names().items():
            for words in {_form(slug), _form(f"{plain(name)} ({slug})")}:
                found.setdefault(words, []).append(id)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for id, (_, name, acronym, _) in organisation_names().items():
            for words in {_form(each) for each in (*name.texts.values(), acronym) if each}:
                found.setdefault(words, []).append(id)
        return found


def _form(text: str) -> str:
    return " ".join(normalise(text).split())
