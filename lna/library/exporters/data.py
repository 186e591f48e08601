"""Publications as JSON: our own field names, codes and both forms of every name."""

from typing import Any

from lna.library.models import Record, Remarks

MIMETYPE = "application/json"
HIDDEN = {"note"}


def publication(record: Record) -> dict[str, Any]:
    """One publication; a field without content is left out, an unseen abstract is one."""
    details = record.details.to_json()
    said = {name: value for name, value in details.items() if name not in HIDDEN and _says(value)}
    return {
        "key": record.key,
        "address": record.address,
        "year": record.details.year,
        **said,
        "annotations": [_annotation(remarks) for remarks in record.remarks],
    }


def _says(value: Any) -> bool:
    return bool(value["texts"] if isinstance(value, dict) else value)


def _annotation(remarks: Remarks) -> dict[str, Any]:
    content = remarks.to_json() | {"by_theme": dict(remarks.by_theme)}
    return {name: value for name, value in content.items() if value}
