"""The one error a rule may raise: a sentence for the person, perhaps about a field."""

from flask_babel import LazyString


class Refused(Exception):
    """The domain says no. `field` names the form field the sentence belongs beside."""

    def __init__(self, reason: str | LazyString, field: str | None = None) -> None:
        super().__init__(str(reason))
        self.reason, self.field = reason, field
