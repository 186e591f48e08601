"""Rows as CSV (RFC 4180) and XLSX, safe to open: no cell is ever a formula or a link."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMULA_SIGNS = tuple("=+-@|\t\r＝＋－＠｜")
"""A cell that begins so is a formula somewhere; CSV has no other way to say it is text."""
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone
BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheet programs read UTF-8 as something else."""


def csv_cell(value: object) -> str:
    """The text of a cell; what a spreadsheet would take for a formula gets a quote in front."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float):
        return text
    looks_like_one = text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS)
    return f"'{text}" if looks_like_one else text


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The table line by line, for streaming; lines end in CRLF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    for row in chain([header], rows):
        writer.writerow([csv_cell(cell) for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The whole table, UTF-8 with byte order mark."""
    return "".join(csv_lines(header, rows)).encode()


def xlsx_bytes(sheet: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The table as a workbook of one sheet; whole numbers are numbers, all else is text.

    Equal rows give equal bytes.
    """
    import xlsxwriter  # noqa: PLC0415 - loads when first used

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"created": CREATED})
        page = book.add_worksheet(_sheet_name(sheet))
        bold = book.add_format({"bold": True})
        for column, title in enumerate(header):
            page.write_string(0, column, str(title), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int) and not isinstance(cell, bool):
                    page.write_number(number, column, cell)
                else:
                    page.write_string(number, column, "" if cell is None else str(cell)[:32_767])
        page.freeze_panes(1, 0)
        page.autofit()
    return buffer.getvalue()


def _sheet_name(name: str) -> str:
    return "".join(sign for sign in name if sign not in "[]:*?/\\'")[:31] or "Sheet"
