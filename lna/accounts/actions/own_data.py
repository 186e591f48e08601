"""Everything the site keeps about a person, in one file for that person."""

import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from lna.accounts import queries
from lna.accounts.models import User
from lna.core import audit
from lna.core.tables import csv_bytes


def export_own_data(user: User) -> bytes:
    """A ZIP with `own-data.json`, and one CSV for each part of it."""
    parts = queries.own_data_of(user)
    audit.record("exported own data", user, [part.name for part in parts])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        everything = {part.name: part.rows for part in parts}
        archive.writestr(
            "own-data.json", json.dumps(everything, default=_plain, ensure_ascii=False, indent=2)
        )
        for part in parts:
            archive.writestr(f"{part.name}.csv", _csv(part.rows))
    return file.getvalue()


def _csv(rows: Iterable[dict[str, Any]]) -> bytes:
    table = list(rows)
    header = list(dict.fromkeys(name for row in table for name in row))
    return csv_bytes(header, ([_cell(row.get(name)) for name in header] for row in table))


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, default=_plain, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
