"""What the person responsible for an activity hears about decisions."""

from lna.activities.models import Activity, StageChange
from lna.activities.queries.staff import readers_of_letters_to
from lna.config import settings
from lna.core import outbox


def approved(activity: Activity, change: StageChange) -> None:
    """The activity is approved; the comment of the decision is in the letter."""
    _tell(activity, change, "mail/activities/approved.txt")


def returned(activity: Activity, change: StageChange) -> None:
    """The proposal comes back with comments."""
    _tell(activity, change, "mail/activities/returned.txt")


def _tell(activity: Activity, change: StageChange, template: str) -> None:
    """One letter to the responsible person and to each substitute, not to who decided."""
    responsible = activity.responsible
    for user in readers_of_letters_to(responsible) if responsible else ():
        if user.id != change.by_id:
            outbox.post(
                user.email,
                template,
                language=user.language,
                cause=f"{template} stage change {change.id} to {user.id}",
                about=f"activity {activity.id}",
                user=user,
                activity=activity,
                change=change,
                address=settings().address(f"/activities/{activity.code}/plan"),
            )
