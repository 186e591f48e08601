"""The one page on which an activity is planned: text in, an outline out."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    FormField,
    HiddenField,
    StringField,
    TextAreaField,
)
from wtforms.validators import ValidationError

from lna.activities import actions
from lna.activities.actions import Outline, Plan, Revise, merge
from lna.activities.actions.outline import Merged
from lna.activities.forms import fill, read
from lna.activities.forms.fields import (
    ClockField,
    DayField,
    NumberField,
    One,
    Radio,
    Several,
    number_or_none,
)
from lna.activities.forms.organisations import Register
from lna.activities.forms.rows import MOST, OrganiserRow, PlaceRow, Rows, SessionRow
from lna.activities.forms.said import Said, said
from lna.activities.queries.staff import Alike
from lna.core.form import AtMost, Form, MultilingualField, WebAddress
from lna.core.i18n import AUTONYMS, language
from lna.core.markdown import LONGEST
from lna.core.refusal import Refused


class OutlineForm(Form):
    """Everything staff may say about an activity. `step()` is a button that saves nothing."""

    original = One(_("Language you write in"), default=language)
    written_in = HiddenField(default=language)
    title = MultilingualField(_("Title"), most=200, needed=True)
    summary = MultilingualField(_("Summary"), most=600, rows=3)
    description = MultilingualField(_("Description"), most=LONGEST, rows=10)

    type = Radio(_("Type of activity"), default="")
    secondary_types = Several(_("It is also"))
    meeting_kind = One(_("Kind of meeting"))
    strategy_themes = Several(_("Themes of the strategy"), coerce=int)
    key_themes = Several(_("Key themes"), coerce=int)

    timing = Radio(_("When"), default="timed")
    timezone = One(_("Time zone"), default="Asia/Vientiane")
    starts_on = DayField(_("First day"))
    starts_time = ClockField(_("From"))
    ends_on = DayField(_("Last day"))
    ends_time = ClockField(_("Until"))
    dates_tentative = BooleanField(_("The dates are not sure yet"))
    sessions = Rows(
        FormField(SessionRow), _("Sessions"), min_entries=1, max_entries=MOST["sessions"] + 1
    )

    countries = Several(_("Countries where it takes place"))
    origin_countries = Several(_("Countries the subject comes from"))
    is_cross_border = BooleanField(_("It crosses borders"))
    mode = Radio(_("How people take part"), default="in_person")
    places = Rows(FormField(PlaceRow), _("Places"), min_entries=1, max_entries=MOST["places"] + 1)
    online_link = StringField(_("Link to join online"), [AtMost(500), WebAddress()])
    languages = Several(_("Languages spoken"))
    interpreted = Several(_("Interpreted into"))

    organisers = Rows(
        FormField(OrganiserRow),
        _("Organisations"),
        min_entries=1,
        max_entries=MOST["organisers"] + 1,
    )
    network = One(_("Which existing network does this strengthen?"), coerce=number_or_none)
    no_network_reason = TextAreaField(_("If none: why?"), [AtMost(500)])
    group = One(_("Thematic group"), coerce=number_or_none)
    responsible = One(_("Person responsible"), coerce=number_or_none)
    actor_groups = Several(_("Who is invited"))

    relevance = MultilingualField(_("Why it is relevant"), most=2000, rows=4)
    framework = MultilingualField(_("How it relates to the reference framework"), most=2000, rows=4)
    impact = MultilingualField(_("What impact it will have on beneficiaries"), most=2000, rows=4)
    beneficiaries = Several(_("Beneficiaries"))
    beneficiaries_number = NumberField(_("Number of beneficiaries"))
    planned_participants = NumberField(_("Participants planned"))
    planned_products = NumberField(_("Products planned"))
    products = MultilingualField(_("Which products"), most=500, rows=2)
    actual_participants = NumberField(_("Participants who came"))
    actual_products = NumberField(_("Products made"))
    amount_usd = NumberField(_("Amount in US dollars"))
    source = StringField(_("Where these facts come from"), [AtMost(500)])

    capacity = NumberField(_("Seats"), least=1)
    admission = Radio(_("Registration"), default="open")
    registration_opens_on = DayField(_("Opens on"))
    registration_opens_time = ClockField(_("at"))
    registration_closes_on = DayField(_("Closes on"))
    registration_closes_time = ClockField(_("at"))
    hides_participants = BooleanField(_("Hide who takes part, and lock lists at once"))

    is_another = BooleanField(_("This is another activity"))
    another_reason = StringField(_("Why it is another one"), [AtMost(300)])
    key = HiddenField(default=lambda: str(uuid4()))
    seen = HiddenField()

    def __init__(self, present: Outline | None = None, **more: Any) -> None:
        """`present` is what is saved: it fills a new form and keeps choices that have closed."""
        if present and not fill.is_sent():  # what is sent stands for itself, gaps and all
            more = {"data": fill.typed(present), **more}
        super().__init__(**more)
        fill.offer_choices(self, present)
        self.register = Register()
        self.outline: Outline | None = None
        self.merged: Merged | None = None
        self.theirs: Outline | None = None
        self._mark_originals()
        fill.unmark(self)

    @classmethod
    def caught_up(cls, mine: "OutlineForm", theirs: Outline, refusal: Refused) -> "OutlineForm":
        """My form brought up to what somebody else saved meanwhile; saving it again saves both.

        What only the other one changed is filled in, where both changed something mine stays.
        """
        assert mine.outline  # noqa: S101 - only a valid form is refused at `seen`
        merged = merge(mine.outline, theirs, mine.prints)
        language = dict.fromkeys(("original", "written_in"), mine.original.data)
        seen = {"seen": fill.typed(theirs)["seen"], **language}
        form = cls(theirs, formdata=None, data={**fill.typed(merged.outline), **seen})
        form.merged, form.theirs = merged, theirs
        form.form_errors.append(refusal.reason)
        return form

    def _mark_originals(self) -> None:
        """Each text stays in the language it was marked with, until the language written in is
        changed for all; a text that is empty is going to be written in that one."""
        texts = [field for field in self if isinstance(field, MultilingualField)]
        texts += [row.form.title for row in self.sessions]
        if self.original.data not in AUTONYMS:  # no browser sends another
            self.original.data = language()
        is_changed = self.written_in.data != self.original.data
        for field in texts:
            marked = field.form.original
            if is_changed or not field.value:
                marked.data = self.original.data
        self.written_in.data = self.original.data

    def step(self) -> bool:
        """Do what a button like `add-sessions`, `remove-places-1` or `preview` asks; whether one
        was pressed. Nothing is checked or saved, all that was typed stays."""
        verb, name, number = [*fill.pressed().split("-", 2), "", ""][:3]
        if verb == "add" and name in MOST and len(self[name]) < MOST[name]:
            self[name].append_entry(fill.next_row(self, name))
        if verb == "remove" and name in MOST and number.isdecimal() and len(number) < 4:
            fill.without_row(self[name], int(number))
        return bool(verb)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Each input on its own, then what they say together; the outline is there afterwards."""
        good = super().validate(extra_validators)
        self.outline = read.outline(self)
        return good and self.outline is not None

    def validate_another_reason(self, field: Field) -> None:
        if self.is_another.data and not field.data:
            raise ValidationError(_("Please say in a few words why."))

    def plan(self) -> Plan:
        """The command for a new activity; after `validate`."""
        assert self.outline  # noqa: S101 - validate() has set it
        reason = self.another_reason.data if self.is_another.data else ""
        return Plan(outline=self.outline, key=self.key.data or "", another_reason=reason or "")

    def revise(self) -> Revise:
        """The command for one that exists; after `validate`."""
        assert self.outline  # noqa: S101 - validate() has set it
        return Revise(outline=self.outline, seen=self.prints)

    def alike(self) -> list[Alike]:
        """What it looks like, once that was asked about."""
        if not (self.outline and (self.is_another.errors or self.is_another.data)):
            return []
        return actions.look_alikes(self.outline)

    def changed(self, names: Iterable[str]) -> list[Said]:
        """What somebody else saved in these fields, in the order of the page."""
        if self.theirs is None:
            return []
        found = [said(self, name, self.theirs) for name in names]
        order = list(self._fields)
        return sorted(found, key=lambda each: order.index(each.field))

    @property
    def prints(self) -> dict[str, str]:
        """What the writer saw of each field when the form was opened."""
        return dict(each.split("=", 1) for each in (self.seen.data or "").split() if "=" in each)
