"""What we say to calendar applications: the feeds, and how to subscribe to them."""

from lna.calendars.feeds.feed import PAST, Feed, first_day_shown
from lna.calendars.feeds.programme import of_activity, of_choice
from lna.calendars.feeds.subscription import (
    Choice,
    Subscription,
    choices,
    chosen,
    further,
    ready_made,
)

__all__ = [
    "PAST",
    "Choice",
    "Feed",
    "Subscription",
    "choices",
    "chosen",
    "first_day_shown",
    "further",
    "of_activity",
    "of_choice",
    "ready_made",
]
