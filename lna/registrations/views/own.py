"""One's own registration by the personal link: see, change, withdraw, be forgotten.

The secret in the address is the proof of who one is, so these pages send no Referer, are kept
nowhere and found by no search engine.
"""

from flask import Response, current_app, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError, validate_csrf
from wtforms.validators import ValidationError

from lna.core.access import access, public, require_visible, signed_in
from lna.core.db import db
from lna.core.extensions import csrf
from lna.core.i18n import language
from lna.core.page import page
from lna.core.refusal import Refused
from lna.core.throttle import limited
from lna.registrations import actions, feeds, letters, queries
from lna.registrations.forms import DetailsForm, LinkForm
from lna.registrations.models import Registration
from lna.registrations.views import bp

PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}


@bp.get("/registrations/<token>")
@access(public)
def own(token: str) -> ResponseReturnValue:
    registration = queries.registration_behind(token)
    if registration is None:
        return gone()
    return private(
        page(
            "registrations/own.html",
            registration=registration,
            activity=registration.activity,
            place=queries.place_of(registration),
            may_register_again=actions.why_closed(registration.activity) is None,
            token=token,
            own_link=letters.link(token),
        )
    )


@bp.route("/registrations/<token>/details", methods=["GET", "POST"])
@access(public)
@csrf.exempt
@limited("registration-details", times=30, seconds=600)
def details(token: str) -> ResponseReturnValue:
    protect()
    registration = queries.registration_behind(token)
    if registration is None or not registration.is_live:
        return gone()
    form = DetailsForm(data=said_of(registration))
    if form.validate_on_submit():
        try:
            secret = actions.change_details(registration, form.details())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            db.session.commit()
            flash(_("Your details are saved."), "success")
            return private(redirect(url_for(".own", token=secret or token), 303))
    return private(details_page(registration, form, token))


@bp.post("/registrations/<token>/withdrawal")
@access(public)
@csrf.exempt
def withdraw(token: str) -> ResponseReturnValue:
    protect()
    registration = queries.registration_behind(token)
    if registration is None:
        return gone()
    actions.withdraw(registration)
    db.session.commit()
    flash(_("You have withdrawn. Thank you for telling us."), "success")
    return private(redirect(url_for(".own", token=token), 303))


@bp.post("/registrations/<token>/erasure")
@access(public)
@csrf.exempt
def erase(token: str) -> ResponseReturnValue:
    protect()
    registration = queries.registration_behind(token)
    if registration is None:
        return gone()
    code = registration.activity.code
    actions.erase(registration)
    db.session.commit()
    flash(_("What you told us was deleted."), "success")
    return private(redirect(url_for("activities.show", code=code), 303))


@bp.get("/registrations/<token>/activity.ics")
@access(public)
def ics(token: str) -> ResponseReturnValue:
    registration = queries.registration_behind(token)
    if registration is None:
        return gone()
    body = feeds.activity_calendar(registration.activity)
    answer = Response(body, mimetype="text/calendar")
    name = f"{registration.activity.code}.ics"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return private(answer)


@bp.post("/registrations/mine/<int(max=2147483647):id>")
@access(signed_in)
def open_mine(id: int) -> ResponseReturnValue:
    """Somebody signed in goes to the own page without looking for the letter."""
    secret = actions.open_own(current_user, id)
    require_visible(secret is not None)
    db.session.commit()
    return private(redirect(url_for(".own", token=secret), 303))


@bp.route("/registrations/link", methods=["GET", "POST"])
@access(public)
@limited("registration-link", times=10, seconds=600)
def link() -> ResponseReturnValue:
    form = LinkForm()
    if form.validate_on_submit():
        actions.send_links(form.email.data or "")
        db.session.commit()
        flash(_("If there is a registration with this address, its link is on the way."))
        return redirect(url_for(".link"), 303)
    return page("registrations/link.html", form=form, status=form.status)


def details_page(registration: Registration, form: DetailsForm, token: str) -> Response:
    return page(
        "registrations/details.html",
        activity=registration.activity,
        form=form,
        token=token,
        organisations=queries.known_organisations(language()),
        status=form.status,
    )


def gone() -> Response:
    """Wrong, replaced or revoked: one answer for all, with the way to a new link."""
    return private(page("registrations/gone.html", form=LinkForm(formdata=None), status=410))


def private(answer: ResponseReturnValue) -> Response:
    response = make_response(answer)
    response.headers.update(PRIVATE)
    return response


def protect() -> None:
    """The CSRF check without its look at the Referer, which these pages do not send."""
    if request.method == "POST" and current_app.config.get("WTF_CSRF_ENABLED", True):
        try:
            validate_csrf(request.form.get("csrf_token"))
        except ValidationError as problem:
            raise CSRFError(str(problem)) from problem


def said_of(registration: Registration) -> dict[str, str]:
    """What is written about somebody, as the forms show it."""
    names = actions.Details.__dataclass_fields__.keys() - {"organisation"}
    organisation = registration.organisation
    return {
        **{name: getattr(registration, name) for name in names},
        "organisation": str(organisation.name) if organisation else registration.organisation_name,
    }
