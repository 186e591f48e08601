"""The second factor: setting it, its recovery codes, and doing without it."""

from flask import flash, redirect, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lna.accounts import actions, policies
from lna.accounts.forms import OwnPasswordForm, SecondFactorForm
from lna.accounts.views import bp
from lna.accounts.views.account import proved
from lna.accounts.views.session import me
from lna.core.access import access, signed_in
from lna.core.db import db
from lna.core.page import page
from lna.core.refusal import Refused


@bp.route("/account/second-factor", methods=["GET", "POST"])
@access(signed_in)
def second_factor() -> ResponseReturnValue:
    if me().has_second_factor:
        return existing(OwnPasswordForm())
    secret = session.setdefault("totp_secret", actions.new_secret())
    form = SecondFactorForm()
    if form.validate_on_submit() and proved(form):
        try:
            codes = actions.set_second_factor(
                me(), secret, form.code.data or "", keep=me().session_secret
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            session.pop("totp_secret")
            return show_once(codes)
    return setting(form, secret)


@bp.post("/account/second-factor/recovery-codes")
@access(signed_in)
def new_recovery_codes() -> ResponseReturnValue:
    form = OwnPasswordForm()
    if me().has_second_factor and form.validate_on_submit() and proved(form):
        codes = actions.new_recovery_codes(me())
        db.session.commit()
        return show_once(codes)
    return existing(form)


@bp.post("/account/second-factor/removal")
@access(signed_in)
def remove_second_factor() -> ResponseReturnValue:
    form = OwnPasswordForm()
    if form.validate_on_submit() and proved(form):
        try:
            actions.remove_own_second_factor(me(), form.password.data or "")
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("The second factor is removed."), "success")
            return redirect(url_for(".account"), 303)
    return existing(form)


@bp.get("/account/recovery-codes")
@access(signed_in)
def recovery_codes() -> ResponseReturnValue:
    codes = session.pop("recovery_codes", None)
    if codes is None:
        return redirect(url_for(".second_factor"), 303)
    return page("accounts/recovery_codes.html", codes=codes)


def show_once(codes: list[str]) -> ResponseReturnValue:
    """On to the page that shows the codes; the cookie carries them there, and no further."""
    session["recovery_codes"] = codes
    return redirect(url_for(".recovery_codes"), 303)


def setting(form: SecondFactorForm, secret: str) -> ResponseReturnValue:
    return page(
        "accounts/set_second_factor.html",
        form=form,
        secret=secret,
        picture=actions.picture_of(secret, me()),
        required=policies.must_set_second_factor(me()),
        status=form.status,
    )


def existing(form: OwnPasswordForm) -> ResponseReturnValue:
    return page("accounts/second_factor.html", form=form, status=form.status)
