"""Writing the text of annotations: one or many by the same few statements."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from lna.core import clock
from lna.core.db import db
from lna.library.models import Annotation, AnnotationParagraph, Remarks, table_of
from lna.library.models.annotation import DRAFT, PUBLISHED
from lna.themes.queries import themes_by_code


@dataclass(frozen=True, kw_only=True)
class NewRemarks:
    """An annotation to be added and under which circumstances."""

    publication_id: int
    remarks: Remarks
    state: str = DRAFT
    annotator_id: int | None = None
    licence: str = ""
    import_id: int | None = None


def insert_remarks(news: Sequence[NewRemarks]) -> list[int]:
    """Add annotations, each with the next number of its publication; their ids in order."""
    if not news:
        return []
    now, numbers = clock.now(), _last_numbers({new.publication_id for new in news})
    rows: list[dict[str, Any]] = []
    for new in news:
        numbers[new.publication_id] += 1
        rows.append(
            {name: value for name, value in vars(new).items() if name != "remarks"}
            | _columns(new.remarks)
            | {"number": numbers[new.publication_id], "created_at": now, "changed_at": now}
            | {"published_at": now if new.state == PUBLISHED else None, "version": 1}
        )
    db.session.execute(insert(table_of(Annotation)), rows)
    ids = _ids([(row["publication_id"], row["number"]) for row in rows])
    _insert_paragraphs({number: new.remarks for number, new in zip(ids, news, strict=True)})
    return ids


def replace_remarks(wanted: dict[int, Remarks]) -> None:
    """Let annotations say something else, by id; each becomes one version newer."""
    if not wanted:
        return
    now = clock.now()
    for number, remarks in wanted.items():
        db.session.execute(
            update(Annotation)
            .where(Annotation.id == number)
            .values(**_columns(remarks), changed_at=now, version=Annotation.version + 1)
            .execution_options(synchronize_session="fetch")
        )
    old = AnnotationParagraph.annotation_id.in_(wanted)
    db.session.execute(delete(AnnotationParagraph).where(old))
    _insert_paragraphs(wanted)


def _ids(wanted: Sequence[tuple[int, int]]) -> list[int]:
    """The ids of annotations by publication and number, in this order."""
    columns = Annotation.publication_id, Annotation.number, Annotation.id
    here = Annotation.publication_id.in_({publication for publication, _number in wanted})
    found = {(one, two): id_ for one, two, id_ in db.session.execute(select(*columns).where(here))}
    return [found[pair] for pair in wanted]


def _columns(remarks: Remarks) -> dict[str, str]:
    return {
        "citation": remarks.citation,
        "research_basis": remarks.research_basis,
        "overall_relevance": remarks.overall_relevance,
        "annotator_name": remarks.annotator,
        "language": remarks.language,
    }


def _last_numbers(ids: set[int]) -> dict[int, int]:
    last = (
        select(Annotation.publication_id, func.max(Annotation.number))
        .where(Annotation.publication_id.in_(ids))
        .group_by(Annotation.publication_id)
    )
    return defaultdict(int, dict(db.session.execute(last).tuples().all()))


def _insert_paragraphs(wanted: dict[int, Remarks]) -> None:
    themes = themes_by_code()
    rows = [
        {"annotation_id": number, "theme_id": themes[code].id, "text": text, "position": at}
        for number, remarks in wanted.items()
        for at, (code, text) in enumerate(remarks.by_theme)
        if code in themes
    ]
    if rows:
        db.session.execute(insert(table_of(AnnotationParagraph)), rows)
