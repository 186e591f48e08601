"""Planting the themes of a fresh install, and changing them afterwards."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from lna.core import audit, clock
from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.core.refusal import Refused
from lna.core.versions import raise_version
from lna.themes import queries
from lna.themes.models import STRATEGY, Theme
from lna.themes.vocabulary import KEY_THEMES_OF, entries


@dataclass(frozen=True, kw_only=True)
class ChangeTheme:
    """What a coordinator may say about a theme; `key_themes` are codes."""

    name: Multilingual
    is_open: bool
    key_themes: tuple[str, ...] = ()


def plant_themes() -> int:
    """Add the themes of a fresh install that are not there; how many were added."""
    present = queries.themes_by_code()
    missing = [entry for entry in entries() if entry.code not in present]
    for place, entry in enumerate(missing, start=queries.next_position()):
        theme = Theme(
            code=entry.code,
            kind=entry.kind,
            name=Multilingual.of(entry.name),
            position=place,
            landportal_theme=entry.landportal_theme,
            landvoc=[concept for concept in entry.landvoc if concept],
        )
        db.session.add(theme)
    db.session.flush()
    for entry in missing:
        if entry.kind == STRATEGY:
            theme = queries.get_theme(entry.code)
            theme.key_themes = queries.themes_with(KEY_THEMES_OF[entry.code])
    db.session.flush()
    raise_version("themes")
    return len(missing)


def change_theme(theme: Theme, command: ChangeTheme) -> None:
    """Rename, close or open again, map anew; the code stays, so old links live on."""
    if not command.name:
        raise Refused(_("A theme needs a name."), field="name")
    audit.record("theme changed", theme, ["name", "closed_on", "key_themes"])
    theme.name = command.name
    if command.is_open:
        theme.closed_on = None
    elif theme.closed_on is None:
        theme.closed_on = clock.now().date()
    if theme.kind == STRATEGY:
        theme.key_themes = queries.themes_with(command.key_themes)
    raise_version("themes")


def add_theme(name: Multilingual, code: str) -> Theme:
    """A further theme of the strategy."""
    if code in queries.themes_by_code():
        raise Refused(_("There is a theme with this short name already."), field="code")
    theme = Theme(code=code, kind=STRATEGY, name=name, position=queries.next_position())
    db.session.add(theme)
    db.session.flush()
    audit.record("theme added", theme)
    raise_version("themes")
    return theme
