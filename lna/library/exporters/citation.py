"""One readable citation in the manner of APA, in pieces that a template escapes."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from lna.library.models.details import Details, Name

MOST_NAMES = 20
HONORIFICS = {"U", "Daw", "Ko", "Ma", "Saw", "Naw", "Sai", "Nang"}


@dataclass(frozen=True)
class Piece:
    """Some words of a citation; titles of whole works are set in italics."""

    text: str
    italic: bool = False


@dataclass(frozen=True)
class Citation:
    pieces: tuple[Piece, ...]
    address: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, ("".join(p.text for p in self.pieces), self.address)))


def cite(details: Details, permalink: str = "") -> Citation:
    """The citation of a publication; without a creator its title comes first, once."""
    whole = details.type not in {"journal_article", "book_section", "conference_proceedings"}
    title = Piece(_ended(str(details.title)), italic=whole or not details.container)
    year = f"({details.year or details.date or _('n.d.')})."
    people = _people(details)
    head = (Piece(f"{people} {year} "), title) if people else (title, Piece(f" {year}"))
    doi = details.identifier("doi")
    address = f"https://doi.org/{doi}" if doi else details.url or permalink
    return Citation((*head, *_source(details, whole=whole)), address)


def short_names(names: Sequence[Name]) -> str:
    """`Hirsch, P.; Scurrah, N.` for a list of results; after three, `et al.`"""
    shown = "; ".join(_initialled(name) for name in names[:3])
    return f"{shown} et al." if len(names) > 3 else shown


def _people(details: Details) -> str:
    authors = [name for name in details.creators if name.role == "author"]
    if authors:
        return _ended(_joined(authors))
    editors = _editors(details)
    return f"{editors}." if editors else ""


def _editors(details: Details) -> str:
    """`Lim, T. (Ed.)`, or empty."""
    names = [name for name in details.creators if name.role == "editor"]
    mark = _("(Eds.)") if len(names) > 1 else _("(Ed.)")
    return f"{_joined(names)} {mark}" if names else ""


def _joined(names: Sequence[Name]) -> str:
    written = [_initialled(name) for name in names]
    if len(written) > MOST_NAMES:
        return f"{', '.join(written[: MOST_NAMES - 1])}, … {written[-1]}"
    if len(written) < 2:
        return "".join(written)
    return f"{', '.join(written[:-1])}, & {written[-1]}"


def _initialled(name: Name) -> str:
    if name.literal or not name.given or not name.family:
        return name.inverted
    return f"{name.family}, {initials(name.given)}"


def initials(given: str) -> str:
    """`Jean-Christophe L` as `J.-C. L.`; other scripts and titles like U or Daw stay whole."""
    if given in HONORIFICS or not _is_latin(given):
        return given
    words = ("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return " ".join(filter(None, words))


def _is_latin(text: str) -> bool:
    return all(unicodedata.name(sign, "").startswith("LATIN") for sign in text if sign.isalpha())


def _source(details: Details, *, whole: bool) -> list[Piece]:
    """Where it appeared: the container with its numbers, then publisher and place."""
    pieces = []
    pages = re.sub(r"(?<=\w)\s*-\s*(?=\w)", "\u2013", details.pages)
    if details.container:
        editors = _editors(details)
        if not whole and editors and any(details.authors):
            pieces.append(Piece(" " + _("In %(editors)s,", editors=editors)))
        pieces += [Piece(" "), Piece(details.container, italic=True)]
        issue = f"({details.issue})" if details.issue else ""
        numbers = ", ".join(filter(None, (f"{details.volume}{issue}", pages)))
        pieces.append(Piece(f", {numbers}." if numbers else "."))
    publisher = ", ".join(filter(None, (details.place, details.publisher)))
    if publisher:
        pieces.append(Piece(f" {_ended(publisher)}"))
    return pieces


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "។", "။", "ฯ")) else f"{text}."
