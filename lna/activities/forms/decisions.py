"""Short forms of an activity's page: stages, cancelling, copying."""

from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from lna.activities.actions import Cancel, Copy, Move, Restore, SendBack
from lna.activities.forms.fields import DayField, One
from lna.activities.models import STAGES, Stage
from lna.core.form import AtMost, Form, MultilingualField, Needed, options

LONGEST_REASON = 1000


class MoveForm(Form):
    to = One(_("To the stage"))
    reason = TextAreaField(_("Why, or a comment"), [AtMost(LONGEST_REASON)])

    def __init__(self, stages: list[Stage], **more: Any) -> None:
        super().__init__(**more)
        self.offer(stages)

    def offer(self, stages: list[Stage]) -> None:
        """Let these be chosen, in this order."""
        self.to.choices = options((stage, STAGES[stage]) for stage in stages)

    def command(self) -> Move:
        return Move(to=Stage(self.to.data), reason=self.reason.data or "")


class SendBackForm(Form):
    comments = TextAreaField(_("Comments"), [Needed(), AtMost(LONGEST_REASON)])

    def command(self) -> SendBack:
        return SendBack(comments=self.comments.data or "")


class CancelForm(Form):
    cancelled_reason = MultilingualField(_("Reason"), most=LONGEST_REASON, rows=3, needed=True)

    def command(self) -> Cancel:
        return Cancel(reason=self.cancelled_reason.value)


class RestoreForm(Form):
    reason = TextAreaField(_("Why it takes place after all"), [Needed(), AtMost(LONGEST_REASON)])

    def command(self) -> Restore:
        return Restore(reason=self.reason.data or "")


class CopyForm(Form):
    starts_on = DayField(_("First day of the copy"))
    is_another = BooleanField(_("This is another activity"))
    another_reason = StringField(_("Why it is another one"), [AtMost(300)])
    key = HiddenField(default=lambda: str(uuid4()))

    def command(self) -> Copy:
        reason = self.another_reason.data if self.is_another.data else ""
        return Copy(
            starts_on=self.starts_on.data, key=self.key.data or "", another_reason=reason or ""
        )
