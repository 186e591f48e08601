"""Static files: their address carries a hash of their content, so they are kept for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

from lna.core.compression import accepts_gzip, compress

PACKED = {".css", ".js", ".svg"}


@lru_cache(maxsize=256)
def _fingerprint(path: Path, changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def asset(filename: str) -> str:
    """The address of a static file in its present content."""
    path = Path(current_app.static_folder or "") / filename
    return url_for("static", filename=filename, v=_fingerprint(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=64)
def _packed(path: Path, changed: int) -> bytes:
    return compress(path.read_bytes(), 9)


def pack(response: Response) -> Response:
    """Sheets, scripts and pictures in text leave compressed, packed once for each content."""
    path = Path(current_app.static_folder or "") / (request.view_args or {}).get("filename", "")
    if request.endpoint != "static" or path.suffix not in PACKED:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and accepts_gzip():
        response.close()  # the file opened to be sent as it is
        response.direct_passthrough = False
        response.set_data(_packed(path, path.stat().st_mtime_ns))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
    return response


def keep_for_a_year(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in {200, 304}:
        fixed = "v" in request.args or (request.path.endswith(".woff2"))
        response.cache_control.no_cache = None
        response.cache_control.max_age = 31_536_000 if fixed else 300
        response.cache_control.public = True
        response.cache_control.immutable = fixed
    return response


def init_app(app: Flask) -> None:
    app.after_request(pack)
    app.after_request(keep_for_a_year)
    app.jinja_env.globals["asset"] = asset
