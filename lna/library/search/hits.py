"""The publications on a page of results: two statements, however many there are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, case, literal, null, select, union_all

from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.search.highlight import Needles, Piece, marked, snippet
from lna.core.search.tree import Node
from lna.library.models import (
    Annotation,
    AnnotationParagraph,
    Creator,
    Name,
    Publication,
    PublicationTerm,
    PublicationTheme,
)
from lna.library.models.annotation import PUBLISHED
from lna.library.models.publication import COUNTRY, LANGUAGE
from lna.library.search.document import texts_of
from lna.themes.models import Theme

PUBLICATION, CREATOR, TERM, SUBJECT, THEME, REMARK, PARAGRAPH = (
    model.__table__.c
    for model in (
        Publication,
        Creator,
        PublicationTerm,
        PublicationTheme,
        Theme,
        Annotation,
        AnnotationParagraph,
    )
)
PLAIN = (
    "id", "key", "type", "title", "year", "date", "container", "publisher", "volume", "issue",
    "pages", "url", "access",
)  # fmt: skip
IDS: Any = bindparam("ids", expanding=True)

# Statements are made once: putting one together costs more than reading its rows.
READ = select(
    *(PUBLICATION[name] for name in PLAIN),
    # What not everybody may read is not even fetched.
    case((PUBLICATION.abstract_public, PUBLICATION.abstract), else_=null()).label("abstract"),
).where(PUBLICATION.id.in_(IDS))


def _part(kind: Any, of: Any, position: Any, *values: Any) -> Select[Any]:
    texts = [*values, *[literal("")] * (4 - len(values))]
    labels = "first", "second", "third", "fourth"
    named = (text.label(label) for text, label in zip(texts, labels, strict=True))
    return select(of.label("of"), kind.label("kind"), position.label("position"), *named).where(
        of.in_(IDS)
    )


READ_RELATED = union_all(
    _part(
        literal("creator"),
        CREATOR.publication_id,
        CREATOR.position,
        *(CREATOR.family, CREATOR.given, CREATOR.literal, CREATOR.role),
    ),
    _part(TERM.kind, TERM.publication_id, TERM.position, TERM.code).where(
        TERM.kind.in_([COUNTRY, LANGUAGE])
    ),
    _part(literal("theme"), SUBJECT.publication_id, THEME.position, THEME.code).join(
        Theme, THEME.id == SUBJECT.theme_id
    ),
    _part(
        literal("remark"),
        REMARK.publication_id,
        REMARK.number * 1000,
        *(REMARK.language, REMARK.research_basis, REMARK.overall_relevance),
    ).where(REMARK.state == PUBLISHED),
    _part(
        literal("paragraph"),
        REMARK.publication_id,
        REMARK.number * 1000 + 1 + PARAGRAPH.position,
        *(REMARK.language, PARAGRAPH.text),
    )
    .join(AnnotationParagraph, PARAGRAPH.annotation_id == REMARK.id)
    .where(REMARK.state == PUBLISHED),
).order_by("position")


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A publication as a list shows it.

    `title` and `snippet` come in pieces, each marked or not; nothing in them is escaped. The
    title is the original one unless the words are in another; without a search there is no
    snippet, and without a word in the texts it is their beginning.
    """

    id: int
    key: str
    type: str
    title: tuple[Piece, ...]
    title_language: str
    year: int | None
    date: str
    creators: tuple[Name, ...]
    container: str
    publisher: str
    volume: str
    issue: str
    pages: str
    url: str
    access: str
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    themes: tuple[str, ...]
    is_annotated: bool
    snippet: tuple[Piece, ...] = ()
    snippet_language: str = ""

    @property
    def full_title(self) -> str:
        return "".join(text for text, _is_hit in self.title)


def hits(ids: Sequence[int], tree: Node | None) -> list[Hit]:
    """The publications with these ids, in this order; one that is gone is left out."""
    if not ids:
        return []
    related: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in db.session.execute(READ_RELATED, {"ids": ids}).all():
        related[row.of][row.kind].append(row)
    needles = Needles(tree, "title"), Needles(tree)
    found = {
        row.id: _hit(row, related[row.id], *needles, searched=tree is not None)
        for row in db.session.execute(READ, {"ids": ids}).all()
    }
    return [found[number] for number in ids if number in found]


def _hit(
    row: Any,
    related: dict[str, list[Any]],
    in_title: Needles,
    in_texts: Needles,
    *,
    searched: bool,
) -> Hit:
    language, title = _best_title(row.title, in_title)
    texts = _texts(row.abstract, related) if searched else iter(())
    pieces, snippet_language = _best_snippet(texts, in_texts)
    plain = {name: value for name, value in row._mapping.items() if name in _KEPT}
    return Hit(
        **plain,
        title=title,
        title_language=language,
        creators=tuple(
            Name(family=each.first, given=each.second, literal=each.third, role=each.fourth)
            for each in related["creator"]
        ),
        languages=tuple(each.first for each in related[LANGUAGE]),
        countries=tuple(each.first for each in related[COUNTRY]),
        themes=tuple(each.first for each in related["theme"]),
        is_annotated=bool(related["remark"]),
        snippet=pieces,
        snippet_language=snippet_language,
    )


_KEPT = frozenset(PLAIN) - {"title"}


def _texts(
    abstract: Multilingual | None, related: dict[str, list[Any]]
) -> Iterator[tuple[str, str]]:
    """The texts everybody may read, with their language."""
    if abstract:
        yield from texts_of(abstract)
    for each in sorted(related["remark"] + related["paragraph"], key=lambda row: row.position):
        yield each.second, each.first
        yield each.third, each.first


def _best_title(title: Multilingual, needles: Needles) -> tuple[str, tuple[Piece, ...]]:
    """The original title; another one when only that has the words."""
    found = [(code, tuple(marked(text, needles))) for text, code in texts_of(title)]
    with_hits = (each for each in found if any(is_hit for _text, is_hit in each[1]))
    return next(with_hits, found[0] if found else ("", ()))


def _best_snippet(
    texts: Iterator[tuple[str, str]], needles: Needles
) -> tuple[tuple[Piece, ...], str]:
    """From the first text with a hit, else the beginning of the first text."""
    first: tuple[tuple[Piece, ...], str] = (), ""
    for text, language in texts:
        pieces = tuple(snippet(text, needles))
        if any(is_hit for _text, is_hit in pieces):
            return pieces, language
        first = first if first[0] else (pieces, language)
    return first
