"""The catalogue: search, filters, and whole results for other programs."""

import json
from collections.abc import Iterator

from flask import Response, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lna.accounts.policies import annotators, editors
from lna.core.access import access, public
from lna.core.page import page, problem, remembered
from lna.core.tables import csv_lines
from lna.library import policies, queries
from lna.library.criteria import Criteria
from lna.library.exporters import bibtex, data, ris, table
from lna.library.models import Record
from lna.library.search import choices, found_ids, search
from lna.library.views import bp
from lna.library.views.listing import Listing
from lna.library.views.shown import address_of, coverage, theme_names

BATCH = 200
TYPES = {
    "bib": bibtex.MIMETYPE,
    "ris": ris.MIMETYPE,
    "csv": table.MIMETYPE,
    "json": data.MIMETYPE,
}


@bp.get("/library")
@access(public)
def index() -> ResponseReturnValue:
    def render() -> Response:
        criteria, bad = Criteria.read(request.args, choices())
        return page(
            "library/index.html",
            listing=Listing(search(criteria), url_for(".index"), bad),
            coverage=coverage,
            may_edit=editors(current_user),
            may_annotate=annotators(current_user),
        )

    return remembered("library", "themes", render=render)


@bp.get("/library.<any(bib, ris, csv, json):form>")
@access(public)
def whole(form: str) -> ResponseReturnValue:
    """The whole result, never on pages; a wrong filter is said, not left out."""
    criteria, bad = Criteria.read(request.args, choices())
    if bad:
        return problem(400, f"{bad[0].name}: {bad[0].value[:60]!r} is not known here.")
    lines = stream_with_context(_written(form, _records(found_ids(criteria))))
    response = Response(lines, mimetype=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="library.{form}"'
    return response


def _records(ids: list[int]) -> Iterator[Record]:
    for start in range(0, len(ids), BATCH):
        for row in queries.publication_rows(ids[start : start + BATCH]):
            allowed = policies.can_read_abstract(current_user, abstract_public=row.abstract_public)
            yield row.record(address_of(row.key), may_read_abstract=allowed)


def _written(form: str, records: Iterator[Record]) -> Iterator[str]:
    if form == "csv":
        return csv_lines(table.HEAD, table.rows(records))
    if form == "json":
        return _json_lines(records)
    entries = bibtex.entries if form == "bib" else ris.entries
    return entries(records, theme_names())


def _json_lines(records: Iterator[Record]) -> Iterator[str]:
    separator = '{"publications": ['
    for record in records:
        yield separator + json.dumps(data.publication(record), ensure_ascii=False)
        separator = ",\n"
    yield "]}" if separator == ",\n" else '{"publications": []}'
