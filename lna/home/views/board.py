"""The staff's board: what needs me today, and the letters that have not left."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.accounts.policies import administrators, annotators, coordinators, staff
from lna.config import settings
from lna.core import clock, outbox
from lna.core.access import access
from lna.core.db import db
from lna.core.page import page
from lna.home import queries
from lna.home.views import bp


def board_gate(user: object) -> bool:
    """Staff, and those who work on the library."""
    return staff(user) or annotators(user)


@bp.get("/board")
@access(board_gate)
def board() -> ResponseReturnValue:
    letters = outbox.unsent_letters() if coordinators(current_user) else []
    overdue = [each for each in letters if clock.now() - each.posted_at > outbox.OVERDUE]
    return page(
        "home/board.html",
        tasks=queries.tasks_of(current_user),
        letters=letters,
        overdue=overdue,
        has_mail_server=bool(settings().smtp_host),
        may_administer=administrators(current_user),
    )


@bp.post("/board/letters/<int:id>")
@access(coordinators)
def send_again(id: int) -> ResponseReturnValue:
    outbox.send_again(outbox.get_letter(id))
    db.session.commit()
    flash(_("The letter is due now."))
    return redirect(url_for(".board") + "#letters", 303)
