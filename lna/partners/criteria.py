"""The filters of the directory: a query string <-> one frozen value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from lna.core.typed_text import number_in
from lna.core.vocabulary import ACTOR_GROUPS, COUNTRIES

KINDS = ("organisation", "network", "group")
MOST_PAGES = 10_000


@dataclass(frozen=True, kw_only=True)
class DirectoryCriteria:
    """What to show of the directory. Several values of one filter are alternatives."""

    q: str = ""
    kind: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    page: int = 1

    @classmethod
    def read(cls, arguments: Any) -> "DirectoryCriteria":
        """Read a query string (a werkzeug MultiDict); what is not known is left out."""
        return cls(
            q=" ".join(arguments.get("q", "").split())[:200],
            kind=_known(arguments.getlist("kind"), KINDS),
            group=_known(arguments.getlist("group"), ACTOR_GROUPS),
            country=_known(arguments.getlist("country"), COUNTRIES),
            theme=tuple(sorted(set(arguments.getlist("theme"))))[:30],
            page=number_in(arguments.get("page", ""), MOST_PAGES) or 1,
        )

    def but(self, **changes: Any) -> "DirectoryCriteria":
        """The same with something changed; any change but of the page goes back to page 1."""
        return replace(self, **{"page": 1} | changes)

    def toggled(self, name: str, value: str) -> "DirectoryCriteria":
        """The same with one value of a filter chosen, or taken away if it was."""
        chosen = getattr(self, name)
        kept = tuple(each for each in chosen if each != value)
        return self.but(**{name: kept if value in chosen else tuple(sorted((*kept, value)))})

    def at(self, path: str) -> str:
        """The address of this choice under a path; equal choices have one."""
        pairs = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                many = value if isinstance(value, tuple) else (value,)
                pairs += [(field.name, str(each)) for each in many]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    @property
    def is_filtered(self) -> bool:
        return replace(self, page=1) != DirectoryCriteria()


def _known(values: Iterable[str], allowed: Mapping[str, Any] | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value in allowed}))
