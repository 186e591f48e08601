"""Publications as they are read: three statements, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from lna.accounts.models import User
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.library.models import (
    Annotation,
    AnnotationParagraph,
    Creator,
    Details,
    Identifier,
    Name,
    Publication,
    PublicationIdentifier,
    PublicationTerm,
    PublicationTheme,
    Record,
    Remarks,
)
from lna.library.models import annotation as annotations
from lna.themes.models import Theme

PUBLICATION, CREATOR, NUMBER, TERM, SUBJECT, REMARK, PARAGRAPH = (
    model.__table__.c
    for model in (
        Publication,
        Creator,
        PublicationIdentifier,
        PublicationTerm,
        PublicationTheme,
        Annotation,
        AnnotationParagraph,
    )
)
PLAIN = (
    "type", "title", "date", "container", "publisher", "place", "volume", "issue", "pages",
    "edition", "abstract", "url", "access", "status", "licence", "note",
)  # fmt: skip
"""Fields of `Details` that are columns of the publication itself."""


@dataclass(frozen=True, kw_only=True)
class AnnotationRow:
    """An annotation with who wrote it and where it stands."""

    id: int
    publication_id: int
    number: int
    state: str
    remarks: Remarks
    annotator_id: int | None
    reviewer_name: str
    licence: str
    import_id: int | None
    changed_at: datetime
    published_at: datetime | None
    version: int


@dataclass(frozen=True, kw_only=True)
class PublicationRow:
    """A publication with everything a page says about it.

    `annotations` are in their order; the published ones only, unless all were asked for.
    """

    id: int
    key: str
    state: str
    version: int
    details: Details
    abstract_public: bool
    flags: tuple[str, ...]
    origin: str
    changed_at: datetime
    published_at: datetime | None
    annotations: tuple[AnnotationRow, ...] = ()

    @property
    def is_public(self) -> bool:
        return self.state == "published"

    def record(self, address: str, *, may_read_abstract: bool) -> Record:
        """What may leave the house: without an abstract this reader may not see, or a note."""
        kept = self.details.abstract if may_read_abstract else Multilingual()
        shown = replace(self.details, abstract=kept, note="")
        remarks = tuple(each.remarks for each in self.annotations if each.state == "published")
        return Record(key=self.key, details=shown, remarks=remarks, address=address)


def publication_rows(ids: Sequence[int], *, all_annotations: bool = False) -> list[PublicationRow]:
    """The publications with these ids, in this order; a missing one is left out."""
    if not ids:
        return []
    related = _relations(ids)
    remarks = annotations_of(ids, every=all_annotations)
    found = {
        row.id: _row(row, related[row.id], tuple(remarks.get(row.id, ())))
        for row in db.session.execute(select(Publication.__table__).where(PUBLICATION.id.in_(ids)))
    }
    return [found[number] for number in ids if number in found]


def details_of(ids: Sequence[int]) -> dict[int, Details]:
    """What is known about publications by id, for comparing; two statements."""
    if not ids:
        return {}
    related = _relations(ids)
    rows = db.session.execute(select(Publication.__table__).where(PUBLICATION.id.in_(ids)))
    return {row.id: _details(row, related[row.id]) for row in rows}


def _row(
    row: Any, related: dict[str, list[Any]], remarks: tuple[AnnotationRow, ...]
) -> PublicationRow:
    return PublicationRow(
        id=row.id,
        key=row.key,
        state=row.state,
        version=row.version,
        details=_details(row, related),
        abstract_public=row.abstract_public,
        flags=tuple(row.flags),
        origin=row.origin,
        changed_at=row.changed_at,
        published_at=row.published_at,
        annotations=remarks,
    )


def _details(row: Any, related: dict[str, list[Any]]) -> Details:
    def codes(kind: str) -> tuple[str, ...]:
        return tuple(each.first for each in related[kind])

    return Details(
        **{name: getattr(row, name) for name in PLAIN},
        creators=tuple(
            Name(role=r.first, family=r.second, given=r.third, literal=r.fourth, original=r.fifth)
            for r in related["creator"]
        ),
        identifiers=tuple(Identifier(r.first, r.second) for r in related["identifier"]),
        languages=codes("language"),
        countries=codes("country"),
        themes=codes("theme"),
        keywords=codes("keyword"),
        classes=codes("class"),
    )


def _relations(ids: Sequence[int]) -> dict[int, dict[str, list[Any]]]:
    """Creators, numbers, terms and themes of publications: by id, by kind, in their order."""
    empty = literal("")

    def part(table: Any, kind: Any, position: Any, *values: Any) -> Select[Any]:
        columns = (*values, *[empty] * (5 - len(values)))
        names = ("first", "second", "third", "fourth", "fifth")
        labelled = [column.label(name) for column, name in zip(columns, names, strict=True)]
        return select(
            table.publication_id, kind.label("kind"), position.label("position"), *labelled
        ).where(table.publication_id.in_(ids))

    every = union_all(
        part(
            CREATOR,
            literal("creator"),
            CREATOR.position,
            CREATOR.role,
            CREATOR.family,
            CREATOR.given,
            CREATOR.literal,
            CREATOR.original,
        ),
        part(NUMBER, literal("identifier"), NUMBER.position, NUMBER.kind, NUMBER.value),
        part(TERM, TERM.kind, TERM.position, TERM.code),
        part(SUBJECT, literal("theme"), Theme.position, Theme.code).join_from(
            PublicationTheme, Theme, SUBJECT.theme_id == Theme.id
        ),
    ).order_by("position")
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in db.session.execute(every):
        found[row.publication_id][row.kind].append(row)
    return found


def annotations_of(ids: Sequence[int], *, every: bool = True) -> dict[int, list[AnnotationRow]]:
    """Annotations of publications by their id, in their order; one statement."""
    if not ids:
        return {}
    found = (
        select(Annotation.__table__, PARAGRAPH.text, Theme.code, User.name.label("reviewer"))
        .join_from(
            Annotation, AnnotationParagraph, PARAGRAPH.annotation_id == REMARK.id, isouter=True
        )
        .join(Theme, Theme.id == PARAGRAPH.theme_id, isouter=True)
        .join(User, User.id == REMARK.reviewer_id, isouter=True)
        .where(REMARK.publication_id.in_(ids))
        .order_by(REMARK.publication_id, REMARK.number, PARAGRAPH.position)
    )
    if not every:
        found = found.where(REMARK.state == annotations.PUBLISHED)
    by_publication: dict[int, list[AnnotationRow]] = defaultdict(list)
    for rows in _grouped(db.session.execute(found)):
        by_publication[rows[0].publication_id].append(_annotation(rows))
    return by_publication


def _grouped(rows: Iterable[Any]) -> Iterable[list[Any]]:
    together: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        together[row.id].append(row)
    return together.values()


def _annotation(rows: list[Any]) -> AnnotationRow:
    first = rows[0]
    return AnnotationRow(
        id=first.id,
        publication_id=first.publication_id,
        number=first.number,
        state=first.state,
        remarks=Remarks(
            citation=first.citation,
            research_basis=first.research_basis,
            overall_relevance=first.overall_relevance,
            by_theme=tuple((row.code, row.text) for row in rows if row.code),
            annotator=first.annotator_name,
            language=first.language,
        ),
        annotator_id=first.annotator_id,
        reviewer_name=first.reviewer or "",
        licence=first.licence,
        import_id=first.import_id,
        changed_at=first.changed_at,
        published_at=first.published_at,
        version=first.version,
    )
