"""Accounts, the roles granted to them, and the sessions they are signed in with."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lna.core import clock
from lna.core.db import Model


class Role(StrEnum):
    STAKEHOLDER = "stakeholder"
    ANNOTATOR = "annotator"
    EDITOR = "editor"
    NATIONAL_FACILITATOR = "national_facilitator"
    REGIONAL_COORDINATOR = "regional_coordinator"
    PIU_MANAGER = "piu_manager"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.STAKEHOLDER: _("Stakeholder"),
    Role.ANNOTATOR: _("Annotator"),
    Role.EDITOR: _("Editor"),
    Role.NATIONAL_FACILITATOR: _("National facilitator"),
    Role.REGIONAL_COORDINATOR: _("Regional coordinator"),
    Role.PIU_MANAGER: _("PIU manager"),
    Role.ADMINISTRATOR: _("Administrator"),
}


class Link(StrEnum):
    """What a secret in a letter, or between two steps of signing in, is for (`core.tokens`)."""

    JOIN = "join"
    PASSWORD = "password"  # noqa: S105 - a purpose
    SIGN_IN = "sign in"
    SECOND_STEP = "second step"
    EMAIL = "e-mail"


class User(UserMixin, Model):
    """Somebody who can sign in. `email` is folded to lower case and unique.

    `former_emails` are kept to find, and erase, what was written to them. Of an erased person
    only the row is left, so that counts stay true.
    """

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    former_emails: Mapped[list[str]] = mapped_column(default=list)
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="en")
    timezone: Mapped[str] = mapped_column(default="Asia/Vientiane")
    password_hash: Mapped[str | None]
    totp_secret: Mapped[str | None]
    """Base 32 (RFC 6238); `totp_last_step` is the last step used, so that no code works twice."""
    totp_last_step: Mapped[int | None]
    recovery_codes: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="user",
        lazy="selectin",
        cascade="all, delete-orphan",
        foreign_keys="Grant.user_id",
    )

    session_secret = ""
    """What this browser's cookie holds while a request is answered; stored hashed, in `Session`."""

    @property
    def is_active(self) -> bool:
        return bool(self.confirmed_at) and not self.suspended_at and not self.erased_at

    @property
    def has_second_factor(self) -> bool:
        return self.totp_secret is not None

    def has_role(self, *roles: Role, country: str | None = None) -> bool:
        """Whether one of the roles is held now; with `country`, for that country (or for all)."""
        return any(
            grant.role in roles and (country is None or grant.country in (None, country))
            for grant in self.grants
            if grant.is_live
        )

    @property
    def roles(self) -> set[Role]:
        return {grant.role for grant in self.grants if grant.is_live}

    @property
    def countries(self) -> set[str]:
        """The countries this person is the facilitator of now, as substitute included."""
        return {
            grant.country
            for grant in self.grants
            if grant.is_live and grant.role is Role.NATIONAL_FACILITATOR and grant.country
        }

    @property
    def own_countries(self) -> set[str]:
        """The countries this person is the facilitator of in his or her own right."""
        return {
            grant.country
            for grant in self.grants
            if grant.is_live
            and grant.role is Role.NATIONAL_FACILITATOR
            and grant.country
            and not grant.substitute_for_id
        }

    @property
    def main_role(self) -> str:
        """The highest role held, for the audit trail."""
        return max(self.roles, key=list(Role).index, default=Role.STAKEHOLDER).value

    def get_id(self) -> str:
        """What the cookie carries is the secret of a session, never a user id."""
        return self.session_secret


class Grant(Model):
    """A role held from a moment until another (open end: none), for one country or all.

    A substitute's grant names the facilitator it stands in for.
    """

    __tablename__ = "grant"
    __table_args__ = (
        Index(None, "role", "country"),
        CheckConstraint("until IS NULL OR until > since", name="ends_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column()
    country: Mapped[str | None]
    since: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime | None]
    substitute_for_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])
    substitute_for: Mapped[User | None] = relationship(foreign_keys=[substitute_for_id])

    @property
    def role_name(self) -> str:
        """The role as the reader calls it."""
        return str(ROLE_NAMES[self.role])

    @property
    def is_live(self) -> bool:
        return self.since <= clock.now() and not self.has_ended

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until <= clock.now()


class Session(Model):
    """One signed-in browser. Ending the row ends the session, whatever the cookie says."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    device: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="joined")


Identity = Any
"""`flask_login.current_user`: a `User`, or the anonymous visitor with `is_authenticated` False."""
