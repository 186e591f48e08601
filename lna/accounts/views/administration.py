"""The administrator's pages: who has an account, with which roles, and what is done about it."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lna.accounts import actions, policies, queries
from lna.accounts.criteria import AccountCriteria
from lna.accounts.forms import (
    ROLES_TO_GRANT,
    ErasureForm,
    GrantForm,
    InvitationForm,
    SubstituteForm,
    countries,
)
from lna.accounts.models import ROLE_NAMES, User
from lna.accounts.views import bp
from lna.accounts.views.session import me
from lna.core.access import access
from lna.core.db import db
from lna.core.i18n import language
from lna.core.page import page
from lna.core.refusal import Refused
from lna.core.vocabulary import COUNTRIES

ONE = "/accounts/<int:user_id>"


@bp.get("/accounts")
@access(policies.administrators)
def accounts() -> ResponseReturnValue:
    criteria = AccountCriteria.read(request.args, ROLES_TO_GRANT, COUNTRIES)
    return page(
        "accounts/accounts.html",
        criteria=criteria,
        people=queries.accounts(criteria),
        count=queries.count_accounts(criteria),
        page_size=queries.PAGE,
        roles=[(role.value, ROLE_NAMES[role]) for role in ROLES_TO_GRANT],
        countries=countries(COUNTRIES),
    )


@bp.route("/accounts/new", methods=["GET", "POST"])
@access(policies.administrators)
def invite() -> ResponseReturnValue:
    form = InvitationForm(language=language())
    if form.validate_on_submit():
        try:
            user = actions.invite(form.command())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("The invitation is on its way. Now choose a role, if there is one."))
            return redirect(url_for(".show_account", user_id=user.id), 303)
    return page("accounts/invite.html", form=form, status=form.status)


@bp.get(ONE)
@access(policies.administrators)
def show_account(user_id: int) -> ResponseReturnValue:
    return account_page(queries.get_user(user_id), GrantForm())


@bp.post(f"{ONE}/roles")
@access(policies.administrators)
def grant_role(user_id: int) -> ResponseReturnValue:
    user, form = queries.get_user(user_id), GrantForm()
    if form.validate():
        try:
            actions.grant_role(user, form.command(me().timezone))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("The role is granted."), "success")
            return redirect(url_for(".show_account", user_id=user_id), 303)
    return account_page(user, form)


@bp.post(f"{ONE}/roles/<int:grant_id>/end")
@access(policies.administrators)
def end_role(user_id: int, grant_id: int) -> ResponseReturnValue:
    grant = queries.get_grant_of(queries.get_user(user_id), grant_id)
    return done(user_id, lambda: actions.end_grant(grant), _("The role has ended."))


@bp.route(f"{ONE}/substitute", methods=["GET", "POST"])
@access(policies.administrators)
def substitute_for(user_id: int) -> ResponseReturnValue:
    user = queries.get_user(user_id)
    form = SubstituteForm(user)
    if form.validate_on_submit():
        try:
            actions.name_substitute(user, form.command(me().timezone))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("The substitute is named."), "success")
            return redirect(url_for(".show_account", user_id=user_id), 303)
    return page("accounts/substitute.html", form=form, person=user, status=form.status)


@bp.post(f"{ONE}/suspension")
@access(policies.administrators)
def suspend(user_id: int) -> ResponseReturnValue:
    user = queries.get_user(user_id)
    return done(user_id, lambda: actions.suspend(user), _("The account is suspended."))


@bp.post(f"{ONE}/reinstatement")
@access(policies.administrators)
def reinstate(user_id: int) -> ResponseReturnValue:
    user = queries.get_user(user_id)
    return done(user_id, lambda: actions.reinstate(user), _("The account is open again."))


@bp.post(f"{ONE}/invitation")
@access(policies.administrators)
def invite_again(user_id: int) -> ResponseReturnValue:
    user = queries.get_user(user_id)
    return done(user_id, lambda: actions.invite_again(user), _("Another letter is on its way."))


@bp.post(f"{ONE}/second-factor/removal")
@access(policies.administrators)
def remove_second_factor_of(user_id: int) -> ResponseReturnValue:
    user = queries.get_user(user_id)
    words = _("The second factor is removed.")
    return done(user_id, lambda: actions.remove_second_factor(user), words)


@bp.route(f"{ONE}/erasure", methods=["GET", "POST"])
@access(policies.administrators)
def erase_account(user_id: int) -> ResponseReturnValue:
    user, form = queries.get_user(user_id), ErasureForm()
    if form.validate_on_submit():
        try:
            actions.erase(user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            actions.truncate_log()
            flash(_("The account is erased."))
            return redirect(url_for(".accounts"), 303)
    return page("accounts/erase.html", form=form, user=user, status=form.status)


def done(user_id: int, act: Callable[[], object], words: str) -> ResponseReturnValue:
    """Do it and say so, or say why not; back to the account."""
    try:
        act()
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal.reason), "error")
    else:
        db.session.commit()
        flash(words, "success")
    return redirect(url_for("accounts.show_account", user_id=user_id), 303)


def account_page(user: User, form: GrantForm) -> ResponseReturnValue:
    history = queries.history_of(user)
    actors = {int(line.actor) for line in history if line.actor}
    return page(
        "accounts/show.html",
        user=user,
        form=form,
        history=history,
        names=queries.names_of(actors),
        substitutes=queries.substitutes_of(user),
        may_have_substitute=policies.can_name_substitute(user),
        status=form.status,
    )
