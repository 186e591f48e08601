"""An activity and everything that is said about it."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lna.accounts.models import User
from lna.activities.models.stages import Stage, StageChange
from lna.core import clock
from lna.core.db import Model
from lna.core.multilingual import Multilingual
from lna.partners.models import Organisation
from lna.themes.models import Theme

activity_theme = Table(
    "activity_theme",
    Model.metadata,
    Column("activity_id", ForeignKey("activity.id", ondelete="CASCADE"), primary_key=True),
    Column("theme_id", ForeignKey(Theme.id, ondelete="CASCADE"), primary_key=True, index=True),
)


def new_uid() -> str:
    """A bare UUID for calendars: no host name in it (RFC 7986, section 5.3)."""
    return str(uuid4())


class Activity(Model):
    """One planned undertaking. `code` stands in addresses and never changes.

    `starts_at` and `ends_at` are None while the dates are open; of an all-day activity they are
    the midnights, in `timezone`, of its first day and after its last day. `type` may be empty
    only at the stage of an idea. Amounts are whole US dollars. `seats_taken` and `waiting` are
    kept by the one writer of seats in registrations.
    """

    __tablename__ = "activity"
    __table_args__ = (
        CheckConstraint("capacity IS NULL OR seats_taken <= capacity", name="not_oversold"),
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="ends_after_start"),
        Index(None, "published_at", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    uid: Mapped[str] = mapped_column(unique=True, default=new_uid)
    type: Mapped[str] = mapped_column(default="")
    secondary_types: Mapped[list[str]] = mapped_column(default=list)
    meeting_kind: Mapped[str] = mapped_column(default="")
    title: Mapped[Multilingual]
    summary: Mapped[Multilingual] = mapped_column(default=Multilingual)
    description: Mapped[Multilingual] = mapped_column(default=Multilingual)
    search_text: Mapped[str] = mapped_column(default="")
    """Titles, summaries and places in all languages, through `core.search`'s analyser."""

    mode: Mapped[str] = mapped_column(default="in_person")
    online_link: Mapped[str] = mapped_column(default="")
    """Where to join; seen by confirmed participants and staff, never public."""
    timezone: Mapped[str] = mapped_column(default="Asia/Vientiane")
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    all_day: Mapped[bool] = mapped_column(default=False)
    dates_tentative: Mapped[bool] = mapped_column(default=False)
    is_cross_border: Mapped[bool] = mapped_column(default=False)

    network_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    no_network_reason: Mapped[str] = mapped_column(default="")
    responsible_id: Mapped[int | None] = mapped_column(
        ForeignKey(User.id, ondelete="SET NULL"), index=True
    )
    actor_groups: Mapped[list[str]] = mapped_column(default=list)
    """Who is invited; empty means every reform actor."""

    relevance: Mapped[Multilingual] = mapped_column(default=Multilingual)
    framework: Mapped[Multilingual] = mapped_column(default=Multilingual)
    impact: Mapped[Multilingual] = mapped_column(default=Multilingual)
    beneficiaries: Mapped[list[str]] = mapped_column(default=list)
    beneficiaries_number: Mapped[int | None]
    planned_participants: Mapped[int | None]
    actual_participants: Mapped[int | None]
    planned_products: Mapped[int | None]
    actual_products: Mapped[int | None]
    products: Mapped[Multilingual] = mapped_column(default=Multilingual)
    amount_usd: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")

    stage: Mapped[Stage] = mapped_column(default=Stage.IDEA, index=True)
    published_at: Mapped[datetime | None]
    cancelled_reason: Mapped[Multilingual] = mapped_column(default=Multilingual)

    capacity: Mapped[int | None]
    admission: Mapped[str] = mapped_column(default="open")
    """`open`, `approval` (staff confirm) or `closed` (no public registration)."""
    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    seats_taken: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    hides_participants: Mapped[bool] = mapped_column(default=False)

    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    copied_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("activity.id", ondelete="SET NULL")
    )

    countries: Mapped[list["ActivityCountry"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityCountry.position"
    )
    places: Mapped[list["ActivityPlace"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityPlace.position"
    )
    languages: Mapped[list["ActivityLanguage"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityLanguage.position"
    )
    sessions: Mapped[list["ActivitySession"]] = relationship(
        back_populates="activity",
        cascade="all, delete-orphan",
        order_by="ActivitySession.starts_at",
    )
    organisers: Mapped[list["ActivityOrganiser"]] = relationship(
        cascade="all, delete-orphan", order_by="ActivityOrganiser.position"
    )
    stage_changes: Mapped[list[StageChange]] = relationship(
        cascade="all, delete-orphan", order_by=StageChange.id
    )
    themes: Mapped[list[Theme]] = relationship(secondary=activity_theme, order_by=Theme.position)
    network: Mapped[Organisation | None] = relationship(foreign_keys=network_id)
    group: Mapped[Organisation | None] = relationship(foreign_keys=group_id)
    responsible: Mapped[User | None] = relationship(foreign_keys=responsible_id)

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def is_cancelled(self) -> bool:
        return self.stage is Stage.CANCELLED

    @property
    def country_codes(self) -> list[str]:
        """Where it takes place; the origin of a cross-border subject is not among them."""
        return [each.country for each in self.countries if not each.is_origin]

    @property
    def has_begun(self) -> bool:
        return self.starts_at is not None and self.starts_at <= clock.now()

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.seats_taken >= self.capacity


class ActivityCountry(Model):
    """A country where it takes place, or (`is_origin`) one the subject comes from (M22)."""

    __tablename__ = "activity_country"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True
    )
    country: Mapped[str] = mapped_column(primary_key=True, index=True)
    is_origin: Mapped[bool] = mapped_column(primary_key=True, default=False)
    position: Mapped[int] = mapped_column(default=0)


class ActivityPlace(Model):
    """A place: its province (ISO 3166-2) is public, town and venue only if `is_public`."""

    __tablename__ = "activity_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(
        ForeignKey(Activity.id, ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    country: Mapped[str]
    province: Mapped[str] = mapped_column(default="", index=True)
    town: Mapped[str] = mapped_column(default="")
    venue: Mapped[str] = mapped_column(default="")
    is_public: Mapped[bool] = mapped_column(default=False)


class ActivityLanguage(Model):
    """A language spoken, or interpreted into."""

    __tablename__ = "activity_language"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[str] = mapped_column(primary_key=True, index=True)
    is_interpreted: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class ActivitySession(Model):
    """A part with its own time: a morning, a field visit, a webinar of a series."""

    __tablename__ = "activity_session"
    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(
        ForeignKey(Activity.id, ondelete="CASCADE"), index=True
    )
    uid: Mapped[str] = mapped_column(unique=True, default=new_uid)
    title: Mapped[Multilingual]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")

    activity: Mapped[Activity] = relationship(back_populates="sessions")


class ActivityOrganiser(Model):
    """An organisation that runs it, hosts it or is a partner in it (`part`)."""

    __tablename__ = "activity_organiser"

    activity_id: Mapped[int] = mapped_column(
        ForeignKey(Activity.id, ondelete="CASCADE"), primary_key=True
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    part: Mapped[str] = mapped_column(default="organiser")
    position: Mapped[int] = mapped_column(default=0)

    organisation: Mapped[Organisation] = relationship()
