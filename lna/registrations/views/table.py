"""The staff's list as a table to take along: CSV and XLSX, each cell safe, each export noted."""

from collections.abc import Iterable, Sequence

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lna.activities.models import Activity
from lna.core import audit, tables
from lna.core.access import access
from lna.core.i18n import country_name, plain
from lna.core.vocabulary import ACTOR_GROUPS, AGE_BANDS, CHANNELS, SEXES
from lna.registrations import policies, queries
from lna.registrations.criteria import Criteria
from lna.registrations.models import STATES
from lna.registrations.views import bp
from lna.registrations.views.staff import WHERE, participants

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get(f"{WHERE}.csv")
@access(policies.can_keep_lists)
def csv(code: str) -> ResponseReturnValue:
    activity, rows = exported(code)
    return attached(tables.csv_bytes(header(), rows), "text/csv", activity, "csv")


@bp.get(f"{WHERE}.xlsx")
@access(policies.can_keep_lists)
def xlsx(code: str) -> ResponseReturnValue:
    activity, rows = exported(code)
    return attached(tables.xlsx_bytes(code, header(), rows), XLSX, activity, "xlsx")


def exported(code: str) -> tuple[Activity, list[list[object]]]:
    """The rows the list shows under the same address, all pages of them."""
    activity = participants(code)
    audit.record_reading("registrations.export", activity, request.args.keys() & {"q", "state"})
    found = queries.listed(activity, Criteria.read(request.args, STATES))
    return activity, list(cells(found))


def header() -> Sequence[str]:
    return [
        *(_("Number"), _("State"), _("Place"), _("Name"), _("Name in Latin letters")),
        *(_("How to address"), _("E-mail"), _("Phone"), _("Best reached by"), _("Organisation")),
        *(_("Actor group"), _("Country"), _("Language"), _("Sex"), _("Age")),
        *(_("What they can share"), _("Agreed to share"), _("Registered (UTC)")),
    ]


def cells(rows: Iterable[queries.Listed]) -> Iterable[list[object]]:
    for row in rows:
        yield [
            *(row.id, STATES[row.state], row.place),
            *(row.name, row.latin_name, row.address_as, row.email, row.phone),
            *(CHANNELS.get(row.channel), plain(row.organisation) or row.organisation_name),
            ACTOR_GROUPS.get(row.actor_group),
            *(country_name(row.country) if row.country else "", row.language),
            *(SEXES.get(row.sex), AGE_BANDS.get(row.age_band), row.sharing),
            _("yes") if row.sharing_at else _("no"),
            f"{row.created_at:%Y-%m-%d %H:%M}",
        ]


def attached(body: bytes, mimetype: str, activity: Activity, ending: str) -> Response:
    answer = Response(body, mimetype=mimetype)
    name = f"registrations-{activity.code}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
