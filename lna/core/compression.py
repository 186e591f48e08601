"""Smaller answers: gzip, fast for live pages, better for what is stored."""

import gzip

from flask import Flask, Response, request

TEXT = ("text/", "application/json", "application/xml", "application/atom", "image/svg")
SMALL = 600


def compress(body: bytes, level: int) -> bytes:
    """Gzip without a time stamp, so equal bodies give equal bytes."""
    return gzip.compress(body, level, mtime=0)


def accepts_gzip() -> bool:
    """Whether the client reads gzip."""
    return request.accept_encodings.quality("gzip") > 0


def compress_answer(response: Response) -> Response:
    """Live text answers leave compressed at level 1; what is packed or streamed is left alone."""
    if (
        response.is_streamed
        or response.direct_passthrough
        or "Content-Encoding" in response.headers
        or not (response.mimetype or "").startswith(TEXT)
    ):
        return response
    response.vary.add("Accept-Encoding")
    if accepts_gzip() and (response.content_length or 0) > SMALL:
        response.set_data(compress(response.get_data(), 1))
        response.headers["Content-Encoding"] = "gzip"
    return response


def init_app(app: Flask) -> None:
    app.after_request(compress_answer)
