"""Themes: nine of the strategy, fourteen key themes of the library, mapped to each other."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lna.core.db import Model
from lna.core.multilingual import Multilingual
from lna.themes import vocabulary

STRATEGY, KEY = vocabulary.STRATEGY, vocabulary.KEY

theme_mapping = Table(
    "theme_mapping",
    Model.metadata,
    Column("theme_id", ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True),
    Column("key_theme_id", ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True),
)


class Theme(Model):
    """A subject. `code` stands in addresses and never changes; the name may."""

    __tablename__ = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[Multilingual]
    position: Mapped[int] = mapped_column(default=0)
    landportal_theme: Mapped[str] = mapped_column(default="")
    landvoc: Mapped[list[str]] = mapped_column(default=list)
    closed_on: Mapped[date | None]

    key_themes: Mapped[list["Theme"]] = relationship(
        secondary=theme_mapping,
        primaryjoin=lambda: Theme.id == theme_mapping.c.theme_id,
        secondaryjoin=lambda: Theme.id == theme_mapping.c.key_theme_id,
        order_by=lambda: Theme.position,
    )
