"""The region as a picture: outlines of five countries, and where a place falls on them.

Outlines: Natural Earth 1:50m (public domain) by way of the npm package world-atlas 2.0.2,
simplified so that neighbours still share their borders. Units are those of the SVG's viewBox.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sqrt
from pathlib import Path

WEST, NORTH = 91.6, 29.0
SCALE = 34.0
"""Units for one degree of latitude."""
SHRINK = cos(radians(17))
"""A degree of longitude is shorter than one of latitude by this much in the middle of the map."""


@dataclass(frozen=True)
class Outlines:
    """SVG path data; `countries` by ISO 3166-1 code, `neighbours` in one path."""

    width: int
    height: int
    countries: Mapping[str, str]
    neighbours: str


@dataclass(frozen=True)
class Dot:
    """A place on the map, and in words how many things are there."""

    x: float
    y: float
    radius: float
    label: str


@cache
def outlines() -> Outlines:
    """The outlines, read once."""
    return Outlines(**json.loads(Path(__file__).with_name("outlines.json").read_text()))


def place(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a point (degrees) lies, x from the left and y from the top."""
    return (longitude - WEST) * SCALE * SHRINK, (NORTH - latitude) * SCALE


def dot(latitude: float, longitude: float, number: int, label: str) -> Dot:
    """A dot whose area grows with `number`; a single thing is still easy to hit."""
    x, y = place(latitude, longitude)
    return Dot(round(x, 1), round(y, 1), round(9 * sqrt(max(number, 1)) ** 0.8, 1), label)


CENTRES = {
    "KH": (12.6, 104.9),
    "LA": (18.6, 103.3),
    "MM": (20.6, 96.2),
    "VN": (16.2, 107.8),
    "TH": (15.6, 101.2),
    "CN": (25.0, 101.5),
}
"""Where a dot stands when only the country is known: latitude and longitude in degrees."""


def centre(country: str) -> tuple[float, float]:
    """The middle of a country of the region; of any other, the middle of the region."""
    return CENTRES.get(country, (16.5, 102.5))
