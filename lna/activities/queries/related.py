"""Related rows in one column of their owner: relations without a statement for each."""

from typing import Any

from sqlalchemy import Boolean, ColumnElement, Integer, String, cast, func, literal, select

from lna.activities.models import Activity

_id = Activity.__table__.c.id


def related(owner: ColumnElement[Any], *columns: ColumnElement[Any]) -> ColumnElement[str]:
    """The rows whose `owner` is the activity: `a:b,c:d`, in no particular order.

    Only for codes and numbers, which hold neither of the two signs; a truth is 0 or 1.
    """
    text = _text(columns[0])
    for column in columns[1:]:
        text = text + literal(":") + _text(column)
    joined = select(func.aggregate_strings(text, ",")).where(owner == _id)
    return joined.scalar_subquery().label(owner.table.name)


def rows_of(text: str | None) -> list[list[str]]:
    """What `related` put together, row by row."""
    return [row.split(":") for row in text.split(",")] if text else []


def in_order(text: str | None) -> list[list[str]]:
    """The rows by their first value, a position, and without it."""
    return [row for _, *row in sorted(rows_of(text), key=lambda row: (int(row[0]), row))]


def _text(column: ColumnElement[Any]) -> ColumnElement[str]:
    plain = cast(column, Integer) if isinstance(column.type, Boolean) else column
    return cast(plain, String)
