from collections.abc import Iterator

import pytest
from flask import Flask, g, request_started


@pytest.fixture(autouse=True)
def _every_request_is_its_own(app: Flask) -> Iterator[None]:
    """Tests keep one application context open; a request must not see who asked before it."""

    def forget(_sender: Flask, **_more: object) -> None:
        vars(g).clear()

    with request_started.connected_to(forget, app):
        yield
