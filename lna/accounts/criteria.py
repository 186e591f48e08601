"""What the list of accounts is chosen by: a query string <-> one frozen value."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from lna.core.typed_text import clean, number_in

MOST_PAGES = 10_000


class State(StrEnum):
    INVITED = "invited"
    SUSPENDED = "suspended"
    WITHOUT_SECOND_FACTOR = "without-second-factor"


@dataclass(frozen=True, kw_only=True)
class AccountCriteria:
    """Empty means not chosen. `role` and `country` speak of roles held now."""

    q: str = ""
    role: str = ""
    country: str = ""
    state: str = ""
    page: int = 1

    @classmethod
    def read(cls, arguments: Any, roles: Any, countries: Any) -> "AccountCriteria":
        """The criteria of a query string; what is not among the known values is left out."""
        typed = {field.name: clean(arguments.get(field.name, "")) for field in fields(cls)}
        known = {"role": roles, "country": countries, "state": list(State)}
        return cls(
            q=" ".join(typed["q"].split())[:200],
            page=number_in(typed["page"], MOST_PAGES) or 1,
            **{name: typed[name] for name, values in known.items() if typed[name] in values},
        )

    def but(self, **changes: Any) -> "AccountCriteria":
        """The same but for this, on the first page."""
        return replace(self, **{"page": 1, **changes})

    @property
    def query(self) -> str:
        """The query string, in its one order, without what goes without saying."""
        given = [(field.name, getattr(self, field.name)) for field in fields(self)]
        plain = [(name, value) for name, value in given if value not in {"", 1}]
        return "?" + urlencode(plain) if plain else ""
