"""Entering, changing, publishing and withdrawing publications."""

from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.accounts.policies import editors
from lna.core.access import access, require
from lna.core.db import db
from lna.core.page import page
from lna.core.refusal import Refused
from lna.library import actions, policies, queries
from lna.library.forms import PublicationForm
from lna.library.views import bp
from lna.library.views.doing import carried_out
from lna.library.vocabulary import PROBLEM_LABELS


@bp.route("/library/new", methods=["GET", "POST"])
@access(editors)
def new() -> ResponseReturnValue:
    form = PublicationForm()
    if form.validate_on_submit():
        try:
            publication = actions.create_publication(form.command(), by=current_user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("The publication is entered as a draft. Publish it when it is complete."))
            return redirect(url_for(".show", key=publication.key), 303)
    return page("library/edit.html", form=form, publication=None, status=form.status)


@bp.route("/library/<key>/edit", methods=["GET", "POST"])
@access(editors)
def edit(key: str) -> ResponseReturnValue:
    publication, row = queries.get_publication(key), queries.publication_row(key)
    form = PublicationForm.about(
        row.details, abstract_public=row.abstract_public, version=row.version
    )
    if form.validate_on_submit():
        try:
            actions.edit_publication(publication, form.command(row.details))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for(".show", key=key), 303)
    return page("library/edit.html", form=form, publication=row, status=form.status)


@bp.post("/library/<key>/publish")
@access(editors)
def publish(key: str) -> ResponseReturnValue:
    publication = queries.get_publication(key)
    require(policies.can_publish(current_user, publication))
    verb = partial(actions.publish_publication, publication)
    return carried_out(verb, _("Everybody can find and read it now."), url_for(".show", key=key))


@bp.post("/library/<key>/withdraw")
@access(editors)
def withdraw(key: str) -> ResponseReturnValue:
    publication = queries.get_publication(key)
    require(policies.can_withdraw(current_user, publication))
    verb = partial(actions.withdraw_publication, publication)
    words = _("It is withdrawn: nobody finds it any more, and its address says so.")
    return carried_out(verb, words, url_for(".show", key=key))


@bp.get("/library/quality")
@access(editors)
def quality() -> ResponseReturnValue:
    return page(
        "library/quality.html",
        annotated_but_unclassified=queries.annotated_but_unclassified(),
        classified_but_not_annotated=queries.classified_but_not_annotated(),
        flagged=queries.flagged(),
        labels=PROBLEM_LABELS,
        drafts=queries.drafts(),
    )
