"""From the raw fields of one EndNote record to an entry of ours."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

from flask_babel import lazy_gettext as _

from lna.core.multilingual import Multilingual
from lna.core.typed_text import fold_digits
from lna.library.importers.entry import Broken, Entry
from lna.library.importers.labels import ACCESS_CODES, Label, read_label
from lna.library.importers.names import doi_in, name, serial_numbers
from lna.library.importers.remarks import read_remarks
from lna.library.importers.text import clean, was_repaired, web_address
from lna.library.models.details import Details, Identifier, Name, Remarks, year_of
from lna.library.vocabulary import (
    LANGUAGE_CODES,
    coverage_codes,
    document_types,
    fold_code,
    key_theme,
)

ROLES = {
    "contributors/authors/author": "author",
    "contributors/secondary-authors/author": "editor",
    "contributors/translated-authors/author": "translator",
}
ADDRESSES = ("urls/web-urls/url", "urls/related-urls/url", "urls/pdf-urls/url")
REFERENCE_TYPES = {
    "Journal Article": "journal_article",
    "Electronic Article": "journal_article",
    "Newspaper Article": "journal_article",
    "Magazine Article": "journal_article",
    "Book": "book",
    "Edited Book": "book",
    "Electronic Book": "book",
    "Book Section": "book_section",
    "Conference Paper": "conference_proceedings",
    "Conference Proceedings": "conference_proceedings",
    "Thesis": "thesis",
    "Report": "report",
    "Government Document": "report",
    "Web Page": "web_page",
    "Map": "map",
    "Film or Broadcast": "video",
    "Audiovisual Material": "video",
    "Unpublished Work": "unpublished_work",
    "Manuscript": "unpublished_work",
    "Statute": "statute",
    "Legal Rule or Regulation": "statute",
    "Bill": "statute",
}
"""EndNote's own names; those of the crosswalk come before them."""
LONGEST_TITLE = 1000


@dataclass
class Fields:
    """The fields of one record by their place, `titles/title`, in the order they came."""

    line: int
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    problems: dict[str, None] = field(default_factory=dict)

    def add(self, place: str, text: str) -> None:
        if not text:
            return
        if was_repaired(text):
            self.problem("text_repaired")
        if text := clean(text):
            self.values[place].append(text)

    def problem(self, code: str) -> None:
        if code:
            self.problems[code] = None

    def all(self, *places: str) -> list[str]:
        return [text for place in places for text in self.values.get(place, ())]

    def one(self, *places: str) -> str:
        """The first value of the first place that has one."""
        return next(iter(self.all(*places)), "")


def entry_of(fields: Fields) -> Entry | Broken:
    """The entry a record makes, or why it makes none."""
    title = fields.one("titles/title")
    if not title:
        return Broken(line=fields.line, reason=_("There is no title."), raw=_beginning(fields))
    if len(title) > LONGEST_TITLE:
        reason = _(
            "The title is too long: at most %(most)s characters, this one has %(count)s.",
            most=LONGEST_TITLE,
            count=len(title),
        )
        return Broken(line=fields.line, reason=reason, raw=_beginning(fields))
    label = read_label(fields.one("label"))
    remarks, note = _remarks(fields)
    details = _details(fields, label, title, note)
    if label.is_cut:
        fields.problem("label_cut")
    return Entry(
        line=fields.line, details=details, remarks=remarks, problems=tuple(fields.problems)
    )


def _beginning(fields: Fields) -> str:
    texts = [f"{place}: {text}" for place, found in fields.values.items() for text in found]
    return "; ".join(texts)[:300]


def _details(fields: Fields, label: Label, title: str, note: str) -> Details:
    languages = _languages(fields)
    main = languages[0] if languages else "en"
    themes, keywords = _themes(fields, label)
    return Details(
        type=_type(fields),
        title=Multilingual.of(title, main),
        creators=_creators(fields),
        date=_date(fields),
        container=fields.one("titles/secondary-title", "periodical/full-title", "custom5"),
        publisher=fields.one("publisher"),
        place=fields.one("pub-location"),
        volume=fields.one("volume"),
        issue=fields.one("issue", "number"),
        pages=fields.one("pages"),
        edition=fields.one("edition"),
        identifiers=_identifiers(fields),
        languages=languages,
        countries=_countries(fields, label),
        themes=themes,
        keywords=keywords,
        classes=label.classes,
        abstract=Multilingual.of(fields.one("abstract"), main),
        url=_address(fields),
        access=ACCESS_CODES.get(fold_code(fields.one("custom1")), label.access or "unspecified"),
        status=label.status,
        note=note,
    )


def _type(fields: Fields) -> str:
    known = _types_by_name()
    for text in fields.all("custom4", "ref-type-name"):
        if code := known.get(fold_code(text)):
            return code
    fields.problem("type_unknown")
    return "report"


@cache
def _types_by_name() -> dict[str, str]:
    known = {fold_code(theirs): ours for theirs, ours in REFERENCE_TYPES.items()}
    return known | {fold_code(kind.name): kind.code for kind in document_types().values()}


def _creators(fields: Fields) -> tuple[Name, ...]:
    found = tuple(name(text, role) for place, role in ROLES.items() for text in fields.all(place))
    if not found:
        fields.problem("no_creator")
    return found


def _date(fields: Fields) -> str:
    text = fold_digits(fields.one("dates/year", "dates/pub-dates/date"))
    if re.match(r"2[4-6]\d\d(?!\d)", text):
        fields.problem("buddhist_year")
    elif year_of(text) is None:
        fields.problem("no_year")
    return text


def _identifiers(fields: Fields) -> tuple[Identifier, ...]:
    found: dict[Identifier, None] = {}
    if doi := doi_in(" ".join(fields.all("electronic-resource-num", *ADDRESSES))):
        found[Identifier("doi", doi)] = None
    for text in fields.all("isbn"):
        numbers, valid = serial_numbers(text)
        found |= dict.fromkeys(numbers)
        if not valid:
            fields.problem("identifier_invalid")
    if source := fields.one("custom6"):
        found[Identifier("source", source)] = None
    return tuple(found)


def _languages(fields: Fields) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in re.split(r"[,;/]", fields.one("language")):
        if code := LANGUAGE_CODES.get(fold_code(text)):
            found[code] = None
        elif text.strip():
            fields.problem("language_unknown")
    return tuple(found)


def _countries(fields: Fields, label: Label) -> tuple[str, ...]:
    named = [*label.countries, *fields.one("custom2").split(",")]
    found: dict[str, None] = {}
    for text in filter(None, (text.strip() for text in named)):
        if code := coverage_codes().get(fold_code(text)):
            found[code] = None
        elif not label.is_cut or text != label.countries[-1]:
            fields.problem("country_unknown")
    return tuple(found)


def _themes(fields: Fields, label: Label) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Key themes of keywords and label together, then the keywords that are no theme."""
    words = fields.all("keywords/keyword")
    themes = dict.fromkeys(filter(None, map(key_theme, words)))
    for code in label.themes:
        if known := key_theme(code):
            themes[known] = None
        elif not label.is_cut:
            fields.problem("theme_unknown")
    return tuple(themes), tuple(dict.fromkeys(word for word in words if not key_theme(word)))


def _address(fields: Fields) -> str:
    address, problem = web_address(fields.one(*ADDRESSES))
    fields.problem(problem)
    return address


def _remarks(fields: Fields) -> tuple[Remarks | None, str]:
    """The annotation, and whatever the notes hold that is none."""
    notes = list(dict.fromkeys(fields.all("notes", "research-notes")))
    if len(notes) > 1:
        fields.problem("notes_differ")
    for text in notes:
        remarks, problems = read_remarks(text)
        for code in problems:
            fields.problem(code)
        if remarks:
            return remarks, "\n\n".join(other for other in notes if other != text)
    return None, "\n\n".join(notes)
