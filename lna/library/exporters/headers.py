"""What a record page says in its head to Google Scholar, Zotero and harvesters."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lna.library.models import Details, Record
from lna.library.vocabulary import document_types

CONTAINER = {
    "journal_article": "citation_journal_title",
    "book_section": "citation_inbook_title",
    "conference_proceedings": "citation_conference_title",
}
PUBLISHER = {
    "report": "citation_technical_report_institution",
    "working_paper": "citation_technical_report_institution",
    "case_study": "citation_technical_report_institution",
    "policy_brief": "citation_technical_report_institution",
    "thesis": "citation_dissertation_institution",
}
NOT_SCHOLARLY = {"statute", "map", "video", "web_page"}
"""Readers of Highwire tags would make articles of these; Dublin Core says what they are."""


class Tag(NamedTuple):
    """A `<meta>` element: its name and content."""

    name: str
    content: str


def tags(record: Record) -> list[Tag]:
    """Dublin Core of every publication, Highwire Press tags of scholarly ones."""
    every = list(_dublin_core(record))
    if record.details.type not in NOT_SCHOLARLY:
        every += _highwire(record)
    return [tag for tag in every if tag.content]


def _dublin_core(record: Record) -> Iterator[Tag]:
    details = record.details
    yield Tag("DC.title", str(details.title))
    for name in details.creators:
        kind = "creator" if name.role == "author" else "contributor"
        yield Tag(f"DC.{kind}", name.inverted)
    yield Tag("DC.date", details.date)
    yield Tag("DC.type", document_types()[details.type].name)
    yield Tag("DC.publisher", details.publisher)
    yield Tag("DC.source", details.container)
    yield Tag("DC.rights", details.licence)
    yield Tag("DC.identifier", record.address)
    for number in details.identifiers:
        if number.kind != "source":
            yield Tag("DC.identifier", f"{number.kind}:{number.value}")
    for code in details.languages:
        yield Tag("DC.language", code)
    for code in details.countries:
        yield Tag("DC.coverage", code)
    for word in (*details.themes, *details.keywords):
        yield Tag("DC.subject", word)
    yield Tag("DC.description", str(details.abstract))


def _highwire(record: Record) -> Iterator[Tag]:
    details = record.details
    yield Tag("citation_title", str(details.title))
    for name in details.authors:
        yield Tag("citation_author", name.inverted)
    for name in details.creators:
        if name.role == "editor":
            yield Tag("citation_editor", name.inverted)
    yield Tag("citation_publication_date", str(details.year or ""))
    yield Tag(CONTAINER.get(details.type, "citation_series_title"), details.container)
    yield Tag(PUBLISHER.get(details.type, "citation_publisher"), details.publisher)
    yield Tag("citation_volume", details.volume)
    yield Tag("citation_issue", details.issue)
    yield from _pages(details)
    for kind in ("doi", "isbn", "issn"):
        yield Tag(f"citation_{kind}", details.identifier(kind))
    yield Tag("citation_language", next(iter(details.languages), ""))
    yield Tag("citation_keywords", "; ".join((*details.themes, *details.keywords)))
    yield Tag("citation_public_url", record.address)
    if details.access == "available" and details.url.lower().endswith(".pdf"):
        yield Tag("citation_pdf_url", details.url)


def _pages(details: Details) -> Iterator[Tag]:
    if found := re.fullmatch(r"\s*(\w+)\s*[-\u2013]\s*(\w+)\s*", details.pages):
        yield Tag("citation_firstpage", found[1])
        yield Tag("citation_lastpage", found[2])
