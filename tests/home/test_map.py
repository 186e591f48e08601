"""The map is small, and a place falls into its country."""

import gzip
import re
from pathlib import Path

import pytest

from lna.core.vocabulary import provinces
from lna.home import map as region

pytestmark = pytest.mark.pure


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The corners of each outline: relative moves after an absolute first point."""
    found = []
    for part in path.split("M")[1:]:
        x, y, *steps = (int(number) for number in re.findall(r"-?\d+", part))
        ring = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def inside(ring: list[tuple[int, int]], x: float, y: float) -> bool:
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def test_the_outlines_are_under_six_kilobytes_on_the_wire() -> None:
    file = Path(region.__file__).with_name("outlines.json")
    assert len(gzip.compress(file.read_bytes())) < 6000


def test_provinces_inland_fall_into_their_country() -> None:
    shapes = {code: rings(path) for code, path in region.outlines().countries.items()}
    for code in "KH-12", "KH-16", "LA-LP", "LA-XI", "MM-17", "MM-18", "VN-33", "VN-HN", "TH-40":
        province = provinces()[code]
        x, y = region.place(province.latitude, province.longitude)
        hits = [country for country, found in shapes.items() if any(inside(r, x, y) for r in found)]
        assert hits == [province.country], province


def test_every_province_is_on_the_picture() -> None:
    picture = region.outlines()
    for province in provinces().values():
        x, y = region.place(province.latitude, province.longitude)
        assert 0 < x < picture.width, province
        assert 0 < y < picture.height, province


def test_a_dot_grows_with_its_number() -> None:
    one, many = region.dot(18, 102, 1, "one"), region.dot(18, 102, 25, "many")
    assert one.radius < many.radius < 40
