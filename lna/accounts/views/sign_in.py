"""Signing in: by password, by a link in a letter, and the second step."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.accounts import actions, queries
from lna.accounts.forms import CodeForm, EmailForm, SignInForm
from lna.accounts.models import Link
from lna.accounts.views import bp
from lna.accounts.views.session import LETTERS, admit, begin_session, hold_back
from lna.core.access import access, public, safe_next
from lna.core.db import db
from lna.core.i18n import language
from lna.core.page import page
from lna.core.refusal import Refused
from lna.core.throttle import limited


def target() -> str:
    """Where somebody wanted to go who had to sign in first."""
    return safe_next(request.args.get("next"), f"{request.script_root}/me")


def gone(again: str) -> ResponseReturnValue:
    """A link that is wrong, used or expired, always the same; `again` is where to get another."""
    return page("accounts/gone.html", status=410, again=again)


@bp.route("/sign-in", methods=["GET", "POST"])
@access(public)
@limited("sign-in", times=60, seconds=300)
def sign_in() -> ResponseReturnValue:
    if request.method == "GET" and current_user.is_authenticated:
        return redirect(target(), 303)
    form = SignInForm()
    if form.validate_on_submit():
        hold_back("sign-in", form.email.data)
        known = queries.credentials_of(form.email.data or "")
        db.session.rollback()
        if actions.is_right(known.password_hash, form.password.data or ""):
            return admit(queries.get_user(known.user_id or 0), target())
        form.refuse(Refused(_("E-mail or password is not right. Please try once more.")))
    return page("accounts/sign_in.html", form=form, next=target(), status=form.status)


@bp.route("/sign-in/second-step", methods=["GET", "POST"])
@access(public)
@limited("second-step", times=60, seconds=300)
def second_step() -> ResponseReturnValue:
    secret = session.get("second_step", "")
    user = queries.user_of(Link.SECOND_STEP, secret)
    if user is None:
        return redirect(url_for(".sign_in", next=target()), 303)
    form = CodeForm()
    if form.validate_on_submit():
        hold_back("second-step", user.id)
        try:
            begin_session(actions.pass_second_step(secret, form.code.data or ""))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect(target(), 303)
    return page("accounts/second_step.html", form=form, status=form.status)


@bp.route("/sign-in/link", methods=["GET", "POST"])
@access(public)
@limited("letters", times=20, seconds=600)
def sign_in_link() -> ResponseReturnValue:
    form = EmailForm()
    if form.validate_on_submit():
        hold_back("letter", form.email.data, LETTERS)
        actions.ask_for_sign_in_link(form.email.data or "", language())
        db.session.commit()
        return redirect(url_for(".letter_sent"), 303)
    return page("accounts/sign_in_link.html", form=form, status=form.status)


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@access(public)
@limited("links", times=60, seconds=300)
def use_sign_in_link(token: str) -> ResponseReturnValue:
    if request.method == "GET" and queries.user_of(Link.SIGN_IN, token):
        return page("accounts/use_sign_in_link.html")
    if request.method == "POST" and (user := actions.use_sign_in_link(token)):
        return admit(user, target())
    return gone(url_for(".sign_in_link"))
