"""Inputs for days, times of day, numbers and choices; what cannot be read stays as it was typed."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, SelectField, SelectMultipleField
from wtforms.widgets import TextInput

from lna.core.refusal import Refused
from lna.core.typed_text import clean
from lna.core.typed_times import read_day, read_number, read_time


class TypedField(Field):
    """A text read into a value, None when it is empty; the refusal of `read` stands beside it."""

    widget = TextInput()
    native = ""
    """The input type that shows this value; what could not be read is shown as text instead."""

    def read(self, text: str) -> Any:
        return text

    def write(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if text := clean(valuelist[0]) if valuelist else "":
            try:
                self.data = self.read(text)
            except Refused as refusal:
                raise ValueError(refusal.reason) from refusal

    def _value(self) -> str:
        if self.data is not None:
            return self.write(self.data)
        return str(clean(self.raw_data[0])) if self.raw_data else ""

    def __call__(self, **attributes: Any) -> Any:
        if self.native and (self.data is not None or not self._value()):
            attributes.setdefault("type", self.native)
        return super().__call__(**attributes)


class DayField(TypedField):
    native = "date"

    def read(self, text: str) -> date:
        return read_day(text)

    def write(self, value: date) -> str:
        return value.isoformat()


class ClockField(TypedField):
    native = "time"

    def read(self, text: str) -> time:
        return read_time(text)

    def write(self, value: time) -> str:
        return f"{value:%H:%M}"


class NumberField(TypedField):
    """A whole number from 0 up; digits of any script."""

    def __init__(self, *arguments: Any, least: int = 0, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.least = least

    def read(self, text: str) -> int:
        return read_number(text, least=self.least)

    def __call__(self, **attributes: Any) -> Any:
        return super().__call__(**{"inputmode": "numeric", "class": "short", **attributes})


def number_or_none(text: Any) -> int | None:
    """How a select of rows reads its value: an id, or none chosen."""
    return int(text) if text not in (None, "", "None") else None


NOT_LISTED = _("Please choose one of the list.")


class One(SelectField):
    """One of a list; the rest is said by `choices`."""

    def __init__(self, *arguments: Any, coerce: Callable[[Any], Any] = str, **more: Any) -> None:
        super().__init__(
            *arguments,
            coerce=coerce,
            invalid_choice_message=NOT_LISTED,
            invalid_value_message=NOT_LISTED,
            **more,
        )
        self.type = "SelectField"


class Radio(RadioField):
    """One of a list, all of it to be seen."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, invalid_choice_message=NOT_LISTED, **more)
        self.type = "RadioField"


class Several(SelectMultipleField):
    """Any number of a list, shown as boxes to tick."""

    def __init__(self, *arguments: Any, coerce: Callable[[Any], Any] = str, **more: Any) -> None:
        super().__init__(
            *arguments,
            coerce=coerce,
            invalid_choice_message=NOT_LISTED,
            invalid_value_message=NOT_LISTED,
            default=(),
            **more,
        )
        self.type = "SelectMultipleField"
