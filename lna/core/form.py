"""What every form can do beyond WTForms."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from lna.core.refusal import Refused
from lna.core.typed_text import clean


class Form(FlaskForm):
    """A form whose text is cleaned as it comes in and that shows a refusal at its field."""

    class Meta(FlaskForm.Meta):
        def bind_field(self, form: Any, unbound: Any, options: dict[str, Any]) -> Field:
            """Every field first loses white space at the ends and what cannot be stored."""
            given = unbound.kwargs.get("filters", ())
            return unbound.bind(form=form, **options | {"filters": (clean, *given)})

    def refuse(self, refusal: Refused) -> None:
        """Show a rule's refusal where the person will look for it."""
        if refusal.field and refusal.field in self:
            field = self[refusal.field]
            field.errors = [*field.errors, refusal.reason]
        else:
            self.form_errors.append(refusal.reason)

    @property
    def status(self) -> int:
        return 422 if self.errors else 200
