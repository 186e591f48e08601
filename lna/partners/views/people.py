"""People of the register: for staff, of their own country; every look is in the audit trail."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from lna.accounts.policies import coordinators
from lna.core import audit
from lna.core.access import access, require_visible
from lna.core.db import db
from lna.core.page import page
from lna.core.refusal import Refused
from lna.core.typed_text import clean, number_in
from lna.core.vocabulary import ACTOR_GROUPS, AGE_BANDS, CHANNELS, SEXES
from lna.partners import actions, policies, queries
from lna.partners.forms import ConsentsForm, PersonForm
from lna.partners.models import PURPOSES, Person
from lna.partners.views import bp

PER_PAGE = 50
MOST_PAGES = 10_000


@bp.get("/partners/people")
@access(policies.can_see_people)
def people() -> ResponseReturnValue:
    q = str(clean(request.args.get("q", "")))[:200]
    number = number_in(request.args.get("page", ""), MOST_PAGES) or 1
    scope = None if coordinators(current_user) else current_user.countries
    found = queries.people_listed(
        q, countries=scope, offset=(number - 1) * PER_PAGE, limit=PER_PAGE + 1
    )
    audit.record_reading("people listed", q and "search")
    return page(
        "partners/people.html",
        q=q,
        people=found[:PER_PAGE],
        previous=url_for(".people", q=q, page=number - 1) if number > 1 else None,
        next=url_for(".people", q=q, page=number + 1) if len(found) > PER_PAGE else None,
    )


@bp.get("/partners/people/<int:id>")
@access(policies.can_see_people)
def person(id: int) -> ResponseReturnValue:
    someone = queries.get_person(id)
    require_visible(policies.can_see_person(current_user, someone))
    audit.record_reading("person viewed", someone)
    return page(
        "partners/person.html",
        person=someone,
        purposes=PURPOSES,
        form=ConsentsForm(consents=_agreed_to(someone)),
        channels=CHANNELS,
        actor_groups=ACTOR_GROUPS,
        sexes=SEXES,
        age_bands=AGE_BANDS,
    )


@bp.post("/partners/people/<int:id>/consents")
@access(policies.can_see_people)
def consents(id: int) -> ResponseReturnValue:
    someone = queries.get_person(id)
    require_visible(policies.can_edit_person(current_user, someone))
    form = ConsentsForm()
    if form.validate():
        actions.set_consents(someone, form.consents.data or (), someone.language)
        db.session.commit()
        flash(_("Saved."))
    return redirect(url_for(".person", id=id), 303)


def _agreed_to(person: Person) -> list[str]:
    return [consent.purpose for consent in person.consents if consent.withdrawn_at is None]


@bp.route("/partners/people/new", methods=["GET", "POST"])
@access(policies.can_see_people)
def new_person() -> ResponseReturnValue:
    form = PersonForm()
    alike: list[queries.Likeness] = []
    if form.validate_on_submit():
        try:
            someone = actions.add_person(form.command())
        except Refused as refusal:
            form.refuse(refusal)
            alike = getattr(refusal, "alike", [])
        else:
            db.session.commit()
            flash(_("The person is entered."))
            return redirect(url_for(".person", id=someone.id), 303)
    return page("partners/edit_person.html", form=form, alike=alike, status=form.status)


@bp.route("/partners/people/<int:id>/edit", methods=["GET", "POST"])
@access(policies.can_see_people)
def edit_person(id: int) -> ResponseReturnValue:
    someone = queries.get_person(id)
    require_visible(policies.can_edit_person(current_user, someone))
    now = [each for each in someone.affiliations if each.until is None]
    place = {"organisation_id": now[0].organisation_id, "position": now[0].position} if now else {}
    form = PersonForm(obj=someone, data=place)
    if form.validate_on_submit():
        actions.change_person(someone, form.command())
        db.session.commit()
        flash(_("Saved."))
        return redirect(url_for(".person", id=id), 303)
    return page("partners/edit_person.html", form=form, person=someone, status=form.status)
