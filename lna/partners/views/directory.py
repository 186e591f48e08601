"""The public directory of organisations, networks and groups."""

from flask import Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lna.accounts.policies import staff
from lna.core import audit
from lna.core.access import access, public, require_visible
from lna.core.page import page, remembered
from lna.core.tables import CSV_TYPE, csv_bytes
from lna.core.vocabulary import ACTOR_GROUPS
from lna.partners import policies, queries
from lna.partners.criteria import DirectoryCriteria
from lna.partners.forms import KINDS
from lna.partners.models import Organisation, Person
from lna.partners.views import bp
from lna.partners.views.shown import Listing, exported

CSV_HEAD = (
    "slug",
    "kind",
    "name",
    "acronym",
    "actor_group",
    "country",
    "countries",
    "themes",
    "website",
)


@bp.get("/partners")
@access(public)
def index() -> ResponseReturnValue:
    criteria = DirectoryCriteria.read(request.args)
    hidden = staff(current_user)
    return remembered(
        "partners",
        "themes",
        render=lambda: page(
            "partners/index.html",
            listing=Listing(criteria, queries.directory(criteria, with_hidden=hidden)),
            may_add=policies.can_add_organisation(current_user),
        ),
    )


@bp.get("/partners.csv", endpoint="csv")
@access(public)
def as_csv() -> ResponseReturnValue:
    rows = exported(queries.everything_listed(DirectoryCriteria.read(request.args)))
    body = csv_bytes(CSV_HEAD, ([row[name] for name in CSV_HEAD] for row in rows))
    return Response(body, mimetype=CSV_TYPE)


@bp.get("/partners.json", endpoint="json")
@access(public)
def as_json() -> ResponseReturnValue:
    rows = exported(queries.everything_listed(DirectoryCriteria.read(request.args)))
    return {"organisations": [row | {"url": _address(row["slug"])} for row in rows]}


@bp.get("/partners/<slug>")
@access(public)
def show(slug: str) -> ResponseReturnValue:
    organisation = queries.get_organisation(slug)
    require_visible(policies.can_see_organisation(current_user, organisation))
    return page(
        "partners/show.html",
        organisation=organisation,
        kinds=KINDS,
        actor_groups=ACTOR_GROUPS,
        may_edit=policies.can_edit_organisation(current_user, organisation),
        people=people_seen(organisation),
    )


@bp.get("/partners/by-id/<int:id>")
@access(policies.can_see_people)
def by_id(id: int) -> ResponseReturnValue:
    """For links to a look-alike, of which the number is known."""
    known = queries.organisation_names()
    require_visible(id in known)
    return redirect(url_for(".show", slug=known[id][0]))


def people_seen(organisation: Organisation) -> list[tuple[Person, str]]:
    """Who belongs to it, of those this reader may see anyway; a look that is written down."""
    if not policies.can_see_people(current_user):
        return []
    everyone = queries.people_of(organisation)
    seen = [
        (one, position) for one, position in everyone if policies.can_see_person(current_user, one)
    ]
    if seen:
        audit.record_reading("people listed", organisation)
    return seen


def _address(slug: str) -> str:
    return url_for("partners.show", slug=slug, _external=True)
