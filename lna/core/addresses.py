"""What may stand in a part of an address: text that can be stored, numbers a row can have."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

LARGEST = 2**31 - 1


class Word(UnicodeConverter):
    """A part without control characters: no code or key holds one, and PostgreSQL refuses NUL."""

    def __init__(self, map: Map, *arguments: Any, **options: Any) -> None:
        super().__init__(map, *arguments, **options)
        self.regex = self.regex.replace("[^/]", r"[^/\x00-\x1f\x7f]")


class Number(IntegerConverter):
    """A number from 0 to what fits a column; a larger one leads nowhere."""

    regex = r"\d{1,10}"

    def __init__(self, map: Map, max: int = LARGEST, **options: Any) -> None:
        super().__init__(map, max=max, **options)


def init_app(app: Flask) -> None:
    """Before any route is added."""
    app.url_map.converters |= {"default": Word, "string": Word, "int": Number}
