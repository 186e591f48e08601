"""Whether an entry of a file is new, changed, the same, doubtful or broken, and why."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _

from lna.library.actions import matching
from lna.library.actions.comparing import as_json, differences, merged, replaced_by, same_remarks
from lna.library.actions.matching import Marks
from lna.library.importers import Broken, Entry
from lna.library.models import Details, Identifier
from lna.library.models.imports import BROKEN, CHANGED, DOUBTFUL, NEW, SAME
from lna.library.queries.matching import Candidates, Known, candidates
from lna.library.queries.rows import AnnotationRow, annotations_of, details_of


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a file is imported.

    `source` names where its numbers come from; `language` is that of publications for which
    the file names none; abstracts are the publishers' text and stay with editors and
    annotators unless said otherwise; `annotations` is the state annotations get.
    """

    source: str = "mlrf"
    language: str = "en"
    licence: str = ""
    abstracts_public: bool = False
    annotations: str = "published"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What an entry is. `changes` pairs, as JSON, what is here with what it becomes, by field.

    `details` is what the publication becomes, None where nothing changes in it; `replaces` is
    the annotation in whose place the entry's own comes, `annotates` whether it comes at all.
    """

    outcome: str
    line: int
    entry: Entry | None = None
    publication_id: int | None = None
    reason: str = ""
    raw: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    details: Details | None = None
    annotates: bool = False
    replaces: int | None = None

    @property
    def title(self) -> str:
        return str(self.entry.details.title) if self.entry else ""


def prepared(entries: Iterable[Entry | Broken], options: Options) -> Iterator[Entry | Broken]:
    """The entries with what the options add to them."""
    for entry in entries:
        if isinstance(entry, Entry):
            yield replace(entry, details=_completed(entry.details, options))
        else:
            yield entry


def _completed(details: Details, options: Options) -> Details:
    numbers = tuple(
        Identifier("source", f"{options.source}:{n.value}") if n.kind == "source" else n
        for n in details.identifiers
    )
    return replace(
        details,
        identifiers=numbers,
        languages=details.languages or tuple(filter(None, [options.language])),
        licence=details.licence or options.licence,
    )


class Judge:
    """Judges the entries of one file in batches, remembering what came before in it."""

    def __init__(self) -> None:
        self.earlier: Candidates = matching.no_candidates()
        self.matched: dict[int, int] = {}

    def judge(self, batch: Sequence[Entry | Broken]) -> list[Verdict]:
        """A verdict for each, in their order; the number of statements is that of one entry."""
        entries = {each.line: each for each in batch if isinstance(each, Entry)}
        marks = {line: Marks.of(entry.details) for line, entry in entries.items()}
        here = candidates(
            {each.doi for each in marks.values() if each.doi},
            {each.source for each in marks.values() if each.source},
            {each.title for each in marks.values()},
        )
        found = {line: self._found(line, marks[line], here) for line in entries}
        ids = [each.id for each in found.values() if isinstance(each, Known)]
        details, remarks = details_of(ids), annotations_of(ids)
        verdicts = []
        for each in batch:
            match = found.get(each.line, "")
            if isinstance(each, Broken):
                verdicts.append(_broken(each))
            elif isinstance(match, Known):
                rows = remarks.get(match.id, [])
                verdicts.append(_compared(entries[each.line], match.id, details[match.id], rows))
            else:
                verdicts.append(_unmatched(entries[each.line], match))
        return verdicts

    def _found(self, line: int, marks: Marks, here: Candidates) -> Known | str:
        """The publication an entry is, a sentence of doubt, or empty when it is new."""
        earlier, found = matching.find(marks, self.earlier), matching.find(marks, here)
        before = -earlier.id if isinstance(earlier, Known) else None
        if isinstance(found, Known):
            before = self.matched.setdefault(found.id, line) if before is None else before
        matching.remember(marks, line, self.earlier)
        if before is not None and before != line:
            return str(_("Line %(line)s of this file is the same publication.", line=before))
        return found


def _broken(entry: Broken) -> Verdict:
    return Verdict(outcome=BROKEN, line=entry.line, reason=str(entry.reason), raw=entry.raw)


def _unmatched(entry: Entry, doubt: str) -> Verdict:
    return Verdict(
        outcome=DOUBTFUL if doubt else NEW,
        line=entry.line,
        entry=entry,
        reason=doubt,
        details=entry.details,
        annotates=entry.remarks is not None,
    )


def _compared(
    entry: Entry, number: int, here: Details, annotations: Sequence[AnnotationRow]
) -> Verdict:
    fields = differences(here, entry.details)
    changes: dict[str, Any] = as_json(fields, here)
    remarks, old = entry.remarks, None
    if remarks and any(same_remarks(row.remarks, remarks) for row in annotations):
        remarks = None
    if remarks:
        old = replaced_by(remarks, annotations)
        before = old.remarks.to_json() if old else None
        changes["annotation"] = [before, remarks.to_json()]
    return Verdict(
        outcome=CHANGED if changes else SAME,
        line=entry.line,
        entry=entry,
        publication_id=number,
        changes=changes,
        details=merged(here, fields) if fields else None,
        annotates=remarks is not None,
        replaces=old.id if old else None,
    )
