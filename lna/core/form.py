"""What every form can do beyond WTForms."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, FieldList, FormField, SelectField, StringField, TextAreaField
from wtforms import Form as BareForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, StopValidation, ValidationError

from lna.core.contact import LONGEST_EMAIL, email_of
from lna.core.i18n import AUTONYMS, language
from lna.core.multilingual import Multilingual
from lna.core.refusal import Refused
from lna.core.typed_text import BIDI, clean


class Cleaning:
    """WTForms meta: every text first loses white space at its ends and what cannot be stored."""

    def bind_field(self, form: Any, unbound: Any, options: dict[str, Any]) -> Field:
        if not issubclass(unbound.field_class, (FormField, FieldList)):
            given = unbound.kwargs.get("filters", ())
            options = options | {"filters": (clean, *given)}
        return unbound.bind(form=form, **options)


def options(pairs: Iterable[tuple[Any, Any]], group: str | None = None) -> list[SelectChoice]:
    """What a list in a form offers: values and their words, perhaps under a heading."""
    return [SelectChoice(value, label, optgroup=group) for value, label in pairs]


class Form(FlaskForm):
    """A form whose text is cleaned as it comes in and that shows a refusal at its field."""

    class Meta(Cleaning, FlaskForm.Meta):
        pass

    def refuse(self, refusal: Refused) -> None:
        """Show a rule's refusal where the person will look for it."""
        if refusal.field and refusal.field in self:
            field = self[refusal.field]
            if isinstance(field, MultilingualField):  # beside the language it was written in
                field = field.form[field.form.original.data]
            field.errors = [*field.errors, refusal.reason]
        else:
            self.form_errors.append(refusal.reason)

    @property
    def status(self) -> int:
        return 422 if self.errors else 200


class AtMost:
    """A text of at most so many characters; the refusal says how many there are."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: BareForm, field: Field) -> None:
        if field.data and len(field.data) > self.most:
            raise ValidationError(
                _(
                    "At most %(most)s characters, you have %(present)s.",
                    most=self.most,
                    present=len(field.data),
                )
            )


class Needed:
    """Something has to be given; spaces and invisible signs alone are nothing."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __call__(self, form: BareForm, field: Field) -> None:
        if not field.data:
            field.errors = []  # that it is no valid choice either need not be said
            raise StopValidation(_("Please fill this in."))


class OneLine:
    """A name or title: no line breaks, nothing that turns the reading direction around."""

    def __call__(self, form: BareForm, field: Field) -> None:
        if field.data and ("\n" in field.data or BIDI.search(field.data)):
            field.data = " ".join(BIDI.sub("", field.data).split())
            raise ValidationError(
                _("It held a character we cannot store. We took it out: please look again.")
            )


class NoLink:
    """A name without an address of the web: letters to any address begin with it."""

    LINK = re.compile(r"://|www\.|@|\w\.\w+/", re.IGNORECASE)

    def __call__(self, form: BareForm, field: Field) -> None:
        if field.data and self.LINK.search(field.data):
            raise ValidationError(_("Please write the name alone, without an address."))


class EmailAddress:
    """An address a letter can reach, afterwards in the form it is stored in; or nothing."""

    field_flags: Mapping[str, Any] = {"maxlength": LONGEST_EMAIL}

    def __call__(self, form: BareForm, field: Field) -> None:
        if field.data:
            try:
                field.data = email_of(field.data)
            except Refused as refusal:
                raise ValidationError(refusal.reason) from refusal


class WebAddress(URL):
    """A whole address of the web, or nothing: what stands in a link must not be a program."""

    def __init__(self) -> None:
        super().__init__(message=_("A web address begins with https:// or http://"))

    def __call__(self, form: BareForm, field: Field) -> None:
        if field.data and not str(field.data).lower().startswith(("https://", "http://")):
            raise ValidationError(self.message)
        if field.data:
            super().__call__(form, field)


class MultilingualField(FormField):
    """One text in several languages; `value` is the `Multilingual` typed, `obj_data` may be one.

    Its inputs are `<name>-original` and one per language code: `<name>-en`, `<name>-km`, …
    """

    def __init__(
        self, label: Any, *, most: int, rows: int = 1, needed: bool = False, **options: Any
    ):
        self.needed = needed
        kind = StringField if rows == 1 else TextAreaField
        checks = [OneLine(), AtMost(most)] if rows == 1 else [AtMost(most)]
        members = {code: kind(name, checks) for code, name in AUTONYMS.items()}
        members["original"] = SelectField(_("Written in"), choices=AUTONYMS, default=language)
        members["Meta"] = type("Meta", (Cleaning, BareForm.Meta), {})
        super().__init__(type("Texts", (BareForm,), members), label, **options)
        if needed:
            self.flags.required = True

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        if isinstance(data, Multilingual):
            data = {**data.texts, "original": data.original}
        super().process(formdata, data if isinstance(data, dict) else {})
        if self.form.original.data not in AUTONYMS:  # no browser sends another
            self.form.original.data = language()

    @property
    def value(self) -> Multilingual:
        """What was typed; an original left empty becomes the first language that is not."""
        texts = {code: self.form[code].data for code in AUTONYMS if self.form[code].data}
        original = self.form.original.data
        return Multilingual(original if original in texts else next(iter(texts), original), texts)

    def validate(self, form: BareForm, extra_validators: Any = ()) -> bool:
        good: bool = self.form.validate()
        if self.needed and not self.value:
            first = self.form[self.form.original.data or "en"]
            first.errors = [*first.errors, _("Please fill this in, in one language at least.")]
            return False
        return good
