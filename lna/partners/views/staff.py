"""Entering and changing organisations."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.core.access import access, require
from lna.core.db import db
from lna.core.page import page
from lna.core.refusal import Refused
from lna.partners import actions, policies, queries
from lna.partners.forms import MembersForm, OrganisationForm
from lna.partners.models import ORGANISATION
from lna.partners.views import bp


@bp.route("/partners/new", methods=["GET", "POST"])
@access(policies.can_add_organisation)
def new() -> ResponseReturnValue:
    form = OrganisationForm()
    alike: list[queries.Likeness] = []
    if form.validate_on_submit():
        try:
            organisation = actions.add_organisation(form.command())
        except Refused as refusal:
            form.refuse(refusal)
            alike = getattr(refusal, "alike", [])
        else:
            db.session.commit()
            flash(_("The organisation is entered."))
            return redirect(url_for(".show", slug=organisation.slug), 303)
    return page("partners/edit.html", form=form, alike=alike, status=form.status)


@bp.route("/partners/<slug>/edit", methods=["GET", "POST"])
@access(policies.can_add_organisation)
def edit(slug: str) -> ResponseReturnValue:
    organisation = queries.get_organisation(slug)
    require(policies.can_edit_organisation(current_user, organisation))
    form = OrganisationForm(data=actions.said_of(organisation))
    if form.validate_on_submit():
        actions.change_organisation(organisation, form.command())
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for(".show", slug=slug), 303)
    return page("partners/edit.html", form=form, organisation=organisation, status=form.status)


@bp.route("/partners/<slug>/members", methods=["GET", "POST"])
@access(policies.can_add_organisation)
def members(slug: str) -> ResponseReturnValue:
    network = queries.get_organisation(slug)
    require(policies.can_edit_organisation(current_user, network) and network.kind != ORGANISATION)
    present = [each.member_id for each in network.members if each.until is None]
    form = MembersForm(members=present)
    if form.validate_on_submit():
        actions.set_members(network, tuple(form.members.data))
        db.session.commit()
        flash(_("The members are saved."))
        return redirect(url_for(".show", slug=slug), 303)
    return page("partners/members.html", form=form, network=network, status=form.status)
