"""Reading activities for those who plan them: one with all that belongs to it, and lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from lna.accounts.models import Grant, User
from lna.accounts.policies import STAFF
from lna.activities.models import (
    Activity,
    ActivityCountry,
    ActivityOrganiser,
    Stage,
    StageChange,
    activity_theme,
)
from lna.core import clock
from lna.core.db import db
from lna.core.multilingual import Multilingual


def get_plan(code: str) -> Activity:
    """The activity with everything that is said about it, draft or not; or NoResultFound."""
    wanted = (
        select(Activity)
        .where(Activity.code == code)
        .options(
            *map(
                selectinload,
                (
                    Activity.countries,
                    Activity.places,
                    Activity.languages,
                    Activity.sessions,
                    Activity.themes,
                ),
            ),
            selectinload(Activity.organisers).joinedload(ActivityOrganiser.organisation),
            selectinload(Activity.stage_changes).joinedload(StageChange.by),
            joinedload(Activity.network),
            joinedload(Activity.group),
            joinedload(Activity.responsible),
        )
    )
    return db.session.scalars(wanted).one()


def activity_with_uid(uid: str) -> Activity | None:
    return db.session.scalar(select(Activity).where(Activity.uid == uid))


def highest_number(stem: str) -> int:
    """The highest number given to a code that begins with this stem; 0 if there is none."""
    codes = db.session.scalars(
        select(Activity.code).where(Activity.code.startswith(stem, autoescape=True))
    )
    numbers = (code.removeprefix(stem) for code in codes)
    return max((int(number) for number in numbers if number.isdecimal()), default=0)


@dataclass(frozen=True)
class Alike:
    """An activity another one looks like (M13)."""

    id: int
    code: str
    title: Multilingual
    starts_at: datetime
    timezone: str


def look_alikes(
    countries: Iterable[str],
    theme_ids: Iterable[int],
    quarter: tuple[datetime, datetime] | None,
    but: int | None = None,
) -> list[Alike]:
    """Activities of one of the countries and themes that begin in a quarter, soonest first."""
    if quarter is None:
        return []
    columns = (Activity.id, Activity.code, Activity.title, Activity.starts_at, Activity.timezone)
    in_country = select(ActivityCountry.activity_id).where(
        ActivityCountry.country.in_(tuple(countries)), ~ActivityCountry.is_origin
    )
    on_theme = select(activity_theme.c.activity_id).where(
        activity_theme.c.theme_id.in_(tuple(theme_ids))
    )
    rows = db.session.execute(
        select(*columns)
        .where(
            Activity.starts_at >= quarter[0],
            Activity.starts_at < quarter[1],
            Activity.stage != Stage.CANCELLED,
            Activity.id.in_(in_country),
            Activity.id.in_(on_theme),
            Activity.id != (but or 0),
        )
        .order_by(Activity.starts_at, Activity.id)
    )
    return [Alike(*row) for row in rows]


def staff_choices(also: int | None = None) -> list[tuple[int, str]]:
    """People who can be responsible: staff now, and whoever is it already."""
    now = clock.now()
    role = select(Grant.user_id).where(
        Grant.role.in_(STAFF), Grant.since <= now, or_(Grant.until.is_(None), Grant.until > now)
    )
    active = User.confirmed_at.is_not(None) & User.suspended_at.is_(None) & User.erased_at.is_(None)
    wanted = select(User.id, User.name).where(
        or_(User.id.in_(role) & active, User.id == (also or 0))
    )
    return [(row.id, row.name) for row in db.session.execute(wanted.order_by(User.name, User.id))]


def readers_of_letters_to(user: User) -> list[User]:
    """Who gets what is written to a person of staff: also whoever stands in for it now (M18)."""
    now = clock.now()
    substitutes = (
        select(User)
        .join(Grant, Grant.user_id == User.id)
        .where(
            Grant.substitute_for_id == user.id,
            Grant.since <= now,
            or_(Grant.until.is_(None), Grant.until > now),
        )
        .order_by(User.id)
        .distinct()
    )
    everyone = [user, *db.session.scalars(substitutes)]
    return [each for each in everyone if each.is_active]


def code_of(activity_id: int | None) -> str:
    """The code of an activity, for a link to it; empty if there is none any more."""
    return db.session.scalar(select(Activity.code).where(Activity.id == (activity_id or 0))) or ""


def copies_of(activity_id: int) -> list[str]:
    """The codes of the activities made from this one."""
    made = select(Activity.code).where(Activity.copied_from_id == activity_id)
    return list(db.session.scalars(made.order_by(Activity.id)))


@dataclass(frozen=True)
class Stay:
    """How long an activity was in a stage; `left_at` is None in the present one."""

    stage: Stage
    came_at: datetime
    left_at: datetime | None
    change: StageChange

    @property
    def lasted(self) -> timedelta:
        return (self.left_at or clock.now()) - self.came_at


def stays(activity: Activity) -> list[Stay]:
    """The history of an activity, oldest first, each step with the time until the next (F11)."""
    changes = activity.stage_changes
    left = [change.at for change in changes[1:]]
    return [
        Stay(change.to_stage, change.at, until, change)
        for change, until in zip(changes, [*left, None], strict=True)
    ]


def stage_before_cancelling(activity: Activity) -> Stage:
    """Where a cancelled activity was, and will be again when it is restored."""
    into = [each for each in activity.stage_changes if each.to_stage is Stage.CANCELLED]
    return (into[-1].from_stage if into else None) or Stage.IDEA
