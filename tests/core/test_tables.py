"""What a spreadsheet gets, and what it must not be made to do."""

import csv
import io
import re
import zipfile

import pytest

from lna.core.tables import csv_bytes, csv_lines, xlsx_bytes

pytestmark = pytest.mark.pure

DANGEROUS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "|calc", "\t=1", "\ta", "\r=1", "\n=1", " =1"),
    *("＝1", "－1"),
]


def rows_of(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    assert rows_of(csv_bytes(["note"], [[text]])) == [["note"], [f"'{text}"]]
    assert "<f>" not in sheet(xlsx_bytes("List", ["note"], [[text]]))


def test_numbers_are_numbers_and_nothing_is_empty() -> None:
    table = [[-5, 2.5, None, "ដីធ្លី", 'a "b", c']]
    assert rows_of(csv_bytes(["a", "b", "c", "d", "e"], table))[1] == [
        *("-5", "2.5", "", "ដីធ្លី", 'a "b", c')
    ]
    assert re.search(r'<c r="A2"[^>]*><v>-5</v>', sheet(xlsx_bytes("List", ["a"], [[-5]])))


def test_a_row_leaves_before_the_next_is_made() -> None:
    def rows() -> object:
        yield ["first"]
        raise AssertionError("too far")

    lines = csv_lines(["name"], rows())
    assert next(lines).endswith("name\r\n")
    assert next(lines) == "first\r\n"


def test_equal_rows_are_equal_bytes() -> None:
    assert xlsx_bytes("ບັນຊີ", ["a"], [["x"]]) == xlsx_bytes("ບັນຊີ", ["a"], [["x"]])


def test_addresses_are_not_links() -> None:
    book = xlsx_bytes("List", ["a"], [["https://example.org"]])
    assert "hyperlink" not in sheet(book)


def sheet(book: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()
