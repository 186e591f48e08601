"""Who counts as what. The gates of views, and the country scope of facilitators (M18)."""

from collections.abc import Iterable
from typing import Any

from lna.accounts.models import Role, User
from lna.config import settings

STAFF = {
    Role.NATIONAL_FACILITATOR,
    Role.REGIONAL_COORDINATOR,
    Role.PIU_MANAGER,
    Role.ADMINISTRATOR,
}
"""Roles that work with other people's data: no sign-in by letter, a second factor when required."""
REGIONAL = STAFF - {Role.NATIONAL_FACILITATOR}
"""Roles whose scope is every country."""


def _holds(user: Any, *roles: Role) -> bool:
    return bool(user.is_authenticated) and user.has_role(*roles)


def staff(user: Any) -> bool:
    """Facilitators (substitutes included), coordinators, PIU managers and administrators."""
    return _holds(user, *STAFF)


def facilitators(user: Any) -> bool:
    """National facilitators only, of whichever country; see `can_edit_country`."""
    return _holds(user, Role.NATIONAL_FACILITATOR)


def coordinators(user: Any) -> bool:
    """Those whose scope is every country: coordinators, PIU managers, administrators."""
    return _holds(user, *REGIONAL)


def piu(user: Any) -> bool:
    """PIU managers only: approvals with money are theirs alone (M17)."""
    return _holds(user, Role.PIU_MANAGER)


def administrators(user: Any) -> bool:
    return _holds(user, Role.ADMINISTRATOR)


def editors(user: Any) -> bool:
    """Those who edit the library: editors, and everyone whose scope is every country."""
    return _holds(user, Role.EDITOR, *REGIONAL)


def annotators(user: Any) -> bool:
    """Those who annotate publications: annotators and editors."""
    return _holds(user, Role.ANNOTATOR, Role.EDITOR, *REGIONAL)


def can_edit_country(user: Any, countries: Iterable[str]) -> bool:
    """Whether something that lies in these countries is this person's to edit.

    A facilitator needs one of them to be his or her own; without a country it is regional.
    """
    if coordinators(user):
        return True
    return bool(user.is_authenticated) and not user.countries.isdisjoint(countries)


def can_name_substitute(user: Any) -> bool:
    """Whether somebody facilitates in his or her own right: a substitute names no other one."""
    return bool(user.is_authenticated and user.own_countries)


def must_set_second_factor(user: User) -> bool:
    """Whether this person can do nothing before a second factor is set."""
    return settings().second_factor_required and staff(user) and not user.has_second_factor


def can_sign_in_by_letter(user: User) -> bool:
    """A link in a letter is enough for ordinary accounts, not for roles held now or to come."""
    return user.is_active and not any(
        grant.role in STAFF and not grant.has_ended for grant in user.grants
    )
