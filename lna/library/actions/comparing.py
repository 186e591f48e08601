"""What an entry of a file says differently, field by field; silence changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lna.library.models import Details, Remarks
from lna.library.queries.rows import AnnotationRow

UNORDERED = {"languages", "countries", "themes", "keywords", "classes"}
SAYS_NOTHING = {"access": "unspecified"}


def differences(here: Details, comes: Details) -> dict[str, tuple[Any, Any]]:
    """Each field in which something else comes, with what is here and what it becomes.

    A field the file is silent about stays; numbers are added to those here.
    """
    found = {}
    for name, new in vars(comes).items():
        old = getattr(here, name)
        if name == "identifiers":
            new = (*old, *(number for number in new if number not in old))
        if name in UNORDERED and set(old) == set(new):
            continue
        if new and new != old and new != SAYS_NOTHING.get(name):
            found[name] = (old, new)
    return found


def merged(here: Details, changes: dict[str, tuple[Any, Any]]) -> Details:
    """The details after the changes."""
    return replace(here, **{name: new for name, (_, new) in changes.items()})


def as_json(changes: dict[str, tuple[Any, Any]], here: Details) -> dict[str, list[Any]]:
    """The changes as they are kept with the import."""
    before, after = here.to_json(), merged(here, changes).to_json()
    return {name: [before[name], after[name]] for name in changes}


def same_remarks(one: Remarks, other: Remarks) -> bool:
    """Whether two annotations say the same; the order of themes and the citation do not count."""
    return (one.research_basis, one.overall_relevance, dict(one.by_theme), one.annotator) == (
        other.research_basis,
        other.overall_relevance,
        dict(other.by_theme),
        other.annotator,
    )


def replaced_by(remarks: Remarks, here: Sequence[AnnotationRow]) -> AnnotationRow | None:
    """The annotation of the same source and annotator that a new text takes the place of."""
    for row in here:
        if row.annotator_id is None and row.remarks.annotator == remarks.annotator:
            return row
    return None
