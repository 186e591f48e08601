"""Organisations and people, who belongs where, and what people agreed to."""

from datetime import date, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lna.accounts.models import User
from lna.core import clock
from lna.core.db import Model
from lna.core.multilingual import Multilingual
from lna.themes.models import Theme

PURPOSES = {
    "processing": _("We keep the data and use them for the activities"),
    "photo": _("Photos in which the person can be recognised"),
    "participants_list": _("The name on the list of participants, for participants"),
    "follow_up": _("Being written to after an activity"),
}
"""What people agree to, each apart, with the words they are asked in."""
CONSENT_TEXT = "2026-11"
"""The version of these words; a new wording gets a new one."""
ORGANISATION, NETWORK, GROUP = "organisation", "network", "group"

organisation_theme = Table(
    "organisation_theme",
    Model.metadata,
    Column("organisation_id", ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True),
    Column("theme_id", ForeignKey(Theme.id, ondelete="CASCADE"), primary_key=True),
)


class Organisation(Model):
    """An organisation, an existing network (M13), or a thematic group, told apart by `kind`.

    `countries` are where it works. What is not `is_public` is seen by staff only.
    `likeness` is its names and acronym, normalised, for the look-alike hint.
    """

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(default=ORGANISATION)
    name: Mapped[Multilingual]
    acronym: Mapped[str] = mapped_column(default="")
    actor_group: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    countries: Mapped[list[str]] = mapped_column(default=list)
    website: Mapped[str] = mapped_column(default="")
    about: Mapped[Multilingual] = mapped_column(default=Multilingual)
    is_public: Mapped[bool] = mapped_column(default=True)
    likeness: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    themes: Mapped[list[Theme]] = relationship(
        secondary=organisation_theme, order_by=Theme.position
    )
    members: Mapped[list["Membership"]] = relationship(
        back_populates="network",
        foreign_keys="Membership.network_id",
        cascade="all, delete-orphan",
    )


class Membership(Model):
    """An organisation in a network or group, from a day until another."""

    __tablename__ = "membership"

    network_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), primary_key=True
    )
    member_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[date | None]
    until: Mapped[date | None]

    network: Mapped[Organisation] = relationship(back_populates="members", foreign_keys=network_id)
    member: Mapped[Organisation] = relationship(foreign_keys=member_id)


class Person(Model):
    """Somebody of the register, with or without an account.

    `name` is one field, as the person writes it; `latin_name` as in the passport.
    E-mail (folded to lower case) and phone (E.164) may both be missing.
    """

    __tablename__ = "person"
    __table_args__ = (Index(None, "email"), Index(None, "phone"))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey(User.id, ondelete="SET NULL"), unique=True
    )
    name: Mapped[str]
    latin_name: Mapped[str] = mapped_column(default="")
    address_as: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    country: Mapped[str] = mapped_column(default="")
    actor_group: Mapped[str] = mapped_column(default="")
    sex: Mapped[str] = mapped_column(default="")
    age_band: Mapped[str] = mapped_column(default="")
    likeness: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    erased_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()
    affiliations: Mapped[list["Affiliation"]] = relationship(
        back_populates="person",
        cascade="all, delete-orphan",
        order_by="Affiliation.since.desc().nulls_first()",
    )
    consents: Mapped[list["Consent"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", order_by="Consent.given_at"
    )


class Affiliation(Model):
    """A person in an organisation, from a day until another, in a position."""

    __tablename__ = "affiliation"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    position: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None]
    until: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="affiliations")
    organisation: Mapped[Organisation] = relationship()


class Consent(Model):
    """One purpose a person agreed to: which text, in which language, when; perhaps withdrawn."""

    __tablename__ = "consent"
    __table_args__ = (CheckConstraint("purpose <> ''", name="purpose_named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id, ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    text_version: Mapped[str]
    language: Mapped[str]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="consents")
