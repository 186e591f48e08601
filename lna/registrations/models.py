"""Registrations: who asked to take part in what, where that stands, and how it came to be."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lna.accounts.models import User
from lna.activities.models import Activity
from lna.core import clock
from lna.core.db import Model
from lna.partners.models import Organisation, Person


class State(StrEnum):
    PENDING = "pending"
    WAITING = "waiting"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    ATTENDED = "attended"
    ABSENT = "absent"


STATES = {
    State.PENDING: _("Waits for approval"),
    State.WAITING: _("On the waiting list"),
    State.OFFERED: _("Seat offered"),
    State.CONFIRMED: _("Confirmed"),
    State.DECLINED: _("Declined"),
    State.WITHDRAWN: _("Withdrawn"),
    State.CANCELLED: _("Cancelled"),
    State.ATTENDED: _("Attended"),
    State.ABSENT: _("Absent"),
}
SEATED = frozenset({State.OFFERED, State.CONFIRMED, State.ATTENDED, State.ABSENT})
"""States in which a registration holds a seat."""
ENDED = frozenset({State.DECLINED, State.WITHDRAWN, State.CANCELLED})
"""The person said no, left by the own link, or was cancelled by the organisers."""
LIVE = "state NOT IN ('declined', 'withdrawn', 'cancelled')"

PERSON, STAFF, QUEUE = "person", "staff", "queue"
ORIGINS = {
    PERSON: _("by the person"),
    STAFF: _("by the organisers"),
    QUEUE: _("moved up the waiting list"),
}
"""Where a change of state came from."""

PROCESSING = "processing"
CONSENT_TEXT = "2026-11"
"""The version of the words people agree to; a new wording gets a new one."""


def _one_live(name: str, column: str) -> Index:
    there = text(f"{LIVE} AND {column} <> ''")
    return Index(
        name, "activity_id", column, unique=True, sqlite_where=there, postgresql_where=there
    )


class Registration(Model):
    """One person's wish to take part in one activity, and what became of it.

    What the person wrote stays here as written; `person` is the entry of the register it was
    linked to when a seat was confirmed. At least the name is given; e-mail (lower case) and
    phone (E.164) may both be missing when staff entered it. `mailbox` (the `email_key` of the
    e-mail) and `phone` tell people apart: one live registration of each in an activity. Only
    `actions/seats.py` sets `state` and `queue_number`, the order of the waiting list.
    """

    __tablename__ = "registration"
    __table_args__ = (
        _one_live("uq_registration_live_mailbox", "mailbox"),
        _one_live("uq_registration_live_phone", "phone"),
        UniqueConstraint("activity_id", "queue_number"),
        CheckConstraint("(state = 'waiting') = (queue_number IS NOT NULL)", name="numbered_queue"),
        Index(None, "activity_id", "state"),
        Index(None, "mailbox"),
        Index(None, "phone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(ForeignKey(Activity.id))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey(Person.id, ondelete="SET NULL"), index=True
    )
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey(User.id, ondelete="SET NULL"), index=True
    )
    state: Mapped[State]
    queue_number: Mapped[int | None]
    key: Mapped[str | None] = mapped_column(unique=True)
    """The form it came from, with the contact typed there: pressed again, nothing happens."""

    name: Mapped[str]
    latin_name: Mapped[str] = mapped_column(default="")
    address_as: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    mailbox: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    organisation_name: Mapped[str] = mapped_column(default="")
    """As typed, where it is none of the register."""
    actor_group: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    sex: Mapped[str] = mapped_column(default="")
    age_band: Mapped[str] = mapped_column(default="")
    sharing: Mapped[str] = mapped_column(default="")
    """What the person can share, in own words."""
    sharing_at: Mapped[datetime | None]
    """When the person agreed to share experience (M2); None if staff entered it without."""
    consents: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """Each `purpose` agreed to, the version of the `text`, its `language`, when (`given_at`)."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    erased_at: Mapped[datetime | None]

    activity: Mapped[Activity] = relationship()
    person: Mapped[Person | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    changes: Mapped[list["RegistrationChange"]] = relationship(
        back_populates="registration",
        cascade="all, delete-orphan",
        order_by="RegistrationChange.id",
    )

    @property
    def is_live(self) -> bool:
        return self.state not in ENDED

    @property
    def has_seat(self) -> bool:
        return self.state in SEATED


class RegistrationChange(Model):
    """One step: from which state to which, when, where it came from, by whom, and why."""

    __tablename__ = "registration_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey(Registration.id, ondelete="CASCADE"), index=True
    )
    from_state: Mapped[State | None]
    to_state: Mapped[State]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    origin: Mapped[str]
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(default="")

    registration: Mapped[Registration] = relationship(back_populates="changes")
    by: Mapped[User | None] = relationship()
