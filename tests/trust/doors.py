"""Who may open what, by hand: every address that can be read, with who may read it."""

from typing import NamedTuple

from tests.trust.site import ROLES

EVERYBODY = frozenset(ROLES)
ACCOUNTS = EVERYBODY - {"visitor"}
REGIONAL = frozenset({"coordinator", "PIU manager", "administrator"})
FACILITATORS = frozenset({"facilitator KH", "facilitator LA"})
STAFF = REGIONAL | FACILITATORS
CAMBODIA = STAFF - {"facilitator LA"}
EDITORS = REGIONAL | {"editor"}
ANNOTATORS = EDITORS | {"annotator"}
BOARD = STAFF | ANNOTATORS
THEMES = REGIONAL - {"PIU manager"}
ADMINISTRATORS = frozenset({"administrator"})
NOBODY: frozenset[str] = frozenset()


class Door(NamedTuple):
    """An address and who may open it.

    Who stands before a closed `gate` is asked to sign in, or gets 403 with an account. Who
    comes through it and may not see this very thing gets `refused`: the 404 of a missing one,
    or 403 where everybody knows that it is there.
    """

    endpoint: str
    path: str
    who: frozenset[str] = EVERYBODY
    gate: frozenset[str] | None = None
    refused: int = 404
    answer: int = 200

    @property
    def is_public_file(self) -> bool:
        """The same bytes for everybody, whoever asks: feeds and what pages are made of."""
        return self.endpoint in {"static", "calendars.chosen", "calendars.activity"}

    def expected(self, role: str) -> int:
        if role not in (self.who if self.gate is None else self.gate):
            return 303 if role == "visitor" else 403
        return self.answer if role in self.who else self.refused


def hidden(endpoint: str, path: str, who: frozenset[str]) -> Door:
    """What has a public address and is not public."""
    return Door(endpoint, path, who, gate=EVERYBODY)


def own_country(endpoint: str, path: str, refused: int = 404) -> Door:
    """What only the Cambodian team and regional staff may open, of all staff."""
    return Door(endpoint, path, CAMBODIA, gate=STAFF, refused=refused)


HOME = (
    *(Door(f"home.{name}", f"/{name}") for name in ("about", "accessibility", "privacy")),
    Door("home.index", "/"),
    Door("home.search", "/search?q=known"),
    Door("home.robots", "/robots.txt"),
    Door("home.live", "/health/live"),
    Door("home.ready", "/health/ready", answer=503),  # tests run no migrations
    Door("home.metrics", "/metrics"),
    Door("home.me", "/me", ACCOUNTS),
    Door("home.board", "/board", BOARD),
    Door("static", "/static/app.css"),
)
PEOPLE = (
    Door("accounts.sign_in", "/sign-in", frozenset({"visitor"}), gate=EVERYBODY, refused=303),
    Door("accounts.sign_up", "/sign-up"),
    Door("accounts.password", "/password"),
    Door("accounts.letter_sent", "/letter-sent"),
    Door("accounts.sign_in_link", "/sign-in/link"),
    Door("accounts.second_step", "/sign-in/second-step", answer=303),
    Door("accounts.join", "/sign-up/{join}"),
    Door("accounts.choose_password", "/password/{password}"),
    Door("accounts.choose_password", "/password/{join}", answer=410),
    Door("accounts.use_sign_in_link", "/sign-in/link/{sign_in}"),
    Door("accounts.use_new_email", "/account/email/{email}"),
    Door("accounts.account", "/account", ACCOUNTS),
    Door("accounts.own_data", "/account/data", ACCOUNTS),
    Door("accounts.change_email", "/account/email", ACCOUNTS),
    Door("accounts.change_password", "/account/password", ACCOUNTS),
    Door("accounts.erase_own_account", "/account/erasure", ACCOUNTS),
    Door("accounts.second_factor", "/account/second-factor", ACCOUNTS),
    Door("accounts.recovery_codes", "/account/recovery-codes", ACCOUNTS, answer=303),
    Door("accounts.name_substitute", "/account/substitute", FACILITATORS),
    Door("accounts.accounts", "/accounts", ADMINISTRATORS),
    Door("accounts.invite", "/accounts/new", ADMINISTRATORS),
    Door("accounts.show_account", "/accounts/{user}", ADMINISTRATORS),
    Door("accounts.substitute_for", "/accounts/{user}/substitute", ADMINISTRATORS),
    Door("accounts.erase_account", "/accounts/{user}/erasure", ADMINISTRATORS),
)
PROGRAMME = (
    Door("activities.index", "/activities"),
    Door("activities.calendar", "/calendar"),
    *(Door("activities.export", f"/activities.{form}") for form in ("csv", "xlsx", "json", "atom")),
    Door("activities.show", "/activities/{code}"),
    Door("activities.show_json", "/activities/{code}.json"),
    hidden("activities.show", "/activities/{draft}", STAFF),
    hidden("activities.show_json", "/activities/{draft}.json", NOBODY),
    Door("activities.worklist", "/activities/plan", STAFF),
    Door("activities.new", "/activities/new", STAFF),
    Door("activities.plan", "/activities/{code}/plan", STAFF),
    Door("activities.plan", "/activities/{draft}/plan", STAFF),
    own_country("activities.edit", "/activities/{code}/edit", refused=403),
    own_country("activities.edit", "/activities/{draft}/edit", refused=403),
    own_country("activities.copying", "/activities/{code}/copy", refused=403),
    Door("calendars.chosen", "/activities.ics"),
    Door("calendars.subscribe", "/calendar/subscribe"),
    Door("calendars.activity", "/activities/{code}.ics"),
    hidden("calendars.activity", "/activities/{draft}.ics", NOBODY),
)
TAKING_PART = (
    Door("registrations.form", "/activities/{code}/registration"),
    Door("registrations.received", "/activities/{code}/registration/received"),
    hidden("registrations.form", "/activities/{draft}/registration", NOBODY),
    hidden("registrations.received", "/activities/{draft}/registration/received", NOBODY),
    Door("registrations.link", "/registrations/link"),
    Door("registrations.own", "/registrations/{token}"),
    Door("registrations.own", "/registrations/{password}", answer=410),
    Door("registrations.details", "/registrations/{token}/details"),
    Door("registrations.ics", "/registrations/{token}/activity.ics"),
    own_country("registrations.listing", "/activities/{code}/registrations"),
    own_country("registrations.csv", "/activities/{code}/registrations.csv"),
    own_country("registrations.xlsx", "/activities/{code}/registrations.xlsx"),
    own_country("registrations.new", "/activities/{code}/registrations/new"),
    own_country("registrations.show", "/activities/{code}/registrations/{registration}"),
    own_country("registrations.edit", "/activities/{code}/registrations/{registration}/edit"),
    Door(
        "registrations.show",
        "/activities/{foreign}/registrations/{registration}",
        NOBODY,  # of another activity, whosoever
        gate=STAFF,
    ),
)
REGISTER = (
    Door("partners.index", "/partners"),
    Door("partners.csv", "/partners.csv"),
    Door("partners.json", "/partners.json"),
    Door("partners.show", "/partners/{slug}"),
    Door("partners.show", "/partners/{network}"),
    hidden("partners.show", "/partners/{hidden}", STAFF),
    Door("partners.new", "/partners/new", STAFF),
    own_country("partners.edit", "/partners/{slug}/edit", refused=403),
    own_country("partners.edit", "/partners/{hidden}/edit", refused=403),
    own_country("partners.members", "/partners/{network}/members", refused=403),
    Door("partners.by_id", "/partners/by-id/{organisation}", STAFF, answer=302),
    Door("partners.people", "/partners/people", STAFF),
    Door("partners.new_person", "/partners/people/new", STAFF),
    own_country("partners.person", "/partners/people/{person}"),
    own_country("partners.edit_person", "/partners/people/{person}/edit"),
    Door("themes.index", "/themes"),
    Door("themes.new", "/themes/new", THEMES),
    Door("themes.edit", "/themes/{theme}/edit", THEMES),
)
LIBRARY = (
    Door("library.index", "/library"),
    *(Door("library.whole", f"/library.{form}") for form in ("bib", "ris", "csv", "json")),
    Door("library.show", "/library/{key}"),
    *(Door("library.record_as", f"/library/{{key}}.{form}") for form in ("bib", "ris", "json")),
    hidden("library.show", "/library/{draft_key}", ANNOTATORS),
    hidden("library.record_as", "/library/{draft_key}.json", ANNOTATORS),
    Door("library.annotation", "/library/{key}/annotations/{number}"),
    hidden("library.annotation", "/library/{key}/annotations/{review}", ANNOTATORS),
    Door("library.reviews", "/library/reviews", ANNOTATORS),
    Door("library.annotate", "/library/{key}/annotations/new", ANNOTATORS),
    Door(
        "library.edit_annotation",
        "/library/{key}/annotations/{review}/edit",
        EDITORS,  # and its own annotator
        gate=ANNOTATORS,
        refused=403,
    ),
    Door("library.new", "/library/new", EDITORS),
    Door("library.edit", "/library/{key}/edit", EDITORS),
    Door("library.quality", "/library/quality", EDITORS),
    Door("library.imports", "/library/imports", EDITORS),
    Door("library.imports_new", "/library/imports/new", EDITORS),
    Door("library.show_import", "/library/imports/{import}", EDITORS),
)
DOORS = (*HOME, *PEOPLE, *PROGRAMME, *TAKING_PART, *REGISTER, *LIBRARY)
