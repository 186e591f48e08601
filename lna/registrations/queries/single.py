"""Single registrations: by id, by link, by contact; and who waits in which order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from lna.accounts.models import User
from lna.accounts.queries import addresses_of
from lna.activities.models import Activity
from lna.core import clock, tokens
from lna.core.contact import email_key
from lna.core.db import db
from lna.partners.models import Person
from lna.partners.queries import organisation_names
from lna.registrations.models import ENDED, Registration, RegistrationChange, State

LINK = "registration"
"""The purpose of the secrets in personal links; their subject is the registration's id."""
SIGN_UP = (
    *("id", "code", "title", "timezone", "starts_at", "ends_at", "all_day", "dates_tentative"),
    *("online_link", "stage", "published_at", "capacity", "admission", "seats_taken", "waiting"),
    *("registration_opens_at", "registration_closes_at"),
)
"""What a sign-up and its letter need of an activity."""
MOST_NAMES = 400
"""So many organisations are offered while somebody types; any other name may be typed."""

_a, _r, _p = Activity.__table__.c, Registration.__table__.c, Person.__table__.c
_live = (_r.activity_id == bindparam("activity")) & _r.state.not_in(ENDED)
# What a crowd asks at one moment is built once; nothing equals NULL, an empty contact neither.
KNOWN = select(_r.id, _r.key).where(
    or_(
        _r.key == bindparam("key"),
        _live & (_r.mailbox == bindparam("mailbox")),
        _live & (_r.phone == bindparam("phone")),
    )
)
LIKE = (
    select(_p.id, _p.user_id, _p.likeness)
    .where(
        or_(
            _p.user_id == bindparam("user"),
            _p.email == bindparam("email"),
            _p.phone == bindparam("phone"),
        ),
        _p.erased_at.is_(None),
    )
    .order_by(_p.id)
)
TAIL = select(func.coalesce(func.max(_r.queue_number), 0) + 1).where(
    _r.activity_id == bindparam("activity")
)
LOCKED = select(*(_a[name] for name in SIGN_UP)).where(_a.code == bindparam("code"))
LOCKED = LOCKED.with_for_update()


def get_activity(code: str) -> Activity:
    """The activity under this code, a draft too, without its relations; or NoResultFound."""
    return db.session.scalars(select(Activity).where(Activity.code == code)).one()


def lock_activity(code: str) -> Row[Any]:
    """What a sign-up needs of the same, its row locked until the transaction ends."""
    return db.session.connection().execute(LOCKED, {"code": code}).one()


def get_registration(activity: Activity, id: int) -> Registration:
    """A registration of this activity with its history, or NoResultFound."""
    wanted = (
        select(Registration)
        .where(Registration.activity_id == activity.id, Registration.id == id)
        .options(
            selectinload(Registration.changes).joinedload(RegistrationChange.by),
            joinedload(Registration.organisation),
        )
    )
    return db.session.scalars(wanted).one()


def registrations_with(activity: Activity, ids: Sequence[int]) -> list[Registration]:
    """Those of these that belong to the activity, in the order they came."""
    wanted = select(Registration).where(
        Registration.activity_id == activity.id, Registration.id.in_(ids)
    )
    return list(db.session.scalars(wanted.order_by(Registration.id)))


def registration_of(
    activity_id: int, *, mailbox: str, phone: str, key: str = ""
) -> Registration | None:
    """What this form made, or else what this mailbox or phone is registered with and not ended."""
    asked = {"key": key or None, "mailbox": mailbox or None, "phone": phone or None}
    found = db.session.connection().execute(KNOWN, asked | {"activity": activity_id}).all()
    best = min(found, key=lambda row: (row.key != key, row.id), default=None)
    return db.session.get_one(Registration, best.id) if best else None


def registration_behind(secret: str) -> Registration | None:
    """The registration a personal link opens, with all its page shows; None for a dead link."""
    token = tokens.find(LINK, secret)
    if token is None:
        return None
    wanted = (
        select(Registration)
        .where(Registration.id == int(token.subject))
        .options(
            joinedload(Registration.organisation),
            joinedload(Registration.activity).options(
                selectinload(Activity.countries), selectinload(Activity.places)
            ),
        )
    )
    return db.session.scalar(wanted)


def registrations_of_mailbox(email: str) -> list[Registration]:
    """Live registrations of a mailbox in activities that are not over, soonest first."""
    wanted = (
        select(Registration)
        .join(Registration.activity)
        .where(
            Registration.mailbox == email_key(email),
            Registration.state.not_in(ENDED),
            or_(Activity.ends_at.is_(None), Activity.ends_at > clock.now()),
        )
        .order_by(Activity.starts_at, Registration.id)
    )
    return list(db.session.scalars(wanted))


def live_registrations(activity: Activity) -> list[Registration]:
    """Everybody who would come, waits, or waits for an answer."""
    wanted = select(Registration).where(
        Registration.activity_id == activity.id, Registration.state.not_in(ENDED)
    )
    return list(db.session.scalars(wanted.order_by(Registration.id)))


def first_waiting(activity: Activity, number: int | None) -> list[Registration]:
    """The head of the waiting list; all of it for None."""
    wanted = (
        select(Registration)
        .where(Registration.activity_id == activity.id, Registration.state == State.WAITING)
        .order_by(Registration.queue_number)
    )
    return list(db.session.scalars(wanted.limit(number)))


def next_queue_number(activity_id: int) -> int:
    """The number behind the tail of the waiting list."""
    return int(db.session.connection().execute(TAIL, {"activity": activity_id}).scalar_one())


def place_of(registration: Registration) -> int | None:
    """The place on the waiting list, from 1; None for somebody who is not on it."""
    if registration.queue_number is None:
        return None
    before = select(func.count()).where(
        Registration.activity_id == registration.activity_id,
        Registration.queue_number <= registration.queue_number,
    )
    return db.session.scalar(before)


def registrations_of(user: User) -> list[Registration]:
    """What somebody with an account is or was registered for, the latest activity first."""
    own = or_(*(_made_with(address, until) for address, until in addresses_of(user)))
    wanted = (
        select(Registration)
        .join(Registration.activity)
        .where(or_(Registration.user_id == user.id, own), Registration.erased_at.is_(None))
        .options(
            joinedload(Registration.activity),
            joinedload(Registration.organisation),
            selectinload(Registration.changes),
        )
        .order_by(Activity.starts_at.desc().nulls_first(), Registration.id.desc())
    )
    return list(db.session.scalars(wanted))


def _made_with(address: str, until: datetime | None) -> ColumnElement[bool]:
    """Made with this address; with one that was left, until then: it may be somebody else's."""
    made = (Registration.mailbox == email_key(address)) & (Registration.email == address)
    return made if until is None else made & (Registration.created_at <= until)


def known_organisations(language: str) -> list[str]:
    """Names of public organisations as a reader calls them, to choose from while typing."""
    known = organisation_names().values()
    names = {name.shown(language).text for _slug, name, _acronym, is_public in known if is_public}
    return sorted(names)[:MOST_NAMES]


def people_like(user_id: int | None, email: str, phone: str) -> Sequence[Row[Any]]:
    """People of the register with this account, e-mail or phone: id, user_id, likeness."""
    asked = {"user": user_id, "email": email or None, "phone": phone or None}
    return db.session.connection().execute(LIKE, asked).all()


def is_registered(person: Person) -> bool:
    """Whether any registration is tied to this entry of the register."""
    tied = select(Registration.id).where(Registration.person_id == person.id).limit(1)
    return db.session.scalar(tied) is not None
