"""What people type about accounts in, commands out."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import ValidationError

from lna.accounts import actions
from lna.accounts.models import ROLE_NAMES, Role, User
from lna.config import settings
from lna.core.form import AtMost, EmailAddress, Form, Needed, OneLine
from lna.core.i18n import AUTONYMS, country_name
from lna.core.refusal import Refused
from lna.core.typed_times import midnight, read_day, zones
from lna.core.vocabulary import COUNTRIES

LONGEST_NAME = 120
ROLES_TO_GRANT = [role for role in Role if role is not Role.STAKEHOLDER]


class Day:
    """A calendar day as year-month-day, or nothing; `field.day` is what was understood."""

    def __call__(self, form: Form, field: Any) -> None:
        try:
            field.day = read_day(field.data) if field.data else None
        except Refused as refusal:
            raise ValidationError(refusal.reason) from refusal


class EmailForm(Form):
    email = StringField(_("E-mail"), [Needed(), EmailAddress()])


class SignInForm(EmailForm):
    password = PasswordField(_("Password"), [Needed()])


class CodeForm(Form):
    code = StringField(_("Code from your app, or a recovery code"), [Needed(), AtMost(40)])


class OwnPasswordForm(Form):
    """Who asks is really the person: the password once more."""

    password = PasswordField(_("Your password"), [Needed()])


class ChoosePasswordForm(Form):
    """A new password for somebody; `name` is asked of those who only just join."""

    name = StringField(_("Your name"), [Needed(), AtMost(LONGEST_NAME), OneLine()])
    language = SelectField(_("Language of pages and letters"), choices=lambda: languages())
    new_password = PasswordField(_("New password"), [Needed()])

    def __init__(self, user: User | None = None, email: str = "", **values: Any) -> None:
        super().__init__(**values)
        self.user, self.email = user, email or (user.email if user else "")
        self.least = actions.least_length(user)
        if user and user.confirmed_at:
            del self.name, self.language

    def validate_new_password(self, field: Any) -> None:
        if not field.data:
            return
        typed = self.name.data if "name" in self else self.user.name if self.user else ""
        try:
            actions.check_strength(field.data, self.least, (typed or "", self.email))
        except Refused as refusal:
            raise ValidationError(refusal.reason) from refusal

    def join(self, password_hash: str) -> actions.Join:
        return actions.Join(
            name=self.name.data or "",
            language=self.language.data,
            password_hash=password_hash,
        )


class ChangePasswordForm(ChoosePasswordForm):
    password = PasswordField(_("Your present password"), [Needed()])


class ChangeEmailForm(OwnPasswordForm):
    email = StringField(_("New e-mail"), [Needed(), EmailAddress()])


class ProfileForm(Form):
    name = StringField(_("Your name"), [Needed(), AtMost(LONGEST_NAME), OneLine()])
    language = SelectField(_("Language of pages and letters"), choices=lambda: languages())
    timezone = SelectField(
        _("Your time zone"), choices=lambda: [(zone, zone.replace("_", " ")) for zone in zones()]
    )

    def command(self) -> actions.ChangeProfile:
        return actions.ChangeProfile(
            name=self.name.data or "",
            language=self.language.data,
            timezone=self.timezone.data,
        )


class SecondFactorForm(OwnPasswordForm):
    code = StringField(_("Code from your app"), [Needed(), AtMost(20)])


class ErasureForm(Form):
    sure = BooleanField(_("Yes, erase this account. It cannot be brought back."), [Needed()])


class OwnErasureForm(ErasureForm, OwnPasswordForm):
    pass


class PeriodForm(Form):
    """From the beginning of a day until the end of another, in the zone of who types."""

    since = StringField(_("From"), [Day()])
    until = StringField(_("Until the end of"), [Day()])

    def midnights(self, zone: str) -> dict[str, Any]:
        first: date | None = self.since.day
        last: date | None = self.until.day
        return {
            "since": midnight(first, zone) if first else None,
            "until": midnight(last + timedelta(days=1), zone) if last else None,
        }


class GrantForm(PeriodForm):
    role = SelectField(
        _("Role"), choices=lambda: [(role.value, ROLE_NAMES[role]) for role in ROLES_TO_GRANT]
    )
    country = SelectField(
        _("Country (of facilitators)"), choices=lambda: [("", "–"), *countries(COUNTRIES)]
    )

    def command(self, zone: str) -> actions.GrantRole:
        role, country = Role(self.role.data), self.country.data or None
        return actions.GrantRole(role=role, country=country, **self.midnights(zone))


class SubstituteForm(PeriodForm):
    email = StringField(_("E-mail of your substitute"), [Needed(), EmailAddress()])
    country = SelectField(_("Country"))
    since = StringField(_("From"), [Needed(), Day()])
    until = StringField(_("Until the end of"), [Needed(), Day()])

    def __init__(self, facilitator: User, **values: Any) -> None:
        super().__init__(**values)
        self.country.choices = countries(sorted(facilitator.own_countries))

    def command(self, zone: str) -> actions.NameSubstitute:
        return actions.NameSubstitute(
            email=self.email.data or "", country=self.country.data, **self.midnights(zone)
        )


class InvitationForm(EmailForm):
    name = StringField(_("Name"), [Needed(), AtMost(LONGEST_NAME), OneLine()])
    language = SelectField(_("Language of pages and letters"), choices=lambda: languages())

    def command(self) -> actions.Invite:
        return actions.Invite(
            email=self.email.data or "", name=self.name.data or "", language=self.language.data
        )


def languages() -> list[tuple[str, str]]:
    """Languages of pages and letters to choose from, by their own names."""
    return [(code, AUTONYMS[code]) for code in settings().languages]


def countries(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Countries to choose from, by the reader's names."""
    return [(code, country_name(code)) for code in codes]
