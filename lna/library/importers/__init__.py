"""Reading publications from files: which reader a file needs is seen in its first bytes."""

from collections.abc import Iterator
from typing import BinaryIO

from lna.library.importers import csv, endnote
from lna.library.importers.entry import UPLOAD, Broken, Entry, Limits, Unreadable

__all__ = ["Broken", "Entry", "Limits", "Unreadable", "read"]


def read(file: BinaryIO, limits: Limits = UPLOAD, encoding: str = "") -> Iterator[Entry | Broken]:
    """The publications of an EndNote XML or CSV file from its start; Unreadable if it is neither.

    The file must be one that can be wound back.
    """
    start = file.read(64).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe\t\r\n ")
    file.seek(0)
    reader = endnote if start.startswith(b"<") else csv
    yield from reader.read(file, limits, encoding)
