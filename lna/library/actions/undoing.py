"""Undoing an import: what nobody has touched since goes back to what it was."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from lna.core import audit
from lna.core.db import db
from lna.core.refusal import Refused
from lna.core.versions import raise_version
from lna.library import queries
from lna.library.actions.comparing import replaced_by
from lna.library.actions.remarking import replace_remarks
from lna.library.actions.storing import announce, replace_details
from lna.library.models import Annotation, Details, Import, ImportEntry, Publication, Remarks
from lna.library.models.imports import CHANGED, DONE, NEW, UNDONE
from lna.library.queries.rows import AnnotationRow, annotations_of, details_of

BATCH = 500


def undo_import(run: Import) -> int:
    """Take an import back; the number of publications that stay because of later work on them."""
    if run.state != DONE:
        raise Refused(_("Only an import that was done can be undone."))
    raise_version("library")
    last = kept = 0
    while rows := queries.import_entries_after(run, last, BATCH):
        kept += _undo_rows(run, rows)
        last = rows[-1].id
    run.state = UNDONE
    run.counts = run.counts | {"kept": kept}
    audit.record("import undone", run)
    db.session.flush()
    return kept


def _undo_rows(run: Import, rows: Sequence[ImportEntry]) -> int:
    touched = {
        row.publication_id: row
        for row in rows
        if row.publication_id and row.outcome in {NEW, CHANGED}
    }
    versions = queries.versions_of_publications(list(touched))
    annotations = annotations_of(list(touched))
    untouched = {
        number: row
        for number, row in touched.items()
        if versions.get(number) == row.version
        and not _worked_on(run, row, annotations.get(number, ()))
    }
    new = [number for number, row in untouched.items() if row.outcome == NEW]
    changed = {number: row.changes for number, row in untouched.items() if row.outcome == CHANGED}
    _restore_remarks(changed, annotations)
    _restore_details(changed)
    ours = Annotation.import_id == run.id, Annotation.publication_id.in_(untouched)
    db.session.execute(delete(Annotation).where(*ours))
    db.session.execute(delete(Publication).where(Publication.id.in_(new)))
    announce([*new, *changed])
    return len(touched) - len(untouched)


def _worked_on(run: Import, row: ImportEntry, annotations: Sequence[AnnotationRow]) -> bool:
    """Whether somebody annotated a publication this import added, or changed its annotation."""
    ours = [each for each in annotations if each.import_id == run.id]
    others = row.outcome == NEW and len(ours) < len(annotations)
    return others or any(each.version > 1 for each in ours)


def _restore_details(changed: dict[int, dict[str, Any]]) -> None:
    present = details_of(list(changed))
    before = {}
    for number, changes in changed.items():
        old = {name: pair[0] for name, pair in changes.items() if name != "annotation"}
        if old:
            before[number] = Details.from_json(present[number].to_json() | old)
    replace_details(before)


def _restore_remarks(
    changed: dict[int, dict[str, Any]], annotations: dict[int, list[AnnotationRow]]
) -> None:
    """Give back the texts of annotations that the import replaced."""
    before = {}
    for number, changes in changed.items():
        old, new = changes.get("annotation", (None, None))
        row = replaced_by(Remarks.from_json(new), annotations.get(number, ())) if old else None
        if row:
            before[row.id] = Remarks.from_json(old)
    replace_remarks(before)
