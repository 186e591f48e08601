"""The pages every browser test visits. A feature adds its own: one line a page.

`link` opens the first link that the CSS selector finds on the page at `address`, for pages
whose address depends on the demo content.
"""

from dataclasses import dataclass

from lna.accounts.models import Role


@dataclass(frozen=True)
class Page:
    """Where it is, and as whom it is opened (nobody: not signed in)."""

    address: str
    link: str = ""
    role: Role | None = None

    def __str__(self) -> str:
        who = f" as {self.role.value}" if self.role else ""
        return self.address + (f" {self.link}" if self.link else "") + who


STAGE = [Page("/stage/list"), Page("/stage/form"), Page("/stage/parts")]
"""Every shared part, shown by `tests/browser/stage`."""

PUBLIC: list[Page] = []

SIGNED_IN: list[Page] = []

ERRORS = [Page("/no-such-page")]
