"""The pages every browser test visits. A feature adds its own: one line a page.

`follow` holds CSS selectors: from `address` the first link each of them finds is opened in
turn, for pages whose address depends on the demo content.
"""

from dataclasses import dataclass

from lna.accounts.models import Role


@dataclass(frozen=True)
class Page:
    """Where it is, and as whom it is opened (nobody: not signed in)."""

    address: str
    follow: tuple[str, ...] = ()
    role: Role | None = None

    def __str__(self) -> str:
        who = f" as {self.role.value}" if self.role else ""
        return " > ".join((self.address, *self.follow)) + who


ROW = "main .row :is(h2, h3) a"
COORDINATOR = Role.REGIONAL_COORDINATOR

STAGE = [Page("/stage/list"), Page("/stage/form"), Page("/stage/parts")]
"""Every shared part, shown by `tests/browser/stage`."""

PUBLIC = [
    Page("/"),
    Page("/activities"),
    Page("/activities?country=LA&country=KH&q=land"),
    Page("/activities?q=nothing-is-called-like-this"),
    Page("/activities", (ROW,)),
    Page("/activities?open=1", (ROW, "a[href$='/registration']")),
    Page("/calendar"),
    Page("/calendar/subscribe"),
    Page("/library"),
    Page("/library?q=land+concession&country=LA"),
    Page("/library", (ROW,)),
    Page("/library?annotated=1", (ROW,)),
    Page("/partners"),
    Page("/partners", (ROW,)),
    Page("/themes"),
    Page("/about"),
    Page("/privacy"),
    Page("/accessibility"),
    Page("/sign-in"),
    Page("/sign-in/link"),
    Page("/sign-up"),
    Page("/password"),
]

SIGNED_IN = [
    Page("/me", role=Role.STAKEHOLDER),
    Page("/account", role=Role.STAKEHOLDER),
    Page("/account/data", role=Role.STAKEHOLDER),
    Page("/account/email", role=Role.STAKEHOLDER),
    Page("/account/password", role=Role.STAKEHOLDER),
    Page("/account/erasure", role=Role.STAKEHOLDER),
    Page("/account/second-factor", role=COORDINATOR),
    Page("/board", role=COORDINATOR),
    Page("/board", role=Role.NATIONAL_FACILITATOR),
    Page("/activities/plan", role=COORDINATOR),
    Page("/activities/new", role=COORDINATOR),
    Page("/activities/plan", (ROW,), role=COORDINATOR),
    Page("/activities?open=1", (ROW, "a[href$='/edit']"), role=COORDINATOR),
    Page("/activities/plan", (ROW, "a[href$='/registrations']"), role=COORDINATOR),
    Page("/activities/plan", (ROW, "a[href$='/registrations']", "main table a"), role=COORDINATOR),
    Page("/partners/new", role=COORDINATOR),
    Page("/partners", (ROW, "a[href$='/edit']"), role=COORDINATOR),
    Page("/partners/people", role=COORDINATOR),
    Page("/partners/people/new", role=COORDINATOR),
    Page("/themes/new", role=COORDINATOR),
    Page("/library/new", role=Role.EDITOR),
    Page("/library/imports", role=Role.EDITOR),
    Page("/library/imports/new", role=Role.EDITOR),
    Page("/library/quality", role=Role.EDITOR),
    Page("/library/reviews", role=Role.ANNOTATOR),
    Page("/library", (ROW, "a[href$='/annotations/new']"), role=Role.ANNOTATOR),
    Page("/library", (ROW, "a[href$='/edit']"), role=Role.EDITOR),
    Page("/accounts", role=Role.ADMINISTRATOR),
    Page("/accounts/new", role=Role.ADMINISTRATOR),
]

ERRORS = [Page("/no-such-page")]
