"""Who may change the themes."""

from lna.accounts.models import Identity, Role


def can_edit_themes(user: Identity) -> bool:
    return bool(
        user.is_authenticated and user.has_role(Role.REGIONAL_COORDINATOR, Role.ADMINISTRATOR)
    )
