"""Importing publications: preview first, nothing written before a yes, all of it one undo."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import insert

from lna.core import audit, clock
from lna.core.db import db
from lna.core.refusal import Refused
from lna.core.versions import raise_version
from lna.library import queries
from lna.library.actions.judging import Judge, Options, Verdict, prepared
from lna.library.actions.remarking import NewRemarks, insert_remarks, replace_remarks
from lna.library.actions.storing import New, announce, insert_publications, replace_details
from lna.library.importers import Broken, Entry
from lna.library.models import Details, Import, ImportEntry, Remarks, table_of
from lna.library.models.imports import BROKEN, CHANGED, DONE, DOUBTFUL, NEW, PREVIEW, SAME
from lna.library.models.publication import PUBLISHED
from lna.themes.actions import plant_themes
from lna.themes.models import KEY
from lna.themes.queries import themes_of_kind

BATCH = 500


@dataclass(frozen=True)
class Applied:
    """A verdict, the publication it is about now, and the version that one has now."""

    verdict: Verdict
    publication_id: int | None = None
    version: int | None = None


def preview_import(
    entries: Iterable[Entry | Broken], options: Options, *, filename: str, by_id: int | None
) -> Import:
    """Say what an import would do and keep the entries until somebody says yes.

    What the reader raises (Unreadable) passes through; the caller rolls back.
    """
    run = _begun(options, filename, by_id)
    judge = Judge()
    for batch in _batches(prepared(entries, options)):
        verdicts = judge.judge(batch)
        _count(run, verdicts)
        _report(run, [Applied(verdict, verdict.publication_id) for verdict in verdicts], kept=True)
    db.session.flush()
    return run


def confirm_import(run: Import, *, doubtful: Collection[int] = ()) -> None:
    """Do what the preview said; of the doubtful, enter those whose ids are given as new.

    Everything is judged again: what was entered by somebody else in between is not doubled.
    """
    if run.state != PREVIEW:
        raise Refused(_("This import was decided already."))
    raise_version("library")  # one writer of the library at a time
    run.counts = {SAME: run.counts.get(SAME, 0)}
    judge = Judge()
    last = 0
    while rows := queries.import_entries_after(run, last, BATCH):
        _confirm_rows(run, judge, rows, doubtful)
        last = rows[-1].id
    _finish(run)


def import_publications(
    entries: Iterable[Entry | Broken],
    options: Options,
    *,
    filename: str,
    by_id: int | None = None,
    progress: Callable[[int], None] = lambda count: None,
) -> Import:
    """Preview and yes in one: for the command line and for demo content.

    Doubtful entries are left out and reported. `progress` is told, batch by batch, how many
    entries were looked at.
    """
    run = _begun(options, filename, by_id)
    raise_version("library")
    judge = Judge()
    for batch in _batches(prepared(entries, options)):
        verdicts = judge.judge(batch)
        _count(run, verdicts)
        _report(run, _apply(run, verdicts), kept=False)
        progress(len(batch))
    _finish(run)
    return run


def discard_import(run: Import) -> None:
    """Forget a preview nobody wants; nothing was written."""
    if run.state != PREVIEW:
        raise Refused(_("This import was decided already."))
    db.session.delete(run)
    db.session.flush()


def _begun(options: Options, filename: str, by_id: int | None) -> Import:
    if not themes_of_kind(KEY):
        plant_themes()
    run = Import(filename=filename[:200], options=asdict(options), by_id=by_id)
    db.session.add(run)
    db.session.flush()
    return run


def _finish(run: Import) -> None:
    run.state, run.finished_at = DONE, clock.now()
    audit.record("publications imported", run)
    db.session.flush()


def _batches(entries: Iterable[Entry | Broken]) -> Iterator[list[Entry | Broken]]:
    source = iter(entries)
    while batch := list(islice(source, BATCH)):
        yield batch


def _count(run: Import, verdicts: Sequence[Verdict]) -> None:
    found = Counter(run.counts) + Counter(verdict.outcome for verdict in verdicts)
    run.counts = {what: found[what] for what in (NEW, CHANGED, SAME, DOUBTFUL, BROKEN)}


def _confirm_rows(
    run: Import, judge: Judge, rows: Sequence[ImportEntry], doubtful: Collection[int]
) -> None:
    kept = [(row, row.entry) for row in rows if row.entry is not None]
    verdicts = judge.judge([_entry(row.line, content) for row, content in kept])
    wanted = [
        replace(verdict, outcome=NEW, reason="")
        if verdict.outcome == DOUBTFUL and row.id in doubtful
        else verdict
        for (row, _content), verdict in zip(kept, verdicts, strict=True)
    ]
    for (row, _content), done in zip(kept, _apply(run, wanted), strict=True):
        row.outcome, row.reason = done.verdict.outcome, done.verdict.reason
        row.changes, row.entry = done.verdict.changes, None
        row.publication_id, row.version = done.publication_id, done.version
    broken = [Verdict(outcome=row.outcome, line=row.line) for row in rows if row.outcome == BROKEN]
    _count(run, wanted + broken)
    db.session.flush()


def _apply(run: Import, verdicts: Sequence[Verdict]) -> list[Applied]:
    """Write what is new and changed."""
    entries = [(v, v.entry) for v in verdicts if v.outcome == NEW and v.entry]
    added = insert_publications([_new(run, entry) for _verdict, entry in entries])
    ids = {verdict.line: number for (verdict, _entry), number in zip(entries, added, strict=True)}
    replace_details(
        {
            v.publication_id: v.details
            for v in verdicts
            if v.outcome == CHANGED and v.publication_id and v.details
        }
    )
    _apply_remarks(run, verdicts, ids)
    touched = [v.publication_id for v in verdicts if v.outcome == CHANGED and v.publication_id]
    announce([*added, *touched])
    versions = queries.versions_of_publications([*added, *touched])
    numbers = [ids.get(verdict.line, verdict.publication_id) for verdict in verdicts]
    return [
        Applied(verdict, number, versions.get(number or 0))
        for verdict, number in zip(verdicts, numbers, strict=True)
    ]


def _apply_remarks(run: Import, verdicts: Sequence[Verdict], added: dict[int, int]) -> None:
    news, replaced = [], {}
    for verdict in verdicts:
        number = added.get(verdict.line, verdict.publication_id)
        if (
            not verdict.annotates
            or number is None
            or not verdict.entry
            or not verdict.entry.remarks
        ):
            continue
        if verdict.replaces:
            replaced[verdict.replaces] = verdict.entry.remarks
        else:
            news.append(
                NewRemarks(
                    publication_id=number,
                    remarks=verdict.entry.remarks,
                    state=run.options["annotations"],
                    licence=run.options["licence"],
                    import_id=run.id,
                )
            )
    insert_remarks(news)
    replace_remarks(replaced)


def _new(run: Import, entry: Entry) -> New:
    return New(
        details=entry.details,
        flags=entry.problems,
        state=PUBLISHED,
        origin="import",
        abstract_public=run.options["abstracts_public"],
        import_id=run.id,
        by_id=run.by_id,
    )


def _report(run: Import, applied: Sequence[Applied], *, kept: bool) -> None:
    """Keep what became of each entry but the same ones, which are only counted."""
    rows = [
        {
            "import_id": run.id,
            "line": done.verdict.line,
            "outcome": done.verdict.outcome,
            "title": done.verdict.title[:300],
            "reason": done.verdict.reason,
            "raw": done.verdict.raw,
            "publication_id": done.publication_id,
            "version": done.version,
            "changes": done.verdict.changes,
            "entry": _content(done.verdict.entry) if kept and done.verdict.entry else None,
        }
        for done in applied
        if done.verdict.outcome != SAME
    ]
    if rows:
        db.session.execute(insert(table_of(ImportEntry)), rows)


def _content(entry: Entry) -> dict[str, Any]:
    return {
        "details": entry.details.to_json(),
        "remarks": entry.remarks.to_json() if entry.remarks else None,
        "problems": list(entry.problems),
    }


def _entry(line: int, content: dict[str, Any]) -> Entry:
    remarks = content["remarks"]
    return Entry(
        line=line,
        details=Details.from_json(content["details"]),
        remarks=Remarks.from_json(remarks) if remarks else None,
        problems=tuple(content["problems"]),
    )
