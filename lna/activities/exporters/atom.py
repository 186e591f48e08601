"""The list as an Atom feed (RFC 4287), what changed last first."""

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from lna.activities.queries import Listed
from lna.activities.queries.labels import coded, place_name
from lna.core.i18n import days, language
from lna.core.typed_text import clean

NAMESPACE = "http://www.w3.org/2005/Atom"
MOST = 100
"""Entries of one feed; readers keep what they have seen."""
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When an empty feed was changed."""


def atom(rows: Sequence[Listed], *, title: str, root: str, feed: str, page: str) -> bytes:
    """The feed in the reader's language; `feed` is its own address, `page` that of the list."""
    top = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language()})
    _add(top, "id", feed)
    _add(top, "title", title)
    _add(top, "updated", _time(max((row.changed_at for row in rows), default=NEVER)))
    SubElement(top, "link", {"rel": "self", "href": feed, "type": "application/atom+xml"})
    SubElement(top, "link", {"rel": "alternate", "href": page, "type": "text/html"})
    _add(SubElement(top, "author"), "name", title)
    for row in rows[:MOST]:
        _entry(top, row, root)
    feed_bytes: bytes = tostring(top, encoding="utf-8", xml_declaration=True)
    return feed_bytes


def _entry(top: Element, row: Listed, root: str) -> None:
    entry, title = SubElement(top, "entry"), row.title.shown(language())
    _add(entry, "id", f"urn:uuid:{row.uid}")
    heading = _add(entry, "title", title.text)
    if title.is_fallback:
        heading.set("xml:lang", title.language)
    _add(entry, "updated", _time(row.changed_at))
    _add(entry, "published", _time(row.published_at))
    address = f"{root}/activities/{row.code}"
    SubElement(entry, "link", {"rel": "alternate", "href": address, "type": "text/html"})
    SubElement(entry, "category", {"term": row.type, "label": coded("type", row.type)})
    for country in row.countries:
        SubElement(entry, "category", {"term": country})
    _add(entry, "summary", _summary(row))


def _summary(row: Listed) -> str:
    when = days(*row.days) if row.days else ""
    where = ", ".join(place_name(*place) for place in row.places)
    return " · ".join(filter(None, (when, where, row.summary.shown(language()).text)))


def _add(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = clean(text)
    return element


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
