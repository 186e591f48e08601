"""One's own data: all of it in one file, or forgotten."""

from flask import Response, flash, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lna.accounts import actions
from lna.accounts.forms import OwnErasureForm, OwnPasswordForm
from lna.accounts.views import bp
from lna.accounts.views.account import proved
from lna.accounts.views.session import me
from lna.core import clock
from lna.core.access import access, signed_in
from lna.core.db import db
from lna.core.page import page
from lna.core.refusal import Refused


@bp.route("/account/data", methods=["GET", "POST"])
@access(signed_in)
def own_data() -> ResponseReturnValue:
    form = OwnPasswordForm()
    if form.validate_on_submit() and proved(form):
        file = actions.export_own_data(me())
        db.session.commit()
        name = f"own-data-{clock.today(me().timezone)}.zip"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(file, mimetype="application/zip", headers=headers)
    return page("accounts/own_data.html", form=form, status=form.status)


@bp.route("/account/erasure", methods=["GET", "POST"])
@access(signed_in)
def erase_own_account() -> ResponseReturnValue:
    form = OwnErasureForm()
    if form.validate_on_submit() and proved(form):
        try:
            actions.erase(me())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            actions.truncate_log()
            session.clear()
            flash(_("Your account is erased."))
            return redirect(f"{request.script_root}/", 303)
    return page("accounts/erasure.html", form=form, status=form.status)
