"""A publication with the words and addresses its page needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import url_for

from lna.core.i18n import country_name, language, language_name, plain
from lna.library.exporters.citation import Citation, cite
from lna.library.exporters.headers import Tag, tags
from lna.library.models import Record
from lna.library.queries import PublicationRow
from lna.library.vocabulary import (
    ACCESS_LABELS,
    PROBLEM_LABELS,
    ROLE_LABELS,
    TYPE_LABELS,
    WIDER_COVERAGE,
)
from lna.themes.queries import themes_by_code

FORMS = {"bib": "BibTeX", "ris": "RIS", "json": "JSON"}


@dataclass(frozen=True)
class Link:
    label: str
    url: str


class ShownPublication:
    """What the page of a publication says to one reader."""

    def __init__(self, row: PublicationRow, *, may_read_abstract: bool) -> None:
        self.row, self.details = row, row.details
        self.record: Record = row.record(address_of(row.key), may_read_abstract=may_read_abstract)

    @property
    def title(self) -> str:
        """The title in the language it was published in."""
        return str(self.details.title)

    @property
    def title_language(self) -> str:
        return self.details.title.original

    @property
    def translated_title(self) -> str:
        """The title in the reader's language, where that is another one."""
        text = self.details.title.texts.get(language(), "")
        return "" if text == self.title else text

    @property
    def type(self) -> str:
        return str(TYPE_LABELS[self.details.type])

    @property
    def access(self) -> str:
        return str(ACCESS_LABELS[self.details.access])

    @cached_property
    def citation(self) -> Citation:
        return cite(self.details, self.record.address)

    @property
    def abstract(self) -> tuple[str, str] | None:
        """Text and language, if this reader may see it."""
        if not self.record.details.abstract:
            return None
        best = self.record.details.abstract.shown(language())
        return best.text, best.language

    @property
    def creators(self) -> list[tuple[str, str]]:
        """Names with their role; authors need no word."""
        return [
            (" / ".join(filter(None, (one.inverted, one.original))), _role(one.role))
            for one in self.details.creators
        ]

    @property
    def themes(self) -> list[Link]:
        return [Link(theme_name(code), filtered("theme", code)) for code in self.details.themes]

    @property
    def countries(self) -> list[Link]:
        return [Link(coverage(code), filtered("country", code)) for code in self.details.countries]

    @property
    def languages(self) -> str:
        return ", ".join(language_name(code) for code in self.details.languages)

    @property
    def keywords(self) -> list[Link]:
        return [Link(word, filtered("q", f'"{word}"')) for word in self.details.keywords]

    @property
    def identifiers(self) -> Iterator[tuple[str, str, str]]:
        """Kind, number, and an address where it leads somewhere."""
        for number in self.details.identifiers:
            if number.kind == "doi":
                yield "DOI", number.value, f"https://doi.org/{number.value}"
            elif number.kind != "source":
                yield number.kind.upper(), number.value, ""

    @property
    def problems(self) -> list[str]:
        return [str(PROBLEM_LABELS[code]) for code in self.row.flags if code in PROBLEM_LABELS]

    @property
    def downloads(self) -> list[Link]:
        return [
            Link(words, url_for("library.record_as", key=self.row.key, form=form))
            for form, words in FORMS.items()
        ]

    @property
    def download_pairs(self) -> list[tuple[str, str]]:
        return [(link.label, link.url) for link in self.downloads]

    @cached_property
    def tags(self) -> list[Tag]:
        return tags(self.record)


def address_of(key: str) -> str:
    """The permanent address of a publication."""
    return url_for("library.show", key=key, _external=True)


def filtered(name: str, value: str) -> str:
    """The catalogue with one filter."""
    return f"{url_for('library.index')}?{urlencode({name: value})}"


def theme_name(code: str) -> str:
    theme = themes_by_code().get(code)
    return plain(theme.name) if theme else code


def theme_names() -> dict[str, str]:
    """Names of all themes by code, in the reader's language."""
    return {code: plain(theme.name) for code, theme in themes_by_code().items()}


def coverage(code: str) -> str:
    """A country, or Regional or Global, as the reader calls it."""
    wider = WIDER_COVERAGE.get(code)
    return str(wider) if wider else country_name(code)


def _role(role: str) -> str:
    return "" if role == "author" else str(ROLE_LABELS[role])
