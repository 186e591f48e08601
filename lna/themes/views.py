"""The list of themes, and changing them."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.core.access import access, public
from lna.core.db import db
from lna.core.page import page, remembered
from lna.core.refusal import Refused
from lna.themes import actions, policies, queries
from lna.themes.forms import NewThemeForm, ThemeForm
from lna.themes.models import KEY, STRATEGY

bp = Blueprint("themes", __name__, url_prefix="/themes")


@bp.get("")
@access(public)
def index() -> ResponseReturnValue:
    return remembered(
        "themes",
        render=lambda: page(
            "themes/index.html",
            strategy=queries.themes_of_kind(STRATEGY),
            key=queries.themes_of_kind(KEY),
            names={theme.code: theme.name for theme in queries.themes_by_id().values()},
            may_edit=policies.can_edit_themes(current_user),
        ),
    )


@bp.route("/<code>/edit", methods=["GET", "POST"])
@access(policies.can_edit_themes)
def edit(code: str) -> ResponseReturnValue:
    theme = queries.get_theme(code)
    form = ThemeForm(
        name=theme.name,
        is_open=theme.closed_on is None,
        key_themes=[each.code for each in theme.key_themes],
    )
    if form.validate_on_submit():
        try:
            actions.change_theme(theme, form.command())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("The theme is changed."))
            return redirect(url_for(".index"), 303)
    return page("themes/edit.html", theme=theme, form=form, status=form.status)


@bp.route("/new", methods=["GET", "POST"])
@access(policies.can_edit_themes)
def new() -> ResponseReturnValue:
    form = NewThemeForm()
    if form.validate_on_submit():
        try:
            actions.add_theme(form.name.value, form.code.data)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("The theme is added."))
            return redirect(url_for(".index"), 303)
    return page("themes/new.html", form=form, status=form.status)
