"""One publication: its page, and the same for other programs."""

from flask import Response, current_app
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lna.accounts.policies import annotators, editors
from lna.core.access import access, public, require_visible
from lna.core.page import page, remembered
from lna.library import policies, queries
from lna.library.exporters import bibtex, data, ris
from lna.library.models import Record
from lna.library.queries import PublicationRow
from lna.library.views import bp
from lna.library.views.shown import ShownPublication, address_of, theme_name, theme_names


@bp.get("/library/<key>")
@access(public)
def show(key: str) -> ResponseReturnValue:
    return remembered("library", "themes", render=lambda: _page(visible(key)))


@bp.get("/library/<key>.<any(bib, ris, json):form>")
@access(public)
def record_as(key: str, form: str) -> ResponseReturnValue:
    row = visible(key)
    require_visible(row.state != "withdrawn")
    allowed = policies.can_read_abstract(current_user, abstract_public=row.abstract_public)
    return written(row.record(address_of(key), may_read_abstract=allowed), form)


def written(record: Record, form: str) -> Response:
    """One publication in a form other programs read."""
    if form == "json":
        body = current_app.json.dumps(data.publication(record))
        response = Response(body, mimetype=data.MIMETYPE)
    else:
        exporter = bibtex if form == "bib" else ris
        response = Response(exporter.entry(record, theme_names()), mimetype=exporter.MIMETYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{record.key}.{form}"'
    return response


def visible(key: str) -> PublicationRow:
    """The publication with the annotations this reader may see, or the 404 of a missing one."""
    row = queries.publication_row(key, all_annotations=annotators(current_user))
    require_visible(policies.can_see_publication(current_user, row.state))
    return row


def shown(row: PublicationRow) -> ShownPublication:
    allowed = policies.can_read_abstract(current_user, abstract_public=row.abstract_public)
    return ShownPublication(row, may_read_abstract=allowed)


def _page(row: PublicationRow) -> Response:
    withdrawn = row.state == "withdrawn" and not editors(current_user)
    return page(
        "library/withdrawn.html" if withdrawn else "library/show.html",
        publication=shown(row),
        theme_name=theme_name,
        may_edit=editors(current_user),
        may_annotate=annotators(current_user) and row.is_public,
        status=410 if withdrawn else 200,
    )
