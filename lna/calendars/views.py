"""Feeds over HTTP, and the page that explains them."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lna.activities.queries import programme
from lna.calendars import feeds
from lna.calendars.feeds import Feed
from lna.core.access import access, public
from lna.core.compression import accepts_gzip
from lna.core.page import page, remembered

bp = Blueprint("calendars", __name__)

SHOWN_CANCELLED = {"": True, "show": True, "hide": False}
FEED_HEADERS = {
    "Cache-Control": "public, no-cache",  # what is withdrawn must be gone at the next look
    "Vary": "Accept-Encoding",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@bp.get("/activities.ics")
@access(public)
def chosen() -> ResponseReturnValue:
    """What the list of activities shows, by the same filters."""
    criteria, bad = programme().read(request.args)
    cancelled = request.args.get("cancelled", "")
    if bad:
        return unknown(
            _("There is no %(filter)s “%(value)s”.", filter=bad[0].name, value=bad[0].value)
        )
    if cancelled not in SHOWN_CANCELLED:
        return unknown(_("“cancelled” is “show” or “hide”."))
    return answer(feeds.of_choice(criteria, with_cancelled=SHOWN_CANCELLED[cancelled]))


@bp.get("/activities/<code>.ics")
@access(public)
def activity(code: str) -> ResponseReturnValue:
    """One activity and its sessions: to add once, or to subscribe to."""
    feed = feeds.of_activity(code)
    return answer(feed) if feed else unknown(_("There is no such activity, or it is not public."))


@bp.get("/calendar/subscribe")
@access(public)
def subscribe() -> ResponseReturnValue:
    """How to have the activities in one's own calendar, all of them or some."""
    present = programme()
    criteria, _bad = present.read(request.args)
    choice = criteria.but(sort="")
    return remembered(
        version=present.version,
        render=lambda: page(
            "calendars/subscribe.html",
            chosen=feeds.chosen(present, choice),
            choices=feeds.choices(present, choice),
            further=feeds.further(choice),
            ready_made=feeds.ready_made(present),
        ),
    )


def answer(feed: Feed) -> Response:
    """The feed as this client reads it, or 304 when it has it already."""
    is_packed = accepts_gzip()
    if unchanged(feed):
        response = Response(status=304)
    else:
        response = Response(feed.packed if is_packed else feed.plain, mimetype="text/calendar")
        if is_packed:
            response.headers["Content-Encoding"] = "gzip"
    response.headers.update(FEED_HEADERS)
    response.set_etag(f"{feed.tag}-gzip" if is_packed else feed.tag)
    response.last_modified = feed.changed_at
    return response


def unchanged(feed: Feed) -> bool:
    """Whether the client has these bytes, packed or not; a tag counts before a date (RFC 9110)."""
    if "If-None-Match" in request.headers:
        known = request.if_none_match
        return known.contains_weak(feed.tag) or known.contains_weak(f"{feed.tag}-gzip")
    since = request.if_modified_since
    return bool(since and feed.changed_at and feed.changed_at.replace(microsecond=0) <= since)


def unknown(sentence: str) -> Response:
    """404 in plain words, for calendar applications show no pages."""
    return Response(f"{sentence}\n", status=404, mimetype="text/plain")
