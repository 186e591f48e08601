"""Text about people who take part in, commands out."""

import secrets
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from babel import Locale
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as BareForm
from wtforms.validators import Optional, StopValidation, ValidationError

from lna.config import settings
from lna.core.contact import email_of, phone_of
from lna.core.form import AtMost, EmailAddress, Form, Needed, NoLink, OneLine, options
from lna.core.i18n import AUTONYMS, country_name, language
from lna.core.refusal import Refused
from lna.core.vocabulary import ACTOR_GROUPS, AGE_BANDS, CHANNELS, COUNTRIES, SEXES
from lna.registrations.actions import VERBS, Change, Details, SignUp

UNSAID = [("", "–")]
PUBLIC_GROUPS = [(code, name) for code, name in ACTOR_GROUPS.items() if code != "project_team"]
SAID = (
    *("name", "latin_name", "address_as", "channel", "organisation", "actor_group", "country"),
    *("language", "sex", "age_band", "sharing"),
)
"""Fields that are the same in `Details`."""
KEY_LENGTH = 64


@lru_cache(maxsize=16)
def _all_countries(reader: str) -> list[tuple[str, str]]:
    names: dict[str, str] = dict(Locale.parse("en").territories) | dict(
        Locale.parse(reader).territories
    )
    countries = [
        (code, name)
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    ]
    return sorted(countries, key=lambda pair: pair[1])


NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", *COUNTRIES}
"""Codes that Unicode names besides countries, and those listed first anyway."""


class Said:
    """A choice that has to be made; the refusal is the sentence given."""

    field_flags: Mapping[str, bool] = {"required": True}

    def __init__(self, sentence: LazyString) -> None:
        self.sentence = sentence

    def __call__(self, form: BareForm, field: Field) -> None:
        if not field.data:
            field.errors = []  # that nothing is no valid choice goes without saying
            raise StopValidation(self.sentence)


class PersonForm(Form):
    """What is the same whoever fills it in."""

    name = StringField(
        _("Your name, as you write it"), [Needed(), OneLine(), NoLink(), AtMost(200)]
    )
    country = SelectField(_("Country"), [Optional()])
    organisation = StringField(_("Organisation"), [OneLine(), AtMost(200)])
    actor_group = SelectField(_("Which group do you belong to?"), [Optional()])
    language = SelectField(_("Language of letters"), [Optional()], default=language)
    sex = SelectField(_("Sex"), [Optional()], choices=options([*UNSAID, *SEXES.items()]))
    latin_name = StringField(
        _("Name in Latin letters, as in the passport"), [OneLine(), AtMost(200)]
    )
    address_as = StringField(_("How to address you"), [OneLine(), NoLink(), AtMost(100)])
    age_band = SelectField(_("Age"), [Optional()], choices=options([*UNSAID, *AGE_BANDS.items()]))
    channel = SelectField(
        _("Best reached by"), [Optional()], choices=options([*UNSAID, *CHANNELS.items()])
    )
    sharing = TextAreaField(_("What you can share with the others"), [AtMost(2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = [(code, country_name(code)) for code in COUNTRIES]
        self.country.choices = [
            *options(UNSAID),
            *options(near, _("In the region")),
            *options(_all_countries(language()), _("Elsewhere")),
        ]
        self.actor_group.choices = options([*UNSAID, *PUBLIC_GROUPS])
        self.language.flags.required = True  # there always is one
        self.language.choices = options((code, AUTONYMS[code]) for code in settings().languages)

    def details(self) -> Details:
        said = {name: self[name].data or "" for name in SAID}
        said["language"] = said["language"] or language()
        return Details(**said, **self.contacts())

    def contacts(self) -> dict[str, str]:
        """`email` and `phone` in the form they are stored in."""
        raise NotImplementedError


class SignUpForm(PersonForm):
    """The public form: nine fields for most people, two of them typed."""

    country = SelectField(_("Country"), [Said(_("Please choose one."))])
    contact = StringField(_("E-mail or phone"), [Needed(), AtMost(254)])
    actor_group = SelectField(_("Which group do you belong to?"), [Said(_("Please choose one."))])
    shares = BooleanField(
        _("I am willing to share my experience with the others."),
        [Said(_("Sharing experience is the one condition for taking part: please tick this."))],
    )
    consents = BooleanField(
        _("I agree that the organisers keep what I enter here and use it for this activity."),
        [Said(_("Without this we may not keep your registration."))],
    )
    key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[AtMost(KEY_LENGTH)])

    def validate_contact(self, field: Field) -> None:
        if field.data:
            self.found: dict[str, str] = _read(
                lambda: _contact(field.data, self.country.data or "")
            )

    def contacts(self) -> dict[str, str]:
        return self.found

    def command(self) -> SignUp:
        return SignUp(details=self.details(), key=self.key.data or secrets.token_urlsafe(24))


class DetailsForm(PersonForm):
    """One's own details by the personal link."""

    email = StringField(_("E-mail"), [EmailAddress()])
    phone = StringField(_("Phone"), [AtMost(40)])

    def validate_phone(self, field: Field) -> None:
        if field.data:
            country = self.country.data or ""
            field.data = _read(lambda: phone_of(field.data, country))
        elif not self.email.data:
            raise ValidationError(_("Please leave us an e-mail address or a phone number."))

    def contacts(self) -> dict[str, str]:
        return {"email": self.email.data or "", "phone": self.phone.data or ""}


class StaffForm(DetailsForm):
    """Somebody whom staff register or complete: only the name has to be there."""

    name = StringField(
        _("Full name, as the person writes it"), [Needed(), OneLine(), NoLink(), AtMost(200)]
    )
    actor_group = SelectField(_("Actor group"), [Optional()])
    address_as = StringField(_("How to address them"), [OneLine(), NoLink(), AtMost(100)])
    sharing = TextAreaField(_("What they can share with the others"), [AtMost(2000)])
    shares = BooleanField(_("Is willing to share experience with the others"))
    consents = BooleanField(_("Agreed that we keep this and use it for this activity"))
    key = HiddenField(default=lambda: secrets.token_urlsafe(24), validators=[AtMost(KEY_LENGTH)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor_group.choices = options([*UNSAID, *ACTOR_GROUPS.items()])

    def validate_phone(self, field: Field) -> None:
        if field.data:
            super().validate_phone(field)

    def command(self) -> SignUp:
        return SignUp(
            details=self.details(),
            key=self.key.data or secrets.token_urlsafe(24),
            shares=self.shares.data,
            consents=self.consents.data,
        )


class ChangeForm(Form):
    """What to do with those ticked; `sure` comes from the page that showed what will happen."""

    chosen = SelectMultipleField(_("People"), coerce=int, validate_choice=False)
    verb = SelectField(_("What to do"), choices=options(VERBS.items()))
    reason = TextAreaField(_("Reason"), [AtMost(500)])
    sure = HiddenField()

    def command(self) -> Change:
        ids = [id for id in self.chosen.data or () if 0 < id < 2**31]
        return Change(ids=tuple(ids), verb=self.verb.data or "", reason=self.reason.data or "")


class LinkForm(Form):
    """An address to send personal links to."""

    email = StringField(_("The e-mail address you registered with"), [Needed(), EmailAddress()])


def _contact(typed: str, country: str) -> dict[str, str]:
    if "@" in typed:
        return {"email": email_of(typed), "phone": ""}
    return {"email": "", "phone": phone_of(typed, country)}


def _read(reading: Callable[[], Any]) -> Any:
    try:
        return reading()
    except Refused as refusal:
        raise ValidationError(refusal.reason) from refusal
