"""How an odd query was read, as sentences for the person who typed it."""

from dataclasses import dataclass
from enum import Enum, auto

from flask_babel import gettext as _


class Oddity(Enum):
    NO_WORDS = auto()
    TOO_LONG = auto()
    QUOTE = auto()
    BRACKETS = auto()
    OPERATOR = auto()
    STAR = auto()
    FIELD = auto()
    VALUE = auto()
    BUDDHIST_YEAR = auto()


@dataclass(frozen=True)
class Note:
    """One thing that was read otherwise than a careful typist meant it."""

    oddity: Oddity
    name: str = ""
    value: str = ""


def sentence(note: Note) -> str:
    """The note in the reader's language."""
    text: str = {
        Oddity.NO_WORDS: _("There is no word to search for in this, so everything is shown."),
        Oddity.TOO_LONG: _("This is longer than we can search for; only its beginning was used."),
        Oddity.QUOTE: _("A quotation mark has no partner; the words were read one by one."),
        Oddity.BRACKETS: _("The brackets do not match; those without a partner were left out."),
        Oddity.OPERATOR: _("AND, OR and NOT stand before or between words; one was left out."),
        Oddity.STAR: _("A star works only at the end of a word; elsewhere it was left out."),
        Oddity.FIELD: _("“%(name)s:” is no field here; it was read as a word.", name=note.name),
        Oddity.VALUE: _(
            "“%(value)s” is not known as %(name)s; it was read as words.",
            name=note.name,
            value=note.value,
        ),
        Oddity.BUDDHIST_YEAR: _(
            "%(name)s looks like a Buddhist year. Did you mean %(value)s?",
            name=note.name,
            value=note.value,
        ),
    }[note.oddity]
    return text
