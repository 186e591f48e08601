"""The pages of those who plan: their list, and the one form of an activity."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.activities import actions, policies
from lna.activities.actions import Outline
from lna.activities.criteria import WorklistCriteria
from lna.activities.forms import OutlineForm
from lna.activities.models import Activity
from lna.activities.queries import staff as queries
from lna.activities.queries.worklist import worklist as find_work
from lna.activities.views import bp
from lna.activities.views.worklist import WorkListing
from lna.core import clock
from lna.core.access import access, require
from lna.core.db import db
from lna.core.refusal import Refused
from lna.core.vocabulary import COUNTRIES


@bp.get("/activities/plan")
@access(policies.can_plan)
def worklist() -> ResponseReturnValue:
    criteria = WorklistCriteria.read(request.args)
    return render_template(
        "activities/staff/worklist.html",
        listing=WorkListing(criteria, find_work(criteria)),
        now=clock.now(),
    )


@bp.get("/activities/new")
@access(policies.can_plan)
def new() -> ResponseReturnValue:
    return outline_page(OutlineForm(data=own_country()))


@bp.post("/activities/new")
@access(policies.can_plan)
def create() -> ResponseReturnValue:
    form = OutlineForm()
    if form.step():
        return outline_page(form)
    if form.validate():
        try:
            activity = actions.plan(form.plan(), by=current_user)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("Saved as an idea. What it needs next is listed here."), "success")
            return redirect(url_for(".plan", code=activity.code), 303)
    return outline_page(form)


@bp.get("/activities/<code>/edit")
@access(policies.can_plan)
def edit(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_edit(current_user, activity))
    return outline_page(OutlineForm(Outline.of(activity)), activity)


@bp.post("/activities/<code>/edit")
@access(policies.can_plan)
def save(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_edit(current_user, activity))
    form = OutlineForm(Outline.of(activity))
    if form.step() or not form.validate():
        return outline_page(form, activity)
    try:
        actions.revise(activity, form.revise(), by=current_user)
    except Refused as refusal:
        db.session.rollback()
        return outline_page(refused(form, activity, refusal), activity)
    db.session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for(".plan", code=code), 303)


def refused(form: OutlineForm, activity: Activity, refusal: Refused) -> OutlineForm:
    """The form with the reason; if somebody else saved meanwhile, with their changes too."""
    if refusal.field == "seen":
        return OutlineForm.caught_up(form, Outline.of(activity), refusal)
    form.refuse(refusal)
    return form


def outline_page(form: OutlineForm, activity: Activity | None = None) -> ResponseReturnValue:
    """The form, new or of an activity, as it was typed."""
    page = render_template(
        "activities/staff/edit.html",
        form=form,
        activity=activity,
        alike=form.alike(),
        here=request.path,
        previewed=request.form.get("step") == "preview",
    )
    return page, form.status


def own_country() -> dict[str, Any]:
    """What a facilitator's new activity begins with: the own country and its time zone."""
    own = [code for code in COUNTRIES if code in current_user.countries]
    zone = COUNTRIES[own[0]].timezone if own else current_user.timezone
    return {"countries": own if len(own) == 1 else [], "timezone": zone}
