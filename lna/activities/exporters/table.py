"""The list as rows of a spreadsheet: CSV with codes for programs, XLSX in words for people."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from lna.activities.queries import Listed, Standing
from lna.activities.queries.labels import coded, place_name, standing_name
from lna.core.i18n import country_name, language, language_name
from lna.core.multilingual import Multilingual
from lna.core.tables import csv_bytes, xlsx_bytes

COLUMNS = {
    "code": _("Code"),
    "title": _("Title"),
    "title_language": _("Language of the title"),
    "type": _("Type"),
    "meeting_kind": _("Kind of meeting"),
    "status": _("Status"),
    "stage": _("Stage"),
    "start": _("Start"),
    "end": _("End"),
    "all_day": _("All day (1 is yes)"),
    "dates_tentative": _("Dates to be confirmed (1 is yes)"),
    "timezone": _("Time zone"),
    "mode": _("How people meet"),
    "countries": _("Countries"),
    "origin_countries": _("Countries its subject comes from"),
    "cross_border": _("Across borders (1 is yes)"),
    "places": _("Places"),
    "languages": _("Languages"),
    "interpreted": _("Interpreted into"),
    "themes": _("Themes"),
    "group": _("Thematic group"),
    "network": _("Network"),
    "organisers": _("Organisers"),
    "capacity": _("Seats"),
    "seats_taken": _("Seats taken"),
    "waiting": _("Waiting"),
    "registration_closes": _("Registration closes"),
    "planned_participants": _("Participants planned"),
    "actual_participants": _("Participants who came"),
    "planned_products": _("Products planned"),
    "actual_products": _("Products made"),
    "products": _("Products"),
    "summary": _("Summary"),
    "changed": _("Last changed"),
    "address": _("Address"),
}
SEPARATOR = "; "
Cell = str | int | None
Say = Callable[[str, str], str]
"""What a code of a kind (`country`, `type` …) becomes in a cell."""


def as_csv(rows: Sequence[Listed], root: str) -> bytes:
    """One line for each activity; `root` is the address of the site without a last slash."""
    return csv_bytes(tuple(COLUMNS), _table(rows, root, lambda name, code: code))


def as_xlsx(rows: Sequence[Listed], root: str) -> bytes:
    """The same table in the reader's language."""
    header = [str(heading) for heading in COLUMNS.values()]
    return xlsx_bytes(gettext("Activities"), header, _table(rows, root, _word))


def _word(name: str, code: str) -> str:
    words: dict[str, Callable[[str], str]] = {
        "country": country_name,
        "language": language_name,
        "status": lambda status: standing_name(Standing(status)),
    }
    return words[name](code) if name in words else coded(name, code)


def _table(rows: Sequence[Listed], root: str, say: Say) -> Iterator[list[Cell]]:
    for row in rows:
        title = row.title.shown(language())
        yield [
            *(row.code, title.text, say("language", title.language)),
            *(say("type", row.type), say("kind", row.meeting_kind)),
            *(say("status", row.standing.value), say("stage", row.stage.value)),
            *_dates(row),
            *_where(row, say),
            *_who(row),
            *_numbers(row),
            *(_text(row.products), _text(row.summary)),
            *(row.changed_at.isoformat(timespec="seconds"), f"{root}/activities/{row.code}"),
        ]


def _dates(row: Listed) -> Iterable[Cell]:
    """Start and end in the activity's own time, or its first and last day."""
    if row.all_day and row.days:
        yield from (day.isoformat() for day in row.days)
    else:
        for at in (row.starts_at, row.ends_at):
            yield _time(at, row.timezone)
    yield from (int(row.all_day), int(row.dates_tentative), row.timezone)


def _where(row: Listed, say: Say) -> Iterable[Cell]:
    yield say("mode", row.mode)
    yield _joined(say("country", code) for code in row.countries)
    yield _joined(say("country", code) for code in row.origins)
    yield int(row.is_cross_border)
    yield _joined(place_name(*place) for place in row.places)
    yield _joined(say("language", code) for code in row.languages)
    yield _joined(say("language", code) for code in row.interpreted)


def _who(row: Listed) -> Iterable[Cell]:
    yield _joined(_text(theme.name) for theme in row.themes)
    yield from (_text(each.name) if each else None for each in (row.group, row.network))
    yield _joined(_text(each.name) for each in row.organisers)


def _numbers(row: Listed) -> Iterable[Cell]:
    yield from (row.capacity, row.seats_taken, row.waiting)
    yield _time(row.registration_closes_at, row.timezone)
    yield from (row.planned_participants, row.actual_participants)
    yield from (row.planned_products, row.actual_products)


def _time(at: datetime | None, zone: str) -> str | None:
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") if at else None


def _text(text: Multilingual) -> str:
    return text.shown(language()).text


def _joined(words: Iterable[str]) -> str:
    return SEPARATOR.join(words)
