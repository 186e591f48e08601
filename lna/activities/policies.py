"""Who may do what with an activity. Pure questions: no request, no query."""

from collections.abc import Iterable

from lna.accounts import policies as accounts
from lna.accounts.models import Identity, Role
from lna.activities.models import Activity, Stage
from lna.config import settings

can_plan = accounts.staff
"""Gate of the staff pages: every country's activities are seen, one's own are edited (M18)."""


def can_see(user: Identity, activity: Activity) -> bool:
    """Published ones are everyone's; drafts, of other countries too, the staff's to read."""
    return activity.is_public or can_plan(user)


def can_plan_in(user: Identity, countries: Iterable[str]) -> bool:
    """Whether a new activity in these countries is this person's to propose."""
    return can_plan(user) and accounts.can_edit_country(user, countries)


def can_edit(user: Identity, activity: Activity) -> bool:
    """A facilitator, or substitute in its period, in own countries; regional staff everywhere."""
    return can_plan_in(user, activity.country_codes)


def can_approve(user: Identity, activity: Activity) -> bool:
    """The PIU manager; up to the configured amount the regional coordinator as well (M17)."""
    return can_approve_amount(user, activity.amount_usd)


def can_approve_amount(user: Identity, amount_usd: int | None) -> bool:
    if not user.is_authenticated:
        return False
    return bool(user.has_role(*(ABOVE_LIMIT if is_above_limit(amount_usd) else APPROVERS)))


def is_above_limit(amount_usd: int | None) -> bool:
    """Whether only the PIU manager may approve so much; an amount not known yet is none."""
    return (amount_usd or 0) > settings().approval_limit_usd


ABOVE_LIMIT = (Role.PIU_MANAGER,)
APPROVERS = (Role.REGIONAL_COORDINATOR, Role.PIU_MANAGER)


def can_move(user: Identity, activity: Activity, to: Stage) -> bool:
    """Those who edit move it; into and out of approval, only those who may approve."""
    if activity.stage.is_approved != to.is_approved:
        return can_approve(user, activity)
    return can_edit(user, activity)


def can_publish(user: Identity, activity: Activity) -> bool:
    """Those who edit it once it is approved; before, as tentative, only regional staff."""
    return can_edit(user, activity) and (activity.stage.is_approved or accounts.coordinators(user))


def can_restore(user: Identity, activity: Activity, to: Stage) -> bool:
    """A cancellation is undone by those who edit; into an approved stage, by who may approve."""
    return can_edit(user, activity) and can_move(user, activity, to)
