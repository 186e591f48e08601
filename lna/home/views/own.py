"""My page: what I am registered for, and my account."""

from flask.typing import ResponseReturnValue
from flask_login import current_user

from lna.core.access import access, signed_in
from lna.core.page import page
from lna.home.views import bp
from lna.registrations.queries import registrations_of


@bp.get("/me")
@access(signed_in)
def me() -> ResponseReturnValue:
    return page("home/me.html", registrations=registrations_of(current_user))
