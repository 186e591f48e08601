"""Passwords that many people choose, one a line, in small letters without spaces."""

from functools import cache
from pathlib import Path


@cache
def common_passwords() -> frozenset[str]:
    text = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(text.split())
