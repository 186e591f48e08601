"""Text about organisations and people in, commands out."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, ValidationError

from lna.core.contact import phone_of
from lna.core.form import (
    AtMost,
    EmailAddress,
    Form,
    MultilingualField,
    Needed,
    OneLine,
    WebAddress,
    options,
)
from lna.core.i18n import AUTONYMS, country_name, plain
from lna.core.refusal import Refused
from lna.core.vocabulary import ACTOR_GROUPS, AGE_BANDS, CHANNELS, COUNTRIES, SEXES
from lna.partners import queries
from lna.partners.actions import EnterOrganisation, EnterPerson
from lna.partners.models import GROUP, NETWORK, ORGANISATION, PURPOSES
from lna.themes.queries import themes_by_code

KINDS = {
    ORGANISATION: _("Organisation"),
    NETWORK: _("Network or coalition"),
    GROUP: _("Thematic group"),
}
UNSAID = options([("", "–")])


class OrganisationForm(Form):
    name = MultilingualField(_("Name"), most=200, needed=True)
    kind = SelectField(_("Kind"), choices=options(KINDS.items()))
    acronym = StringField(_("Acronym"), [OneLine(), AtMost(40)])
    actor_group = SelectField(
        _("Actor group"), [Optional()], choices=UNSAID + options(ACTOR_GROUPS.items())
    )
    country = SelectField(_("Country of its seat"), [Optional()])
    countries = SelectMultipleField(_("Works in"))
    themes = SelectMultipleField(_("Themes"))
    website = StringField(
        _("Website"),
        [AtMost(300), WebAddress()],
    )
    about = MultilingualField(_("What it does"), most=4000, rows=5)
    is_public = BooleanField(_("Shown in the public directory"), default=True)
    is_another = BooleanField(_("It is another organisation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = options((code, country_name(code)) for code in COUNTRIES)
        self.country.choices = UNSAID + names + elsewhere(self.country.data)
        self.countries.choices = names
        themes = themes_by_code().values()
        self.themes.choices = options((theme.code, plain(theme.name)) for theme in themes)

    def command(self) -> EnterOrganisation:
        plain_fields = ("kind", "acronym", "actor_group", "country", "website")
        return EnterOrganisation(
            name=self.name.value,
            about=self.about.value,
            countries=tuple(self.countries.data or ()),
            themes=tuple(self.themes.data or ()),
            is_public=self.is_public.data,
            is_another=self.is_another.data,
            **{name: self[name].data or "" for name in plain_fields},
        )


class PersonForm(Form):
    name = StringField(_("Full name, as the person writes it"), [Needed(), OneLine(), AtMost(200)])
    latin_name = StringField(
        _("Name in Latin letters, as in the passport"), [OneLine(), AtMost(200)]
    )
    address_as = StringField(_("How to address"), [OneLine(), AtMost(100)])
    email = StringField(_("E-mail"), [EmailAddress()])
    country = SelectField(_("Country"), [Optional()])
    phone = StringField(_("Phone"), [AtMost(40)])
    channel = SelectField(
        _("Best reached by"), [Optional()], choices=UNSAID + options(CHANNELS.items())
    )
    language = SelectField(_("Language of letters"), choices=options(AUTONYMS.items()))
    actor_group = SelectField(
        _("Actor group"), [Optional()], choices=UNSAID + options(ACTOR_GROUPS.items())
    )
    organisation_id = SelectField(_("Organisation"), [Optional()], coerce=int)
    position = StringField(_("Position"), [OneLine(), AtMost(100)])
    sex = SelectField(_("Sex"), [Optional()], choices=UNSAID + options(SEXES.items()))
    age_band = SelectField(_("Age"), [Optional()], choices=UNSAID + options(AGE_BANDS.items()))
    is_another = BooleanField(_("It is another person"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = options((code, country_name(code)) for code in COUNTRIES)
        self.country.choices = UNSAID + names + elsewhere(self.country.data)
        known = [(id, plain(name)) for id, name in queries.organisation_choices()]
        self.organisation_id.choices = options([(0, "–"), *known])

    def validate_phone(self, field: Any) -> None:
        country = self.country.data or ""
        field.data = self._read(lambda: phone_of(field.data, country)) if field.data else ""

    @staticmethod
    def _read(reading: Any) -> Any:
        try:
            return reading()
        except Refused as refusal:
            raise ValidationError(refusal.reason) from refusal

    def command(self) -> EnterPerson:
        texts = {
            field.name: field.data or ""
            for field in self
            if field.name not in {"organisation_id", "is_another", "csrf_token"}
        }
        return EnterPerson(
            organisation_id=self.organisation_id.data or None,
            is_another=self.is_another.data,
            **texts,
        )


class ConsentsForm(Form):
    consents = SelectMultipleField(
        _("What the person agrees to"), choices=options(PURPOSES.items())
    )


class MembersForm(Form):
    members = SelectMultipleField(_("Members"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = queries.organisation_choices(ORGANISATION)
        self.members.choices = options((id, plain(name)) for id, name in organisations)


def elsewhere(code: str | None) -> list[SelectChoice]:
    """A country outside the region that is chosen already, so that it stays."""
    outside = code and code not in COUNTRIES
    return options([(code, country_name(code))]) if code and outside else []
