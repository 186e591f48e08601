"""The public form: no account, nine fields, and an answer that tells strangers nothing."""

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lna.accounts.models import Identity
from lna.activities.models import Activity
from lna.config import settings
from lna.core.access import access, public, require_visible
from lna.core.db import db, only_read
from lna.core.i18n import language
from lna.core.page import page
from lna.core.refusal import Refused
from lna.core.throttle import limited
from lna.partners.queries import person_of_user
from lna.registrations import actions, queries
from lna.registrations.forms import SignUpForm
from lna.registrations.models import State
from lna.registrations.views import bp


@bp.get("/activities/<code>/registration")
@access(public)
def form(code: str) -> ResponseReturnValue:
    activity = visible(queries.get_activity(code))
    return form_page(activity, SignUpForm(data=known_of(current_user, activity)))


@bp.post("/activities/<code>/registration")
@access(public)
@limited("registration", times=120, seconds=60)
def register(code: str) -> ResponseReturnValue:
    filled = SignUpForm()
    if not filled.validate():  # before the first statement: others wait while we write
        only_read()
        return form_page(visible(queries.get_activity(code)), filled)
    activity, command = actions.locked_activity(code), filled.command()
    require_visible(activity.published_at is not None)
    try:
        answer = actions.sign_up(activity, command, by=current_user)
    except Refused as refusal:
        return closed(queries.get_activity(code), str(refusal.reason))
    address = after(answer, command.details.email, code)
    db.session.commit()
    return redirect(address, 303)


@bp.get("/activities/<code>/registration/received")
@access(public)
def received(code: str) -> ResponseReturnValue:
    newcomer = request.args.get("as")
    known = {State.CONFIRMED, State.WAITING, State.PENDING, "phone"}
    return page(
        "registrations/received.html",
        activity=visible(queries.get_activity(code)),
        newcomer=newcomer if newcomer in known else State.PENDING,
    )


def visible(activity: Activity) -> Activity:
    require_visible(activity.is_public)
    return activity


def form_page(activity: Activity, form: SignUpForm) -> ResponseReturnValue:
    """The form, or why there is none."""
    if reason := actions.why_closed(activity):
        return closed(activity, str(reason))
    return page(
        "registrations/form.html",
        activity=activity,
        form=form,
        organisations=queries.known_organisations(language()),
        status=form.status,
    )


def closed(activity: Activity, reason: str) -> Response:
    db.session.rollback()
    return page("registrations/closed.html", activity=activity, reason=reason, status=409)


def known_of(user: Identity, activity: Activity) -> dict[str, str]:
    """What need not be typed: what the register knows of somebody signed in, else the country."""
    codes = activity.country_codes
    known = {"country": codes[0] if len(codes) == 1 else ""}
    if not user.is_authenticated:
        return known
    known |= {"name": user.name, "contact": user.email, "language": user.language}
    if person := person_of_user(user):
        said = ("name", "latin_name", "address_as", "country", "actor_group", "sex", "age_band")
        known |= {name: value for name in said if (value := getattr(person, name))}
    return known


def after(answer: actions.Answer, email: str, code: str) -> str:
    """Where the person goes next.

    To the own page, where nobody else can come from this form: without an e-mail that can be
    written to, or signed in with it. Otherwise to a page that is the same for everybody, known
    or not; the link is in the letter.
    """
    can_write = bool(email and settings().smtp_host)
    if answer.secret and (answer.is_own or not can_write):
        return url_for("registrations.own", token=answer.secret)
    newcomer = answer.newcomer.value if email else "phone"
    return f"{url_for('registrations.received', code=code)}?as={newcomer}"
