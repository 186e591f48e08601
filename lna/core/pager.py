"""The links between the pages of a list, as `parts/pager.html` shows them."""

from collections.abc import Callable
from dataclasses import dataclass

AROUND = 2
"""So many pages before and after the present one are linked by number."""


@dataclass(frozen=True)
class Pager:
    """Page `page` of `pages`, counted from 1; `at` gives the address of one."""

    page: int
    pages: int
    at: Callable[[int], str]

    @property
    def previous(self) -> str | None:
        return self.at(min(self.page - 1, self.pages)) if self.page > 1 else None

    @property
    def next(self) -> str | None:
        return self.at(self.page + 1) if self.page < self.pages else None

    @property
    def numbers(self) -> list[tuple[int | None, str | None]]:
        """First, last and neighbouring pages with their addresses, `(None, None)` for a gap."""
        near = range(max(1, self.page - AROUND), min(self.pages, self.page + AROUND) + 1)
        found: list[tuple[int | None, str | None]] = []
        before = 0
        for number in sorted({1, *near, self.pages}):
            if number > before + 1:
                found.append((None, None))
            found.append((number, None if number == self.page else self.at(number)))
            before = number
        return found
