"""Activities that are in the calendar."""

from typing import Any

from lna.activities import feeds
from lna.activities.models import Activity
from lna.core.db import db
from lna.core.versions import raise_version
from tests.factories import make_activity


def make_dated(*countries: str, **fields: Any) -> Activity:
    """A public activity with its entry, committed."""
    return kept(make_activity(countries or ("KH",), **fields))


def kept(activity: Activity) -> Activity:
    """What every action does with a changed activity before the view commits."""
    db.session.flush()
    feeds.keep(activity)
    raise_version("activities")
    db.session.commit()
    return activity
