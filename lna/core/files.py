"""Static files: their address carries a hash of their content, so they are kept for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for


@lru_cache(maxsize=256)
def _fingerprint(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(filename: str) -> str:
    """The address of a static file in its present content."""
    path = Path(current_app.static_folder or "") / filename
    return url_for("static", filename=filename, v=_fingerprint(path, path.stat().st_mtime_ns))


def keep_for_a_year(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in {200, 304}:
        fixed = "v" in request.args or (request.path.endswith(".woff2"))
        response.cache_control.no_cache = None
        response.cache_control.max_age = 31_536_000 if fixed else 300
        response.cache_control.public = True
        response.cache_control.immutable = fixed
    return response


def init_app(app: Flask) -> None:
    app.after_request(keep_for_a_year)
    app.jinja_env.globals["asset"] = asset
