"""What the staff's list shows: a query string <-> one frozen dataclass."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from lna.core.typed_text import clean, fold_digits

LONGEST_QUERY = 200
LONGEST_PAGE = 4


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """A state or all of them, words to find, a page."""

    state: str = ""
    q: str = ""
    page: int = 1

    @classmethod
    def read(cls, arguments: Mapping[str, str], states: Container[str]) -> "Criteria":
        """The criteria of a query string; what is unknown or cannot be used does not count."""
        state, page = arguments.get("state", ""), fold_digits(arguments.get("page", ""))
        number = int(page) if page.isascii() and page.isdigit() and len(page) <= LONGEST_PAGE else 0
        return cls(
            state=state if state in states else "",
            q=clean(arguments.get("q", ""))[:LONGEST_QUERY],
            page=max(1, number),
        )

    def but(self, **changes: Any) -> "Criteria":
        """The same but for this, on the first page."""
        return replace(self, **{"page": 1, **changes})

    def at(self, path: str) -> str:
        """The address of this choice under a path."""
        pairs = {"state": self.state, "q": self.q, "page": "" if self.page == 1 else self.page}
        query = urlencode({name: value for name, value in pairs.items() if value})
        return f"{path}?{query}" if query else path
