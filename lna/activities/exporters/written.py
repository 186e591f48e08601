"""The forms a list is handed out in, by the ending of its address."""

import json
from collections.abc import Sequence

from flask_babel import gettext as _

from lna.activities.exporters.atom import atom
from lna.activities.exporters.json import list_json
from lna.activities.exporters.table import as_csv, as_xlsx
from lna.activities.queries import Listed
from lna.core.tables import CSV_TYPE, XLSX_TYPE

TYPES = {
    "csv": CSV_TYPE,
    "xlsx": XLSX_TYPE,
    "json": "application/json",
    "atom": "application/atom+xml",
}


def written(ending: str, rows: Sequence[Listed], *, root: str, here: str) -> bytes:
    """The rows in one of `TYPES`; `here` is the address of this answer, `root` of the site."""
    if ending == "csv":
        return as_csv(rows, root)
    if ending == "xlsx":
        return as_xlsx(rows, root)
    if ending == "json":
        answer = list_json(rows, root=root, here=here)
        return json.dumps(answer, ensure_ascii=False, indent=1).encode()
    page = here.replace(".atom", "", 1)
    return atom(rows, title=_("Activities"), root=root, feed=here, page=page)
