"""The table of publications `mlrf_metadata.csv`, and any other with the same column names."""

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from flask_babel import lazy_gettext as _

from lna.library.importers.entry import UPLOAD, Broken, Entry, Limits, Unreadable
from lna.library.importers.record import Fields, entry_of
from lna.library.importers.text import decoded

if TYPE_CHECKING:
    from _csv import Reader

NEEDED = {"title", "doc_type"}
PLACES = {
    "ext_id": "custom6",
    "title": "titles/title",
    "year": "dates/year",
    "container": "titles/secondary-title",
    "publisher": "publisher",
    "place": "pub-location",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "edition": "edition",
    "isbn": "isbn",
    "doi": "electronic-resource-num",
    "doc_type": "custom4",
    "access": "custom1",
    "language": "language",
    "abstract": "abstract",
    "url": "urls/web-urls/url",
}
"""Column -> the place of the same fact in EndNote XML, so that both are read alike."""
LISTS = {
    "authors": ("contributors/authors/author", ";"),
    "editors": ("contributors/secondary-authors/author", ";"),
    "key_themes": ("keywords/keyword", "|"),
    "keywords": ("keywords/keyword", "|"),
}


def read(file: BinaryIO, limits: Limits = UPLOAD, encoding: str = "") -> Iterator[Entry | Broken]:
    """Every row of the table in its order.

    Raises Unreadable, with the line, for a table without its columns, a quotation mark that is
    never closed, and what `text.decoded` refuses.
    """
    table = csv.reader(_lines(file, limits, encoding), strict=True)
    try:
        columns = [column.strip().casefold() for column in next(table, [])]
        if not NEEDED.issubset(columns):
            names = ", ".join(sorted(NEEDED))
            raise Unreadable(_("The first line must name the columns %(names)s.", names=names), 1)
        yield from _entries(table, columns, limits)
    except csv.Error as error:
        reason = _("This is not a correct CSV table (%(what)s).", what=error)
        raise Unreadable(reason, table.line_num) from error


def _entries(table: "Reader", columns: list[str], limits: Limits) -> Iterator[Entry | Broken]:
    before = table.line_num
    for count, row in enumerate(table, 1):
        line, before = before + 1, table.line_num
        if count > limits.records:
            sentence = _("There are more than %(count)s records.", count=limits.records)
            raise Unreadable(sentence, line)
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(columns):
            sentence = _(
                "The row has %(count)s cells, the first line names %(names)s.",
                count=len(row),
                names=len(columns),
            )
            yield Broken(line=line, reason=sentence, raw=";".join(row)[:300])
        else:
            yield entry_of(_fields(line, dict(zip(columns, row, strict=True))))


def _fields(line: int, row: dict[str, str]) -> Fields:
    fields = Fields(line)
    for column, place in PLACES.items():
        fields.add(place, row.get(column, ""))
    for column, (place, separator) in LISTS.items():
        for text in row.get(column, "").split(separator):
            fields.add(place, text)
    fields.add("custom2", row.get("countries", "").replace("|", ","))
    if status := row.get("status", "").strip():
        fields.add("label", f"1-{status}")
    return fields


def _lines(file: BinaryIO, limits: Limits, encoding: str) -> Iterator[str]:
    """Lines with their ends, as the csv module wants them, in pieces of any size."""
    rest = ""
    for text in decoded(file, limits, encoding):
        *lines, rest = (rest + text).split("\n")
        if len(rest) > limits.text:
            raise Unreadable(_("One line is too long."))
        yield from (f"{line}\n" for line in lines)
    if rest:
        yield rest
