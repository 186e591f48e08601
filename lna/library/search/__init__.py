"""Searching the library: words in any of its languages, filters with exact counts."""

from lna.library.search.catalogue import number_not_indexed
from lna.library.search.hits import Hit
from lna.library.search.labels import Label
from lna.library.search.results import Results, choices, found_ids, search

__all__ = ["Hit", "Label", "Results", "choices", "found_ids", "number_not_indexed", "search"]
