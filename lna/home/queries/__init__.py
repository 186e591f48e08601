"""What the front page, one's own page and the board compose from the features."""

from lna.home.queries.board import Task, tasks_of
from lna.home.queries.everything import Everything, everything
from lna.home.queries.front import countries_of_coming, newest_publications, places_of, upcoming

__all__ = [
    "Everything",
    "everything",
    "Task",
    "countries_of_coming",
    "newest_publications",
    "places_of",
    "tasks_of",
    "upcoming",
]
