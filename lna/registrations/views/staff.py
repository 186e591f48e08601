"""The staff's pages of one activity: the list, one person, and what is done with several."""

from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from lna.activities.models import Activity
from lna.config import settings
from lna.core import audit, outbox
from lna.core.access import access, require_visible
from lna.core.db import db
from lna.core.i18n import language
from lna.core.page import page
from lna.core.refusal import Refused
from lna.registrations import actions, letters, policies, queries
from lna.registrations.criteria import Criteria
from lna.registrations.forms import ChangeForm, StaffForm
from lna.registrations.models import STATES, State
from lna.registrations.views import bp
from lna.registrations.views.own import said_of

WHERE = "/activities/<code>/registrations"
WHICH = f"{WHERE}/<int(max=2147483647):id>"


@dataclass(frozen=True)
class Pages:
    """The links between pages, as `parts/pager.html` reads them."""

    numbers: list[tuple[int, str | None]]
    previous: str | None
    next: str | None

    @classmethod
    def of(cls, listing: queries.ListPage, criteria: Criteria, path: str) -> "Pages":
        def at(page: int) -> str | None:
            return criteria.but(page=page).at(path) if 0 < page <= listing.pages else None

        here = listing.page
        numbers = [(n, None if n == here else at(n)) for n in range(1, listing.pages + 1)]
        return cls(numbers, at(here - 1), at(here + 1))


@bp.get(WHERE)
@access(policies.can_keep_lists)
def listing(code: str) -> ResponseReturnValue:
    activity = participants(code)
    criteria = Criteria.read(request.args, STATES)
    audit.record_reading("registrations.list", activity)
    listing, path = queries.list_page(activity, criteria), url_for(".listing", code=code)
    return page(
        "registrations/listing.html",
        activity=activity,
        criteria=criteria,
        listing=listing,
        verbs=actions.VERBS,
        path=path,
        pages=Pages.of(listing, criteria, path),
    )


@bp.post(f"{WHERE}/change")
@access(policies.can_keep_lists)
def change(code: str) -> ResponseReturnValue:
    """What would happen, found by doing it and taking it back; then, when sure, done."""
    activity, form = participants(code), ChangeForm()
    back = redirect(url_for(".listing", code=code), 303)
    try:
        outcome = actions.change(activity, form.command(), by=current_user)
    except Refused as refusal:
        flash(str(refusal.reason), "error")
        return back
    if not form.validate() or not form.sure.data:
        db.session.rollback()
        return page("registrations/change.html", activity=activity, form=form, outcome=outcome)
    db.session.commit()
    done = outcome.changed
    flash(ngettext("%(num)s person changed.", "%(num)s people changed.", done), "success")
    return back


@bp.route(f"{WHERE}/new", methods=["GET", "POST"])
@access(policies.can_keep_lists)
def new(code: str) -> ResponseReturnValue:
    activity = participants(code)
    form = StaffForm(data={"country": next(iter(activity.country_codes), "")})
    if form.validate_on_submit():
        try:
            registration = actions.enter(activity, form.command(), by=current_user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("%(name)s is on the list.", name=registration.name), "success")
            return redirect(url_for(".show", code=code, id=registration.id), 303)
    return staff_form(activity, form)


@bp.route(f"{WHICH}/edit", methods=["GET", "POST"])
@access(policies.can_keep_lists)
def edit(code: str, id: int) -> ResponseReturnValue:
    activity = participants(code)
    registration = queries.get_registration(activity, id)
    if request.method == "GET":
        audit.record_reading("registrations.show", registration)
    form = StaffForm(data=said_of(registration))
    if form.validate_on_submit():
        try:
            actions.correct(registration, form.details(), by=current_user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("Saved."), "success")
            return redirect(url_for(".show", code=code, id=id), 303)
    return staff_form(activity, form, id)


@bp.get(WHICH)
@access(policies.can_keep_lists)
def show(code: str, id: int) -> ResponseReturnValue:
    activity = participants(code)
    audit.record_reading("registrations.show", queries.get_registration(activity, id))
    return shown(activity, id)


@bp.post(f"{WHICH}/link")
@access(policies.can_keep_lists)
def give_link(code: str, id: int) -> ResponseReturnValue:
    activity = participants(code)
    registration = queries.get_registration(activity, id)
    try:
        secret = actions.give_link(registration)
    except Refused as refusal:
        flash(str(refusal.reason), "error")
        return redirect(url_for(".show", code=code, id=id), 303)
    db.session.commit()
    if secret is None:
        flash(_("A letter with the link is on its way."), "success")
        return redirect(url_for(".show", code=code, id=id), 303)
    return shown(activity, id, letters.link(secret))


@bp.post(f"{WHERE}/hiding")
@access(policies.can_keep_lists)
def hide(code: str) -> ResponseReturnValue:
    activity = of_mine(code)
    try:
        actions.hide(activity, bool(request.form.get("hidden")), by=current_user)
    except Refused as refusal:
        db.session.rollback()
        flash(str(refusal.reason), "error")
    else:
        db.session.commit()
    return redirect(url_for(".listing", code=code), 303)


def of_mine(code: str) -> Activity:
    """An activity whose participants are this person's to see; a foreign one is missing."""
    activity = queries.get_activity(code)
    require_visible(policies.can_see_participants(current_user, activity))
    return activity


def participants(code: str) -> Activity:
    """The same, unless its list is locked: then a page that says so, and who may unlock it."""
    activity = of_mine(code)
    if activity.hides_participants:
        may_unlock = policies.can_show_participants(current_user)
        audit.record_refusal("registrations.locked")
        abort(
            page("registrations/locked.html", activity=activity, may_unlock=may_unlock, status=403)
        )
    return activity


def shown(activity: Activity, id: int, link: str | None = None) -> ResponseReturnValue:
    registration = queries.get_registration(activity, id)
    return page(
        "registrations/show.html",
        activity=activity,
        registration=registration,
        place=queries.place_of(registration),
        letters=outbox.letters_about(letters.about(registration.id)),
        can_write=bool(settings().smtp_host),
        verbs=verbs_for(registration.state),
        own_link=link,
    )


def verbs_for(state: State) -> list[str]:
    """What can be done with somebody in a state."""
    if state in {State.PENDING, State.WAITING}:
        return ["confirm", "cancel", "decline"]
    if state in {State.CONFIRMED, State.OFFERED}:
        return ["put_back", "cancel", "decline"]
    return ["put_back"] if state in {State.CANCELLED, State.DECLINED, State.WITHDRAWN} else []


def staff_form(activity: Activity, form: StaffForm, id: int | None = None) -> ResponseReturnValue:
    return page(
        "registrations/staff_form.html",
        activity=activity,
        form=form,
        registration_id=id,
        organisations=queries.known_organisations(language()),
        status=form.status,
    )
