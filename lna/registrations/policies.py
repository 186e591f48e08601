"""Who may see and change registrations. Pure questions: no request, no query."""

from lna.accounts.models import Identity
from lna.accounts.policies import can_edit_country, coordinators, staff
from lna.activities.models import Activity

can_keep_lists = staff
"""Gate of the staff's pages; which activity's, `can_see_participants` says."""


def can_see_participants(user: Identity, activity: Activity) -> bool:
    """The facilitators of its countries, and those whose scope is every country (M18)."""
    return staff(user) and can_edit_country(user, activity.country_codes)


def can_show_participants(user: Identity) -> bool:
    """Who may unlock a list that was hidden: those whose scope is every country."""
    return coordinators(user)
