"""Recognising a publication: DOI, then the source's number with the title, then title, year
and first creator. A changed number of the source is not a new publication."""

from collections import defaultdict
from dataclasses import dataclass

from flask_babel import gettext as _

from lna.library.models import Details
from lna.library.models.keys import creator_key, may_be_same_creator, title_key
from lna.library.queries.matching import Candidates, Known

ALIKE = 0.6
"""Titles that share so much of their words are similar."""


@dataclass(frozen=True)
class Marks:
    """What a publication is recognised by."""

    doi: str
    source: str
    title: str
    year: int | None
    creator: str

    @classmethod
    def of(cls, details: Details) -> "Marks":
        return cls(
            details.identifier("doi"),
            details.identifier("source"),
            title_key(str(details.title)),
            details.year,
            creator_key(details.creators),
        )


def no_candidates() -> Candidates:
    return Candidates(defaultdict(list), defaultdict(list), defaultdict(list))


def remember(marks: Marks, line: int, among: Candidates) -> None:
    """Let an entry of a file be a candidate for later ones; its id is the negative line."""
    known = Known(-line, "", marks.title, marks.year, marks.creator)
    if marks.doi:
        among.by_doi[marks.doi].append(known)
    if marks.source:
        among.by_source[marks.source].append(known)
    among.by_title[marks.title].append(known)


def find(marks: Marks, among: Candidates) -> Known | str:
    """The one publication this is, or a sentence of doubt, or empty when it is new."""
    for known in among.by_doi.get(marks.doi, ()):
        if are_alike(known.title_key, marks.title):
            return known
    for known in among.by_source.get(marks.source, ()):
        if known.title_key == marks.title:
            return known
    matching = [
        known
        for known in among.by_title.get(marks.title, ())
        if _near(known.year, marks.year) and may_be_same_creator(known.creator_key, marks.creator)
    ]
    return matching[0] if len(matching) == 1 else _doubt(marks, among, matching)


def _doubt(marks: Marks, among: Candidates, matching: list[Known]) -> str:
    if matching:
        return str(_("It may be any of %(keys)s.", keys=", ".join(known.key for known in matching)))
    for known in among.by_doi.get(marks.doi, ()):
        return str(_("%(key)s has this DOI, but another title.", key=known.key))
    for known in among.by_title.get(marks.title, ()):
        if _near(known.year, marks.year):
            return str(_("%(key)s has this title and year, but another author.", key=known.key))
        if marks.creator and may_be_same_creator(known.creator_key, marks.creator):
            return str(_("%(key)s has this title and author, but another year.", key=known.key))
    for known in among.by_source.get(marks.source, ()):
        if are_alike(known.title_key, marks.title):
            return str(_("%(key)s has this number and a similar title.", key=known.key))
    return ""


def are_alike(one: str, other: str) -> bool:
    """Whether two folded titles share most of their words, or one begins with the other."""
    if one == other:
        return True
    words, others = set(one.split()), set(other.split())
    shared = len(words & others) / (len(words | others) or 1)
    return shared >= ALIKE or f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")


def _near(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= 1
