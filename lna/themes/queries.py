"""Reading themes: a small table, kept in memory while it does not change."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.page import caches
from lna.core.versions import versions_of
from lna.themes.models import Theme, theme_mapping


@dataclass(frozen=True)
class ThemeRow:
    """A theme as pages need it. `key_codes` are the key themes it maps to."""

    id: int
    code: str
    kind: str
    name: Multilingual
    is_open: bool
    key_codes: tuple[str, ...]


def themes_by_id() -> dict[int, ThemeRow]:
    """Every theme in the order it is shown."""
    version = versions_of("themes")
    kept = caches().get("themes")
    if kept is None or kept[0] != version:
        kept = caches()["themes"] = (version, _read())
    found: dict[int, ThemeRow] = kept[1]
    return found


def themes_by_code() -> dict[str, ThemeRow]:
    return {theme.code: theme for theme in themes_by_id().values()}


def themes_of_kind(kind: str) -> list[ThemeRow]:
    return [theme for theme in themes_by_id().values() if theme.kind == kind]


def get_theme(code: str) -> Theme:
    """The theme with its mapping, or NoResultFound."""
    found = select(Theme).where(Theme.code == code).options(selectinload(Theme.key_themes))
    return db.session.scalars(found).one()


def themes_with(codes: Iterable[str]) -> list[Theme]:
    """The themes with these codes, for writing."""
    wanted = select(Theme).where(Theme.code.in_(codes)).order_by(Theme.position)
    return list(db.session.scalars(wanted))


def themes_with_ids(ids: Iterable[int]) -> list[Theme]:
    """The themes with these ids, for writing."""
    wanted = select(Theme).where(Theme.id.in_(ids)).order_by(Theme.position)
    return list(db.session.scalars(wanted))


def next_position() -> int:
    return (db.session.scalar(select(func.max(Theme.position))) or 0) + 1


def _read() -> dict[int, ThemeRow]:
    today = clock.now().date()
    columns = Theme.__table__.c
    found = db.session.execute(select(Theme.__table__).order_by(columns.position)).all()
    codes = {row.id: row.code for row in found}
    mapped: dict[int, list[str]] = {}
    for theme, key in db.session.execute(select(theme_mapping)):
        mapped.setdefault(theme, []).append(codes[key])
    return {
        row.id: ThemeRow(
            row.id,
            row.code,
            row.kind,
            row.name,
            row.closed_on is None or today < row.closed_on,
            tuple(sorted(mapped.get(row.id, ()))),
        )
        for row in found
    }
