"""Annotations: their own address, writing them, and the way to everybody through review."""

from functools import partial

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.accounts.policies import annotators, editors
from lna.core.access import access, public, require, require_visible
from lna.core.db import db
from lna.core.page import page
from lna.core.refusal import Refused
from lna.library import actions, policies, queries
from lna.library.exporters.citation import cite
from lna.library.forms import AnnotationForm, annotation_form
from lna.library.queries import AnnotationRow
from lna.library.views import bp
from lna.library.views.doing import carried_out
from lna.library.views.record import shown, visible
from lna.library.views.shown import ShownPublication, theme_name


@bp.get("/library/<key>/annotations/<int:number>")
@access(public)
def annotation(key: str, number: int) -> ResponseReturnValue:
    publication, one = shown(visible(key)), queries.get_annotation(key, number)
    require_visible(policies.can_see_annotation(current_user, one.state))
    rows = [row for row in publication.row.annotations if row.number == number]
    if publication.row.state == "withdrawn" and not annotators(current_user):
        rows = []
    if not rows:  # withdrawn: only those who work with it still read it
        return page("library/withdrawn.html", publication=publication, status=410)
    return page(
        "library/annotation.html",
        publication=publication,
        annotation=rows[0],
        theme_name=theme_name,
        may=policies.steps_of_annotation(current_user, one),
    )


@bp.route("/library/<key>/annotations/new", methods=["GET", "POST"])
@access(annotators)
def annotate(key: str) -> ResponseReturnValue:
    publication = shown(visible(key))
    form = annotation_form()
    if form.validate_on_submit():
        command = form.command(current_user.name, str(cite(publication.details)))
        try:
            made = actions.annotate(queries.get_publication(key), command, by=current_user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("Your draft is kept. Send it to review when it is ready."))
            return redirect(url_for(".annotation", key=key, number=made.number), 303)
    return _form_page(form, publication)


@bp.route("/library/<key>/annotations/<int:number>/edit", methods=["GET", "POST"])
@access(annotators)
def edit_annotation(key: str, number: int) -> ResponseReturnValue:
    publication, one = shown(visible(key)), queries.get_annotation(key, number)
    require(policies.can_edit_annotation(current_user, one))
    row = next(row for row in publication.row.annotations if row.number == number)
    form = annotation_form(row.remarks, licence=row.licence, version=row.version)
    if form.validate_on_submit():
        command = form.command(row.remarks.annotator, row.remarks.citation)
        try:
            actions.edit_annotation(one, command)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("Saved."))
            return redirect(url_for(".annotation", key=key, number=number), 303)
    return _form_page(form, publication, row)


@bp.post("/library/<key>/annotations/<int:number>/review")
@access(annotators)
def send_annotation(key: str, number: int) -> ResponseReturnValue:
    one = queries.get_annotation(key, number)
    require(policies.can_send_to_review(current_user, one))
    verb = partial(actions.send_to_review, one)
    return carried_out(
        verb,
        _("It waits for somebody else to review it."),
        url_for(".annotation", key=key, number=number),
    )


@bp.post("/library/<key>/annotations/<int:number>/publish")
@access(editors)
def publish_annotation(key: str, number: int) -> ResponseReturnValue:
    one = queries.get_annotation(key, number)
    require(policies.can_publish_annotation(current_user, one))
    verb = partial(actions.publish_annotation, one, by=current_user)
    return carried_out(
        verb, _("Everybody can read it now."), url_for(".annotation", key=key, number=number)
    )


@bp.post("/library/<key>/annotations/<int:number>/draft")
@access(annotators)
def return_annotation(key: str, number: int) -> ResponseReturnValue:
    one = queries.get_annotation(key, number)
    require(policies.can_return_annotation(current_user, one))
    verb = partial(actions.return_to_draft, one)
    return carried_out(
        verb, _("It is a draft again."), url_for(".annotation", key=key, number=number)
    )


@bp.post("/library/<key>/annotations/<int:number>/withdraw")
@access(editors)
def withdraw_annotation(key: str, number: int) -> ResponseReturnValue:
    one = queries.get_annotation(key, number)
    require(policies.can_withdraw_annotation(current_user, one))
    verb = partial(actions.withdraw_annotation, one)
    return carried_out(
        verb,
        _("It is withdrawn; its address says so."),
        url_for(".annotation", key=key, number=number),
    )


@bp.get("/library/reviews")
@access(annotators)
def reviews() -> ResponseReturnValue:
    return page("library/reviews.html", waiting=queries.waiting_annotations(current_user.id))


def _form_page(
    form: AnnotationForm, publication: ShownPublication, row: AnnotationRow | None = None
) -> ResponseReturnValue:
    return page(
        "library/annotate.html",
        form=form,
        publication=publication,
        annotation=row,
        status=form.status,
    )
