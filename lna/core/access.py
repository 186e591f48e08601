"""Who may reach a view. Every view says so; one that does not is closed."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from lna.core import throttle
from lna.core.extensions import login_manager

Gate = Callable[[Any], bool]
View = TypeVar("View", bound=Callable[..., Any])
DETOURS: list[Callable[[], BaseResponse | None]] = []
"""Asked before every view's gate: an answer sends the person somewhere else first."""


def public(user: Any) -> bool:
    """Anyone, without looking who asks."""
    return True


def signed_in(user: Any) -> bool:
    return bool(user.is_authenticated)


def access(gate: Gate) -> Callable[[View], View]:
    """Declare a view's gate. Roles are gates too; they live in accounts/policies.py."""

    def declare(view: View) -> View:
        view.gate = gate  # type: ignore[attr-defined]
        return view

    return declare


def require(allowed: bool) -> None:
    """Stop with 403 unless a policy agrees: `require(can_approve(current_user, activity))`."""
    if not allowed:
        abort(403)


def require_visible(allowed: bool) -> None:
    """Stop with the 404 of a missing thing: foreign, hidden and absent look alike."""
    if not allowed:
        abort(404)


def guard() -> BaseResponse | None:
    """Before every request: inside the view's limits and through its gate, or not at all."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None
    throttle.check(view)
    for detour in DETOURS:
        if answer := detour():
            return answer
    gate: Gate = view.gate
    if gate is public or gate(current_user):
        return None
    if current_user.is_authenticated:
        abort(403)
    if request.method not in {"GET", "HEAD"}:
        here = request.referrer or "/"
    else:
        here = request.full_path.rstrip("?")
    return to_sign_in(here)


def to_sign_in(here: str) -> BaseResponse:
    """Send a visitor to sign in and back; htmx is told to go there as a whole page."""
    sign_in = url_for(str(login_manager.login_view), next=safe_next(here))
    if "HX-Request" in request.headers:  # a fragment cannot hold the sign-in page
        return Response(status=204, headers={"HX-Redirect": sign_in})
    return redirect(sign_in, 303)


def safe_next(address: str | None, default: str = "/") -> str:
    """A path on this site to go to after signing in; anything else becomes `default`."""
    if not address:
        return default
    own = request.host_url.rstrip("/")
    path = address.removeprefix(own)
    plain = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if plain and path.isprintable() else default


def init_app(app: Flask) -> None:
    access(public)(app.view_functions["static"])
    app.before_request(guard)
