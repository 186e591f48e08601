"""Names of themes, groups, networks and organisers: reference tables, read whole and kept."""

from dataclasses import dataclass, field

from sqlalchemy import select

from lna.core.db import db
from lna.core.multilingual import Multilingual
from lna.partners.models import Organisation
from lna.themes.models import Theme

_theme = Theme.__table__.c
_organisation = Organisation.__table__.c
THEMES = select(_theme.id, _theme.code, _theme.name).order_by(_theme.position, _theme.id)
ORGANISATIONS = (
    select(_organisation.id, _organisation.slug, _organisation.name, _organisation.kind)
    .where(_organisation.is_public)
    .order_by(_organisation.id)
)


@dataclass(frozen=True, slots=True)
class Named:
    """Something another page is about: its code in addresses, and what it is called."""

    code: str
    name: Multilingual
    kind: str = ""


@dataclass(frozen=True)
class Names:
    """Themes and public organisations by row id; what is not public has no name here."""

    themes: dict[int, Named] = field(default_factory=dict)
    organisations: dict[int, Named] = field(default_factory=dict)

    def theme(self, code: str) -> Named | None:
        return next((each for each in self.themes.values() if each.code == code), None)

    def organisation(self, slug: str) -> Named | None:
        return next((each for each in self.organisations.values() if each.code == slug), None)


def read_names() -> Names:
    """All of them, in two statements."""
    themes = {row.id: Named(row.code, row.name) for row in db.session.execute(THEMES)}
    organisations = {
        row.id: Named(row.slug, row.name, row.kind) for row in db.session.execute(ORGANISATIONS)
    }
    return Names(themes, organisations)
