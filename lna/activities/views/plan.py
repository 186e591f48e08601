"""The page of one activity for those who plan it, and every decision that is taken there."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.activities import actions, policies
from lna.activities.forms import CancelForm, CopyForm, MoveForm, RestoreForm, SendBackForm
from lna.activities.models import CYCLE, Activity, Stage
from lna.activities.queries import staff as queries
from lna.activities.views import bp
from lna.activities.views.progress import Progress
from lna.core.access import access, require
from lna.core.db import db
from lna.core.form import Form
from lna.core.refusal import Refused


@bp.get("/activities/<code>/plan")
@access(policies.can_plan)
def plan(code: str) -> ResponseReturnValue:
    return plan_page(queries.get_plan(code))


@bp.post("/activities/<code>/stage")
@access(policies.can_plan)
def move(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_edit(current_user, activity))
    form = MoveForm(list(CYCLE))
    if form.to.data in set(Stage):
        require(policies.can_move(current_user, activity, Stage(form.to.data)))
    return decided(
        "move",
        activity,
        form,
        lambda: actions.move(activity, form.command(), by=current_user),
        _("The stage is changed."),
    )


@bp.post("/activities/<code>/comments")
@access(policies.can_plan)
def send_back(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_approve(current_user, activity))
    form = SendBackForm()
    return decided(
        "send_back",
        activity,
        form,
        lambda: actions.send_back(activity, form.command(), by=current_user),
        _("Returned. The responsible person gets your comments in a letter."),
    )


@bp.post("/activities/<code>/publication")
@access(policies.can_plan)
def publish(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_publish(current_user, activity))
    return decided(
        "publish",
        activity,
        Form(),
        lambda: actions.publish(activity, by=current_user),
        _("Published. Everyone can see it now."),
    )


@bp.post("/activities/<code>/draft")
@access(policies.can_plan)
def unpublish(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_publish(current_user, activity))
    return decided(
        "publish",
        activity,
        Form(),
        lambda: actions.unpublish(activity, by=current_user),
        _("It is a draft again. Only staff can see it."),
    )


@bp.post("/activities/<code>/cancellation")
@access(policies.can_plan)
def cancel(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_edit(current_user, activity))
    form = CancelForm()
    return decided(
        "cancel",
        activity,
        form,
        lambda: actions.cancel(activity, form.command(), by=current_user),
        _("The activity is cancelled."),
    )


@bp.post("/activities/<code>/restoration")
@access(policies.can_plan)
def restore(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_restore(current_user, activity, queries.stage_before_cancelling(activity)))
    form = RestoreForm()
    return decided(
        "restore",
        activity,
        form,
        lambda: actions.restore(activity, form.command(), by=current_user),
        _("The activity takes place after all."),
    )


@bp.get("/activities/<code>/copy")
@access(policies.can_plan)
def copying(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_edit(current_user, activity))
    return copy_page(activity, CopyForm(data={"starts_on": actions.a_year_after(activity)}))


@bp.post("/activities/<code>/copy")
@access(policies.can_plan)
def copy(code: str) -> ResponseReturnValue:
    activity = queries.get_plan(code)
    require(policies.can_edit(current_user, activity))
    form = CopyForm()
    if form.validate():
        try:
            made = actions.copy(activity, form.command(), by=current_user)
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("Copied. Please look at dates and texts."), "success")
            return redirect(url_for(".plan", code=made.code), 303)
    return copy_page(activity, form)


def decided(
    name: str, activity: Activity, form: Form, act: Callable[[], Any], done: str
) -> ResponseReturnValue:
    """Take a decision and show the page anew; refused, the page with the form as it was typed."""
    code = activity.code
    if form.validate():
        try:
            act()
        except Refused as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(done, "success")
            return redirect(url_for(".plan", code=code), 303)
    return plan_page(queries.get_plan(code), **{name: form})


def plan_page(activity: Activity, **forms: Any) -> ResponseReturnValue:
    progress = Progress(activity, current_user)
    fresh: dict[str, Form] = {
        "move": MoveForm(progress.offered_stages, formdata=None),
        "send_back": SendBackForm(formdata=None),
        "cancel": CancelForm(formdata=None),
        "restore": RestoreForm(formdata=None),
        "publish": Form(formdata=None),
    }
    if "move" in forms:
        forms["move"].offer(progress.offered_stages)
    page = render_template(
        "activities/staff/plan.html", activity=activity, progress=progress, forms=fresh | forms
    )
    return page, max((form.status for form in forms.values()), default=200)


def copy_page(activity: Activity, form: CopyForm) -> ResponseReturnValue:
    asked = bool(form.is_another.errors or form.is_another.data)
    alike = actions.alike_to_copy(activity, form.command()) if asked else []
    page = render_template("activities/staff/copy.html", activity=activity, form=form, alike=alike)
    return page, form.status
