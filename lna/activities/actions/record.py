"""What every change of an activity leaves behind: versions, search words, calendar, audit line."""

from collections.abc import Callable, Iterable

from sqlalchemy import select

from lna.activities import feeds
from lna.activities.models import Activity
from lna.core import audit, clock
from lna.core.db import db
from lna.core.search.tokens import terms
from lna.core.versions import raise_version
from lna.core.vocabulary import provinces

TOPIC = "activities"
Watcher = Callable[[Activity, frozenset[str]], None]
watchers: list[Watcher] = []
"""Called after each change, in its transaction, with the names of the fields that changed.

Features above add theirs: a raised `capacity` frees seats, a changed `stage` or `starts_at` is
news to participants. A watcher flushes, it does not commit.
"""


def lock(activity: Activity) -> None:
    """Be the only writer of this activity until the transaction ends, and read it afresh.

    However it was loaded: `refresh` would repeat its outer joins, which PostgreSQL cannot lock.
    """
    row = select(Activity).where(Activity.id == activity.id).with_for_update()
    db.session.scalars(row, execution_options={"populate_existing": True}).one()


def changed(action: str, activity: Activity, fields: Iterable[str]) -> None:
    """Everything that depends on an activity follows its change."""
    names = frozenset(fields)
    activity.changed_at = clock.now()
    activity.search_text = search_words(activity)
    db.session.flush()
    raise_version(TOPIC)
    audit.record(action, activity, names)
    feeds.keep(activity)
    for watcher in watchers:
        watcher(activity, names)


def search_words(activity: Activity) -> str:
    """Titles, summaries and public places in all languages, as the search's tokens."""
    known = provinces()
    texts = [*activity.title.texts.values(), *activity.summary.texts.values()]
    for place in activity.places:
        if province := known.get(place.province):
            texts += [province.name, province.native]
        if place.is_public:
            texts += [place.town, place.venue]
    return " ".join(term for text in texts for term in terms(text))
