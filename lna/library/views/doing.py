"""One press of a button: do it, or say why not, and go on."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue

from lna.core.db import db
from lna.core.refusal import Refused


def carried_out(verb: Callable[[], object], words: str, address: str) -> ResponseReturnValue:
    """The page at `address`, with `words` when it was done and the reason when it was not."""
    try:
        verb()
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal), "warning")
    else:
        db.session.commit()
        flash(words, "success")
    return redirect(address, 303)
