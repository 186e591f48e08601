"""Text about activities in, commands out."""

from lna.activities.forms.decisions import (
    CancelForm,
    CopyForm,
    MoveForm,
    RestoreForm,
    SendBackForm,
)
from lna.activities.forms.outline import OutlineForm

__all__ = [
    "CancelForm",
    "CopyForm",
    "MoveForm",
    "OutlineForm",
    "RestoreForm",
    "SendBackForm",
]
