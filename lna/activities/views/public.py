"""The public pages of the programme: list, activity, month, and what other programs read."""

import json

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lna.activities import policies, queries
from lna.activities.exporters.json import detail_json
from lna.activities.exporters.linked import schema_org
from lna.activities.exporters.written import TYPES, written
from lna.activities.models import CYCLE
from lna.activities.queries.month import within
from lna.activities.views import bp
from lna.activities.views.filters import Filters, Listing
from lna.activities.views.month import asked_month, month_path, shown_month
from lna.core import clock
from lna.core.access import access, public, require_visible
from lna.core.i18n import language
from lna.core.page import page, problem, remembered

HOME_ZONE = "Asia/Vientiane"
"""Whose day it is for somebody who did not tell where they are."""


@bp.get("/activities")
@access(public)
def index() -> ResponseReturnValue:
    programme = queries.programme()

    def render() -> Response:
        criteria, bad = programme.read(request.args)
        found = queries.list_page(programme, criteria, language())
        return page(
            "activities/index.html",
            listing=Listing(programme, criteria, url_for(".index"), found, bad),
            may_plan=policies.can_plan(current_user),
        )

    return remembered(render=render, version=programme.version, until=programme.until)


@bp.get("/activities.<any(csv, xlsx, json, atom):ending>")
@access(public)
def export(ending: str) -> ResponseReturnValue:
    """The whole list in another form, never on pages; a wrong filter is said, not left out."""
    programme = queries.programme()
    criteria, bad = programme.read(request.args)
    if bad:
        return problem(400, f"{bad[0].name}: {bad[0].value[:60]!r} is not known here.")
    by_change = ending == "atom" and not criteria.sort
    ordered = criteria.but(sort="changed") if by_change else criteria

    def render() -> Response:
        rows = queries.listed(programme, programme.places(ordered, language()))
        here = criteria.at(request.base_url)
        return Response(written(ending, rows, root=root(), here=here), mimetype=TYPES[ending])

    return remembered(render=render, version=programme.version, until=programme.until)


@bp.get("/activities/<code>")
@access(public)
def show(code: str) -> ResponseReturnValue:
    programme = queries.programme()

    def render() -> Response:
        activity = queries.get_activity(code)
        require_visible(policies.can_see(current_user, activity))
        detail = queries.detail_of(activity, programme)
        return page(
            "activities/show.html",
            activity=detail,
            steps=CYCLE,
            event=schema_org(detail, request.base_url),
            own_zone=getattr(current_user, "timezone", None),
            may_plan=policies.can_plan(current_user),
            may_edit=policies.can_edit(current_user, activity),
        )

    return remembered(render=render, version=programme.version, until=programme.until)


@bp.get("/activities/<code>.json")
@access(public)
def show_json(code: str) -> ResponseReturnValue:
    programme = queries.programme()

    def render() -> Response:
        activity = queries.get_activity(code)
        require_visible(activity.is_public)
        answer = detail_json(queries.detail_of(activity, programme), root())
        return Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json")

    return remembered(render=render, version=programme.version, until=programme.until)


@bp.get("/calendar")
@access(public)
def calendar() -> ResponseReturnValue:
    programme = queries.programme()
    zone = getattr(current_user, "timezone", HOME_ZONE)
    today = clock.today(zone)

    def render() -> Response:
        asked, bad = programme.read(request.args)
        criteria = asked.but(when="", first=None, last=None, sort="")
        first = asked_month(request.args.get("month", ""), today)
        month = queries.month_of(programme, criteria, first, today)
        counted = within(criteria, first)
        filters = Filters(programme, criteria, month_path(first), bad, counted)
        return page("activities/calendar.html", filters=filters, **shown_month(month, criteria))

    until = min(filter(None, (programme.until, clock.midnight_after(today, zone))))
    return remembered(render=render, version=f"{programme.version} {today}", until=until)


def root() -> str:
    """The address of the site, without the slash at its end."""
    return request.url_root.rstrip("/")
