"""Text about publications, annotations and imports in, commands out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError

from lna.core.form import AtMost, Form, MultilingualField, Needed, WebAddress
from lna.core.i18n import country_name, language_name, plain
from lna.core.typed_text import fold_digits
from lna.core.vocabulary import COUNTRIES
from lna.library.actions import Annotate, Describe, Options
from lna.library.importers.names import doi_in, name, serial_numbers
from lna.library.models import Details, Identifier, Name, Remarks
from lna.library.vocabulary import ACCESS_LABELS, LANGUAGES, TYPE_LABELS, WIDER_COVERAGE
from lna.themes.models import KEY
from lna.themes.queries import themes_of_kind

ONE_A_LINE = _("One a line: Family name, Given names. A name without a comma stays as it is.")
TYPED = (
    "container", "publisher", "place", "volume", "issue", "pages", "edition", "url", "licence",
    "note",
)  # fmt: skip


class PublicationForm(Form):
    type = SelectField(_("Type"))
    title = MultilingualField(_("Title"), most=1000, needed=True)
    authors = TextAreaField(_("Authors"), [AtMost(5000)], description=ONE_A_LINE)
    editors = TextAreaField(_("Editors"), [AtMost(5000)], description=ONE_A_LINE)
    date = StringField(
        _("Year or date"), [AtMost(40)], description=_("For example 2015, 2015-06 or 2014/2016")
    )
    container = StringField(_("Journal, book or series it is part of"), [AtMost(500)])
    publisher = StringField(_("Publisher"), [AtMost(500)])
    place = StringField(_("Place"), [AtMost(200)])
    volume = StringField(_("Volume"), [AtMost(60)])
    issue = StringField(_("Issue or number"), [AtMost(100)])
    pages = StringField(_("Pages"), [AtMost(100)])
    edition = StringField(_("Edition"), [AtMost(100)])
    doi = StringField(_("DOI"), [AtMost(300)])
    serials = StringField(_("ISBN or ISSN"), [AtMost(200)])
    url = StringField(
        _("Web address"),
        [AtMost(2000), WebAddress()],
    )
    access = SelectField(_("Access"), default="unspecified")
    licence = StringField(_("Licence"), [AtMost(200)], description=_("For example CC BY 4.0"))
    languages = SelectMultipleField(_("Languages"))
    countries = SelectMultipleField(_("Countries"))
    themes = SelectMultipleField(_("Key themes"))
    keywords = StringField(_("Keywords"), [AtMost(1000)], description=_("Separated by commas"))
    abstract = MultilingualField(_("Abstract"), most=20_000, rows=6)
    abstract_public = BooleanField(
        _("Everybody may read the abstract"),
        description=_("Only where its author or publisher allows it."),
    )
    note = TextAreaField(_("Note for editors"), [AtMost(5000)])
    is_another = BooleanField(_("It is another publication than the one that looks alike"))
    version = IntegerField(_("Version"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.type.choices = _labels(TYPE_LABELS)
        self.access.choices = _labels(ACCESS_LABELS)
        self.languages.choices = {code: language_name(code) for code in LANGUAGES}
        names = {code: country_name(code) for code in COUNTRIES}
        self.countries.choices = names | _labels(WIDER_COVERAGE)
        self.themes.choices = {each.code: plain(each.name) for each in themes_of_kind(KEY)}

    @classmethod
    def about(cls, details: Details, *, abstract_public: bool, version: int) -> "PublicationForm":
        """The form with what is known."""
        numbers = [n.value for n in details.identifiers if n.kind in {"isbn", "issn"}]
        known = {field: getattr(details, field) for field in (*TYPED, "type", "date", "access")}
        return cls(
            **known,
            title=details.title,
            abstract=details.abstract,
            authors=_lines(details.creators, "author"),
            editors=_lines(details.creators, "editor"),
            doi=details.identifier("doi"),
            serials=", ".join(numbers),
            languages=list(details.languages),
            countries=list(details.countries),
            themes=list(details.themes),
            keywords=", ".join(details.keywords),
            abstract_public=abstract_public,
            version=version,
        )

    def validate_doi(self, field: StringField) -> None:
        if field.data and not doi_in(field.data):
            raise ValidationError(_("A DOI looks like 10.1234/abc."))

    def validate_serials(self, field: StringField) -> None:
        if field.data and not serial_numbers(field.data)[1]:
            raise ValidationError(_("This is not a valid ISBN or ISSN. Please look at it again."))

    def command(self, before: Details | None = None) -> Describe:
        """What was typed; what the form does not ask for stays as it was before."""
        typed: dict[str, Any] = {field: self[field].data or "" for field in TYPED}
        known = before or Details(type=self.type.data, title=self.title.value)
        details = replace(
            known,
            **typed,
            type=self.type.data,
            title=self.title.value,
            creators=self._creators(known.creators),
            date=fold_digits(self.date.data or ""),
            identifiers=self._identifiers(known.identifiers),
            languages=tuple(self.languages.data or ()),
            countries=tuple(self.countries.data or ()),
            themes=tuple(self.themes.data or ()),
            keywords=_words(self.keywords.data or ""),
            abstract=self.abstract.value,
            access=self.access.data,
        )
        return Describe(
            details=details,
            abstract_public=self.abstract_public.data,
            is_another=self.is_another.data,
            version=self.version.data,
        )

    def _creators(self, before: Iterable[Name]) -> tuple[Name, ...]:
        """Names as typed; one that was there keeps what the form does not show of it."""
        known = {(one.role, one.written): one for one in before}
        typed = [
            (role, " ".join(line.split()))
            for role, field in (("author", self.authors), ("editor", self.editors))
            for line in (field.data or "").splitlines()
            if line.strip()
        ]
        found = [known.get((role, line)) or name(line, role) for role, line in typed]
        return (*found, *(one for one in before if one.role not in {"author", "editor"}))

    def _identifiers(self, before: Iterable[Identifier]) -> tuple[Identifier, ...]:
        doi = doi_in(self.doi.data or "")
        kept = [one for one in before if one.kind not in {"doi", "isbn", "issn"}]
        dois = [Identifier("doi", doi)] if doi else []
        return (*dois, *serial_numbers(self.serials.data or "")[0], *kept)


class AnnotationForm(Form):
    """Made by `annotation_form`, which adds a field for each key theme."""

    research_basis = TextAreaField(
        _("Research basis"),
        [AtMost(20_000)],
        description=_("How they know: method, places, people, years."),
    )
    overall_relevance = TextAreaField(
        _("Overall relevance"),
        [AtMost(20_000)],
        description=_("Why somebody who works on land in the region should read it."),
    )
    language = SelectField(_("Written in"))
    licence = StringField(_("Licence"), [AtMost(200)], description=_("For example CC BY 4.0"))
    version = IntegerField(_("Version"), [Optional()])
    theme_codes: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = {code: language_name(code) for code in LANGUAGES}

    def by_theme(self, codes: Iterable[str]) -> list[Any]:
        """The fields of some themes, in the order given."""
        return [self[f"theme-{code}"] for code in codes if f"theme-{code}" in self]

    def command(self, annotator: str, citation: str = "") -> Annotate:
        paragraphs = [(code, self[f"theme-{code}"].data or "") for code in self.theme_codes]
        return Annotate(
            remarks=Remarks(
                citation=citation,
                research_basis=self.research_basis.data or "",
                overall_relevance=self.overall_relevance.data or "",
                by_theme=tuple((code, text) for code, text in paragraphs if text),
                annotator=annotator,
                language=self.language.data,
            ),
            licence=self.licence.data or "",
            version=self.version.data,
        )


def annotation_form(remarks: Remarks | None = None, **known: Any) -> AnnotationForm:
    """The form with one field for each key theme, filled with an annotation if there is one."""
    themes = themes_of_kind(KEY)
    fields: dict[str, Any] = {
        f"theme-{each.code}": TextAreaField(plain(each.name), [AtMost(20_000)]) for each in themes
    }
    kind = type("AnnotationForm", (AnnotationForm,), fields)
    if remarks:
        known |= {f"theme-{code}": text for code, text in remarks.by_theme}
        for name_ in ("research_basis", "overall_relevance", "language"):
            known[name_] = getattr(remarks, name_)
    form: AnnotationForm = kind(data=known)
    form.theme_codes = tuple(each.code for each in themes)
    return form


ANNOTATIONS = {
    "published": _("They are published there: show them here"),
    "in_review": _("They wait for review here"),
}


class ImportForm(Form):
    file = FileField(_("File"), [FileRequired(_("Please choose a file."))])
    source = StringField(
        _("Where its numbers come from"),
        [Needed(), AtMost(40)],
        default="mlrf",
        description=_("A short name of the library that made the file, always the same."),
    )
    language = SelectField(_("Language, where the file names none"), default="en")
    licence = StringField(_("Licence of what is imported"), [AtMost(200)])
    annotations = SelectField(
        _("Annotations of the file"),
        default="published",
    )
    abstracts_public = BooleanField(
        _("Everybody may read the abstracts of this file"),
        description=_("Abstracts are mostly the publishers' text: only where they allow it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = {code: language_name(code) for code in LANGUAGES}
        self.annotations.choices = _labels(ANNOTATIONS)

    def options(self) -> Options:
        return Options(
            source=self.source.data,
            language=self.language.data,
            licence=self.licence.data or "",
            abstracts_public=self.abstracts_public.data,
            annotations=self.annotations.data,
        )


def _labels(labels: Mapping[str, LazyString]) -> dict[str, str]:
    return {code: str(label) for code, label in labels.items()}


def _lines(creators: Iterable[Name], role: str) -> str:
    return "\n".join(one.written for one in creators if one.role == role)


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
