"""Opening an account, and choosing a password by a link in a letter."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from lna.accounts import actions, queries
from lna.accounts.forms import ChoosePasswordForm, EmailForm
from lna.accounts.models import Link
from lna.accounts.views import bp
from lna.accounts.views.session import LETTERS, admit, hold_back
from lna.accounts.views.sign_in import gone
from lna.config import settings
from lna.core.access import access, public
from lna.core.db import db
from lna.core.i18n import language
from lna.core.page import page
from lna.core.throttle import limited


@bp.route("/sign-up", methods=["GET", "POST"])
@access(public)
@limited("letters", times=20, seconds=600)
def sign_up() -> ResponseReturnValue:
    form = EmailForm()
    if form.validate_on_submit():
        hold_back("letter", form.email.data, LETTERS)
        actions.ask_to_join(form.email.data or "", language())
        db.session.commit()
        return redirect(url_for(".letter_sent"), 303)
    return page("accounts/sign_up.html", form=form, status=form.status)


@bp.route("/password", methods=["GET", "POST"])
@access(public)
@limited("letters", times=20, seconds=600)
def password() -> ResponseReturnValue:
    form = EmailForm()
    if form.validate_on_submit():
        hold_back("letter", form.email.data, LETTERS)
        actions.ask_for_password(form.email.data or "", language())
        db.session.commit()
        return redirect(url_for(".letter_sent"), 303)
    return page("accounts/password.html", form=form, status=form.status)


@bp.get("/letter-sent")
@access(public)
def letter_sent() -> ResponseReturnValue:
    return page("accounts/letter_sent.html", waits=not settings().smtp_host)


@bp.route("/sign-up/<token>", methods=["GET", "POST"])
@access(public)
@limited("links", times=60, seconds=300)
def join(token: str) -> ResponseReturnValue:
    email = queries.subject_of(Link.JOIN, token)
    if email is None:
        return gone(url_for(".sign_up"))
    form = ChoosePasswordForm(email=email, language=language())
    if form.validate_on_submit():
        db.session.rollback()  # hashing is slow: nobody waits for it
        password_hash = actions.hashed(form.new_password.data or "")
        if user := actions.join(token, form.join(password_hash)):
            return admit(user, f"{request.script_root}/me")
        return gone(url_for(".sign_up"))
    return page("accounts/choose_password.html", form=form, status=form.status)


@bp.route("/password/<token>", methods=["GET", "POST"])
@access(public)
@limited("links", times=60, seconds=300)
def choose_password(token: str) -> ResponseReturnValue:
    user = queries.user_of(Link.PASSWORD, token)
    if user is None:
        return gone(url_for(".password"))
    form = ChoosePasswordForm(user, name=user.name, language=user.language)
    if form.validate_on_submit():
        name = form.name.data if "name" in form else ""
        db.session.rollback()  # hashing is slow: nobody waits for it
        password_hash = actions.hashed(form.new_password.data or "")
        if user := actions.choose_password(token, password_hash, name or ""):
            return admit(user, f"{request.script_root}/me")
        return gone(url_for(".password"))
    return page("accounts/choose_password.html", form=form, status=form.status)
