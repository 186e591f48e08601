"""Who is behind a request: the cookie, its session, and the step some people must take first."""

from typing import NamedTuple

from flask import Response, flash, g, has_request_context, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response as BaseResponse

from lna.accounts import actions, policies, queries
from lna.accounts.models import User
from lna.accounts.views import bp
from lna.config import settings
from lna.core import throttle
from lna.core.access import DETOURS, access, public
from lna.core.db import SAFE_METHODS, db
from lna.core.extensions import login_manager
from lna.core.refusal import Refused
from lna.core.visitor import may_be_signed_in


class Limits(NamedTuple):
    """Times in seconds: how often one address may try one account, how often all may together."""

    here: tuple[tuple[int, int], ...]
    everywhere: tuple[int, int]


PASSWORDS = Limits(((5, 60), (20, 3600)), (100, 3600))
LETTERS = Limits(((3, 600), (10, 86_400)), (20, 3600))
OPEN = {"static", "accounts.second_factor", "accounts.recovery_codes", "accounts.sign_out"}
"""What somebody can reach who must set a second factor first."""


@login_manager.user_loader
def load_user(secret: str) -> User | None:
    """Whoever the cookie's secret belongs to. Asked in vain once, it does not ask again:
    the page that says the database is down has to be shown without it."""
    if g.get("session_unreadable"):
        return None
    g.session_unreadable = True
    found = queries.live_session(secret)
    g.session_unreadable = False
    if found is None or not found.user.is_active:
        return None
    if request.method in SAFE_METHODS:
        actions.note_seen(found)
    found.user.session_secret = secret
    return found.user


@bp.app_context_processor
def roles_in_pages() -> dict[str, bool]:
    """`is_staff` for every template, letters written outside a request included."""
    known = has_request_context() and may_be_signed_in()
    return {"is_staff": known and policies.staff(current_user)}


def lead_to_second_factor() -> BaseResponse | None:
    """Whoever needs a second factor and has none can only set one."""
    if not settings().second_factor_required or not may_be_signed_in():
        return None
    if request.endpoint in OPEN or not current_user.is_authenticated:
        return None
    needed = policies.must_set_second_factor(me())
    if request.method not in SAFE_METHODS:
        db.session.rollback()  # the view may count an attempt first, and needs the lock for it
    if not needed:
        return None
    page = url_for("accounts.second_factor")
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": page})
    return redirect(page, 303)


DETOURS.append(lead_to_second_factor)


def me() -> User:
    """The person signed in, not the stand-in that Flask-Login passes around."""
    user: User = current_user._get_current_object()
    return user


def admit(user: User, target: str) -> ResponseReturnValue:
    """The first proof is given: on to the second, or in; commits."""
    try:
        if user.has_second_factor:
            session["second_step"] = actions.ask_for_second_step(user)
            db.session.commit()
            return redirect(url_for("accounts.second_step", next=target), 303)
        begin_session(user)
    except Refused as refusal:
        db.session.commit()
        flash(str(refusal.reason), "error")
        return redirect(url_for("accounts.sign_in"), 303)
    return redirect(target, 303)


def begin_session(user: User) -> None:
    """Sign this browser in under a new secret; nothing from before is kept; commits."""
    if before := queries.live_session(session.get("_user_id", "")):
        actions.end_session(before)
    secret = actions.sign_in(user, device())
    db.session.commit()
    session.clear()
    user.session_secret = secret
    login_user(user)


@bp.post("/sign-out")
@access(public)
def sign_out() -> ResponseReturnValue:
    if present := queries.live_session(session.get("_user_id", "")):
        actions.end_session(present)
        db.session.commit()
    session.clear()
    flash(_("You are signed out."))
    return redirect(f"{request.script_root}/", 303)


def hold_back(what: str, whom: object, limits: Limits = PASSWORDS) -> None:
    """Count an attempt on an account, known or not; too many wait ever longer (429).

    Ends the transaction: the count has one of its own, and hashing must not hold a lock.
    """
    db.session.rollback()
    here = f"{what} {whom} {throttle.client()}"
    attempts = [*((here, *limit) for limit in limits.here), (f"{what} {whom}", *limits.everywhere)]
    for key, times, seconds in attempts:  # a key for each: a count has one window
        if wait := throttle.attempt(f"{key} {seconds}", times=times, seconds=seconds):
            raise TooManyRequests(retry_after=wait)


BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "UCBrowser": "UC Browser",
    "Firefox": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome", "Chrome": "Chrome",
    "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows",
    "Mac OS X": "macOS", "CrOS": "ChromeOS", "Linux": "Linux",
}  # fmt: skip


def device() -> str:
    """The browser as its owner would call it: `Chrome, Android`; no version, no address."""
    agent = request.user_agent.string
    found = [
        next((name for sign, name in names.items() if sign in agent), "")
        for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name)
