"""Rows of the outline form: places, sessions, organisations. An empty row counts for nothing."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FieldList, HiddenField, StringField
from wtforms import Form as BareForm

from lna.activities.forms.fields import ClockField, DayField, One
from lna.activities.models.choices import PARTS
from lna.activities.queries.labels import province_name
from lna.core.form import AtMost, Cleaning, MultilingualField, OneLine, options
from lna.core.i18n import country_name
from lna.core.vocabulary import COUNTRIES, provinces

MOST = {"places": 20, "sessions": 60, "organisers": 40}
"""Rows of each kind; a form with more is a mistake or an attack."""


class Rows(FieldList):
    """Rows by the numbers in the names that are sent; `²` is no number, though it is a digit."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").partition("-")[0]
            if name.startswith(f"{prefix}-") and re.fullmatch("[0-9]{1,3}", number):
                yield int(number)


class Row(BareForm):
    class Meta(Cleaning, BareForm.Meta):
        pass


class PlaceRow(Row):
    country = One(_("Country"))
    province = One(_("Province"))
    town = StringField(_("Town or village"), [OneLine(), AtMost(120)])
    venue = StringField(_("Venue"), [OneLine(), AtMost(200)])
    is_public = BooleanField(_("Everyone may read the town and the venue"))

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.country.choices = options([("", "–"), *((c, country_name(c)) for c in COUNTRIES)])
        self.province.choices = options([("", "–")])
        for country in COUNTRIES:
            lie_there = (code for code, each in provinces().items() if each.country == country)
            named = sorted((province_name(code), code) for code in lie_there)
            self.province.choices += options(
                ((code, name) for name, code in named), country_name(country)
            )

    @property
    def is_empty(self) -> bool:
        return not any((self.country.data, self.province.data, self.town.data, self.venue.data))


class SessionRow(Row):
    id = HiddenField()
    title = MultilingualField(_("What"), most=200)
    on = DayField(_("Day"))
    starts = ClockField(_("From"))
    ends = ClockField(_("Until"))
    ends_on = DayField(_("Last day, if it is another one"))
    place = StringField(_("Where"), [OneLine(), AtMost(200)])

    @property
    def is_empty(self) -> bool:
        """A day alone says nothing: a new row begins with one."""
        typed = (self.starts, self.ends, self.ends_on, self.place)
        return not self.title.value and not any(field.data or field.errors for field in typed)


class OrganiserRow(Row):
    name = StringField(_("Organisation"), [OneLine(), AtMost(300)])
    part = One(_("Its part"), default="organiser")

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.part.choices = options(PARTS.items())

    @property
    def is_empty(self) -> bool:
        return not self.name.data
