"""One's own account: profile, password, e-mail, browsers, a substitute."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.accounts import actions, policies, queries
from lna.accounts.forms import (
    ChangeEmailForm,
    ChangePasswordForm,
    OwnPasswordForm,
    ProfileForm,
    SubstituteForm,
)
from lna.accounts.models import Link
from lna.accounts.views import bp
from lna.accounts.views.session import LETTERS, begin_session, hold_back, me
from lna.accounts.views.sign_in import gone
from lna.core import tokens
from lna.core.access import access, public, signed_in
from lna.core.db import db
from lna.core.page import page
from lna.core.refusal import Refused


def proved(form: OwnPasswordForm | ChangePasswordForm) -> bool:
    """Whether the password typed is the person's own; else the form says so.

    Ends the transaction, so that nobody waits while it is hashed.
    """
    stored = me().password_hash
    hold_back("own password", me().id)
    if actions.is_right(stored, form.password.data or ""):
        return True
    form.refuse(Refused(_("This is not your password."), field="password"))
    return False


@bp.route("/account", methods=["GET", "POST"])
@access(signed_in)
def account() -> ResponseReturnValue:
    form = ProfileForm(obj=me())
    if form.validate_on_submit():
        actions.change_profile(me(), form.command())
        db.session.commit()
        flash(_("Saved."), "success")
        return redirect(url_for(".account"), 303)
    return page(
        "accounts/account.html",
        form=form,
        sessions=queries.sessions_of(me()),
        present=tokens.digest(me().session_secret),
        substitutes=queries.substitutes_of(me()),
        may_name_substitute=policies.can_name_substitute(me()),
        administers=policies.administrators(me()),
        status=form.status,
    )


@bp.route("/account/password", methods=["GET", "POST"])
@access(signed_in)
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm(me())
    if form.validate_on_submit() and proved(form):
        password_hash = actions.hashed(form.new_password.data or "")
        actions.change_password(me(), password_hash)
        begin_session(me())
        flash(_("Your password is changed. All other browsers are signed out."), "success")
        return redirect(url_for(".account"), 303)
    return page("accounts/change_password.html", form=form, status=form.status)


@bp.route("/account/email", methods=["GET", "POST"])
@access(signed_in)
def change_email() -> ResponseReturnValue:
    form = ChangeEmailForm()
    if form.validate_on_submit() and proved(form):
        hold_back("letter", form.email.data, LETTERS)
        actions.ask_for_new_email(me(), form.email.data or "")
        db.session.commit()
        return redirect(url_for(".letter_sent"), 303)
    return page("accounts/change_email.html", form=form, status=form.status)


@bp.route("/account/email/<token>", methods=["GET", "POST"])
@access(public)
def use_new_email(token: str) -> ResponseReturnValue:
    if request.method == "GET" and queries.user_of(Link.EMAIL, token):
        return page("accounts/use_new_email.html")
    if request.method == "POST" and actions.change_email(token):
        db.session.commit()
        flash(_("Your e-mail address is changed."), "success")
        return redirect(url_for(".account"), 303)
    return gone(url_for(".change_email"))


@bp.post("/account/sessions/<int:session_id>/end")
@access(signed_in)
def end_session(session_id: int) -> ResponseReturnValue:
    actions.end_session(queries.get_session_of(me(), session_id))
    db.session.commit()
    flash(_("That browser is signed out."))
    return redirect(url_for(".account"), 303)


@bp.post("/account/sessions/end")
@access(signed_in)
def end_sessions() -> ResponseReturnValue:
    actions.end_sessions(me())
    db.session.commit()
    flash(_("You are signed out everywhere."))
    return redirect(url_for(".sign_in"), 303)


@bp.route("/account/substitute", methods=["GET", "POST"])
@access(policies.can_name_substitute)
def name_substitute() -> ResponseReturnValue:
    form = SubstituteForm(me())
    if form.validate_on_submit():
        try:
            actions.name_substitute(me(), form.command(me().timezone))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("Your substitute is named. Tasks and letters go to both of you."), "success")
            return redirect(url_for(".account"), 303)
    return page("accounts/substitute.html", form=form, person=current_user, status=form.status)


@bp.post("/account/substitute/<int:grant_id>/end")
@access(policies.can_name_substitute)
def end_substitute(grant_id: int) -> ResponseReturnValue:
    actions.end_grant(queries.get_substitute_of(me(), grant_id))
    db.session.commit()
    flash(_("The substitution has ended."))
    return redirect(url_for(".account"), 303)
