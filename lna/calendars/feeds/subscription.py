"""How people subscribe to a feed: its names, its addresses, and which ones there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import gettext as _

from lna.activities.criteria import Criteria
from lna.activities.models import ACTIVITY_TYPES
from lna.activities.queries import Names, Programme
from lna.activities.queries.labels import label
from lna.config import settings
from lna.core.i18n import day, joined, speaking

OFFERED = ("country", "type", "theme", "group", "language")
"""The filters people choose a calendar by."""


def title(criteria: Criteria, names: Names) -> str:
    """What a calendar of these activities is called, in the site's own language."""
    with speaking(settings().languages[0]):
        chosen = joined([word for word in _words(criteria, names) if word])
    return f"{settings().site_name}: {chosen}" if chosen else settings().site_name


def _words(criteria: Criteria, names: Names) -> Iterator[str]:
    yield criteria.q
    for name in ("country", "origin", "type", "kind", "theme", "group", "language", "stage"):
        yield from (label(name, value, names) for value in getattr(criteria, name))
    yield str(_("open for registration")) if criteria.open else ""
    yield str(_("across borders")) if criteria.cross_border else ""
    yield {"past": str(_("past")), "all": str(_("all dates"))}.get(criteria.when, "")
    yield str(_("from %(day)s", day=day(criteria.first))) if criteria.first else ""
    yield str(_("until %(day)s", day=day(criteria.last))) if criteria.last else ""


@dataclass(frozen=True)
class Subscription:
    """One feed as people take it: `name` is what it is about, `path` where it is."""

    name: str
    path: str

    @property
    def https(self) -> str:
        return settings().address(self.path)

    @property
    def webcal(self) -> str:
        """The address that opens a calendar application."""
        return f"webcal://{self.https.split('://', 1)[1]}"

    @property
    def google(self) -> str:
        return f"https://calendar.google.com/calendar/render?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        """For private accounts, outlook.com."""
        return f"https://outlook.live.com/calendar/0/addfromweb?{self._from_web}"

    @property
    def office(self) -> str:
        """For accounts of an organisation."""
        return f"https://outlook.office.com/calendar/0/addfromweb?{self._from_web}"

    @property
    def _from_web(self) -> str:
        return f"url={quote(self.https, safe='')}&name={quote(self.name, safe='')}"

    @property
    def qr_code(self) -> str:
        """The webcal address as an SVG picture to point a phone at; empty when it is too long."""
        import segno  # noqa: PLC0415 - loads when first used

        try:
            code = segno.make(self.webcal, error="m")
        except segno.DataOverflowError:
            return ""
        picture: str = code.svg_inline(
            scale=5, border=2, light="#fff", svgclass="qr", lineclass=None, omitsize=False
        )
        return picture


def chosen(present: Programme, criteria: Criteria) -> Subscription:
    """The feed of these criteria."""
    return Subscription(title(criteria, present.index.names), criteria.at("/activities.ics"))


@dataclass(frozen=True)
class Choice:
    """One filter of the page: the values that any public activity has, by name."""

    name: str
    label: str
    options: list[tuple[str, str]]
    value: str


def choices(present: Programme, criteria: Criteria) -> list[Choice]:
    """What a calendar can be chosen by, and what is chosen."""
    labels = {
        "country": _("Country"),
        "type": _("Type of activity"),
        "theme": _("Theme"),
        "group": _("Group or network"),
        "language": _("Language"),
    }
    found = []
    for name in OFFERED:
        chosen = getattr(criteria, name)
        found.append(Choice(name, labels[name], _options(present, name), next(iter(chosen), "")))
    return [choice for choice in found if choice.options]


def further(criteria: Criteria) -> list[tuple[str, str]]:
    """What is chosen besides and stays chosen when the page's own choices change."""
    return [pair for pair in criteria.pairs if pair[0] not in (*OFFERED, "page")]


def _options(present: Programme, name: str) -> list[tuple[str, str]]:
    index = present.index
    known = [(value, label(name, value, index.names)) for value in index.masks[name]]
    if name == "type":
        return sorted(known, key=lambda option: list(ACTIVITY_TYPES).index(option[0]))
    return sorted(known, key=lambda option: option[1])


def ready_made(present: Programme) -> list[Subscription]:
    """The calendars most people want: everything, and each country's."""
    everything = Subscription(str(_("All activities")), "/activities.ics")
    countries = [
        Subscription(name, Criteria(country=(code,)).at("/activities.ics"))
        for code, name in _options(present, "country")
    ]
    return [everything, *countries]
