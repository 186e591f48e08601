"""The front page and the pages about the site."""

from flask import Response
from flask.typing import ResponseReturnValue

from lna.activities.queries import programme
from lna.config import settings
from lna.core.access import access, public
from lna.core.page import page, remembered
from lna.core.versions import versions_of
from lna.home import queries
from lna.home.map import outlines
from lna.home.queries.front import SHOWN_NEXT
from lna.home.views import bp


@bp.get("/")
@access(public)
def index() -> ResponseReturnValue:
    known = programme()
    version = f"{known.version} {versions_of('library')}"
    return remembered(render=_front, version=version, until=known.until)


def _front() -> Response:
    coming = queries.upcoming()
    return page(
        "home/index.html",
        activities=coming[:SHOWN_NEXT],
        coming=len(coming),
        dots=queries.places_of(coming),
        countries=queries.countries_of_coming(),
        outlines=outlines(),
        publications=queries.newest_publications(4),
    )


@bp.get("/about")
@access(public)
def about() -> ResponseReturnValue:
    return remembered(render=lambda: page("home/about.html"))


@bp.get("/privacy")
@access(public)
def privacy() -> ResponseReturnValue:
    return remembered(
        render=lambda: page(
            "home/privacy.html", settings=settings(), contact=settings().contact_email
        )
    )


@bp.get("/accessibility")
@access(public)
def accessibility() -> ResponseReturnValue:
    return remembered(render=lambda: page("home/accessibility.html", settings=settings()))


@bp.get("/robots.txt")
@access(public)
def robots() -> ResponseReturnValue:
    """Personal links and staff pages stay out; feeds are allowed, or Google would not read them."""
    closed = ("/registrations/", "/offers/", "/me", "/board", "/account", "/sign-in")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return Response(
        "\n".join([*lines, ""]),
        mimetype="text/plain",
    )
