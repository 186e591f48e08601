"""How much one request may bring, counted before anything is made of it.

`MAX_CONTENT_LENGTH` bounds the bytes and `MAX_FORM_PARTS` what comes with files; of an ordinary
form two megabytes can be a million fields, each of which costs time.
"""

from flask import Flask, abort, request

MOST_FIELDS = 3_000
"""Fields of a form; the largest we have, an activity with sixty sessions, has a third of that."""
MOST_CHOICES = 300
"""Choices in an address: all filters with all their values are fewer."""
FORM = "application/x-www-form-urlencoded"


def check() -> None:
    """Refuse a request with more fields than any page sends."""
    if request.query_string.count(b"&") >= MOST_CHOICES:
        abort(400)
    is_form = request.mimetype == FORM
    if is_form and request.get_data(parse_form_data=False).count(b"&") >= MOST_FIELDS:
        abort(413)


def init_app(app: Flask) -> None:
    """Before all that reads a form."""
    app.before_request(check)
