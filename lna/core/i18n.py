"""Languages of the reader, and dates, times and names as they read in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from flask import (
    Flask,
    Response,
    g,
    has_app_context,
    has_request_context,
    request,
    session,
    url_for,
)
from flask_babel import force_locale, get_locale, get_translations
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup, escape

from lna.config import Settings, settings
from lna.core.extensions import babel
from lna.core.multilingual import Multilingual

COOKIE = "lna_language"
AUTONYMS = {
    "en": "English",
    "km": "ខ្មែរ",
    "lo": "ລາວ",
    "my": "မြန်မာ",
    "vi": "Tiếng Việt",
    "th": "ไทย",
    "fr": "Français",
}
LONGEST_QUERY = 4000
"""Of a longer one the links to other languages keep nothing: it would stand in each of them."""
BUDDHIST_ERA = 543
"""Thai readers count the year from here: 2025 is shown as 2568."""


def chosen_language() -> str:
    """`?lang=`, else the signed-in person's setting, else the cookie, else what they accept."""
    if not has_request_context():
        return settings().languages[0]
    if "language" not in g:
        g.language = _choose()
    return str(g.language)


def _choose() -> str:
    known = settings().languages
    if (asked := request.args.get("lang")) in known:
        return str(asked)
    own = getattr(current_user, "language", None) if "_user_id" in session else None
    for candidate in (own, request.cookies.get(COOKIE)):
        if candidate in known:
            return str(candidate)
    return request.accept_languages.best_match(known) or known[0]


def language() -> str:
    """The language texts are being written in right now: of the page, or of a letter."""
    # Asked hundreds of times a page: look where Flask-Babel keeps its answer before asking it.
    kept = g.get("_flask_babel") if has_app_context() else None
    locale = getattr(kept, "babel_locale", None) or get_locale()
    return locale.language if locale else settings().languages[0]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Write in a person's language for a while, whoever is asking."""
    with force_locale(code):
        yield


def remember_language(response: Response) -> Response:
    """Keep the choice of `?lang=` in a cookie, so that the next page stays in it."""
    if request.args.get("lang") in settings().languages:
        response.set_cookie(
            COOKIE,
            chosen_language(),
            max_age=365 * 86_400,
            httponly=True,
            samesite="Lax",
            secure=settings().secure,
        )
    return response


def lang_url(code: str) -> str:
    """This page in another language."""
    if request.method not in {"GET", "HEAD"} or request.endpoint is None:
        return url_for("home.index", lang=code)
    given = request.args.items(multi=True) if len(request.query_string) < LONGEST_QUERY else ()
    others = [pair for pair in given if pair[0] != "lang"]
    path = quote(f"{request.script_root}{request.path}", safe="/:@!$&'()*+,;=")
    return f"{path}?{urlencode([*others, ('lang', code)])}"


def shown(text: Multilingual | None) -> Markup:
    """A text in the reader's language; another language is marked with `lang` and named."""
    if not text:
        return Markup("")
    best = text.shown(language())
    if not best.is_fallback:
        return escape(best.text)
    return Markup('<span lang="{}">{}</span> <span class="in-language">({})</span>').format(
        best.language, best.text, language_name(best.language)
    )


def plain(text: Multilingual | None) -> str:
    """The same choice as `shown`, without markup: for titles, letters and calendars."""
    return text.shown(language()).text if text else ""


@lru_cache(maxsize=4096)
def _name(kind: str, code: str, reader: str) -> str:
    locale = Locale.parse(reader)
    names = locale.territories if kind == "country" else locale.languages
    name = names.get(code) or code
    return name.split(" (")[0]  # Myanmar, not Myanmar (Burma)


def country_name(code: str) -> str:
    """A country (ISO 3166-1 alpha-2) as the reader calls it."""
    return _name("country", code, language())


def language_name(code: str) -> str:
    """A language (ISO 639-1) as the reader calls it."""
    return _name("language", code, language())


def day(value: date, *, year: bool = True, weekday: bool = False) -> str:
    """A calendar day in words: `9 Feb 2027`, Thai in the Buddhist era; never in figures only."""
    return _day(value, year, weekday, language())


def formatted(value: date, pattern: str) -> str:
    """A day by a CLDR pattern, for the parts of a date that stand apart: `MMM`, `EEE`."""
    return _formatted(value, pattern, language())


@lru_cache(maxsize=4096)
def _formatted(value: date, pattern: str, reader: str) -> str:
    return format_date(value, pattern, locale=reader)


@lru_cache(maxsize=4096)
def _day(value: date, year: bool, weekday: bool, reader: str) -> str:
    name = "MMM" if reader == "en" else "MMMM"
    if reader == "my":  # Burmese goes from the year down
        pattern = ("y " if year else "") + f"{name} d" + (" EEE" if weekday else "")
        return format_date(value, pattern, locale=reader)
    words = format_date(value, ("EEE " if weekday else "") + f"d {name}", locale=reader)
    if not year:
        return words
    return words + (", " if reader == "vi" else " ") + str(_civil_year(value.year, reader))


def civil_year(year: int) -> int:
    """The year as the reader counts it."""
    return _civil_year(year, language())


def _civil_year(year: int, reader: str) -> int:
    return year + BUDDHIST_ERA if reader == "th" else year


def month(value: date) -> str:
    """A month and its year: `February 2027`."""
    return f"{format_date(value, 'LLLL', locale=language())} {civil_year(value.year)}"


def days(first: date, last: date, *, weekday: bool = True) -> str:
    """A span of days without repeating what both share: `Tue 9 – Thu 11 Feb 2027`."""
    if first == last:
        return day(first, weekday=weekday)
    if language() == "my":
        return f"{day(first, weekday=weekday)} – {day(last, weekday=weekday)}"
    if (first.year, first.month) == (last.year, last.month):
        pattern = "EEE d" if weekday else "d"
        begin = format_date(first, pattern, locale=language())
    else:
        begin = day(first, weekday=weekday, year=first.year != last.year)
    return f"{begin} – {day(last, weekday=weekday)}"


def zone_label(zone: str, at: datetime) -> str:
    """A zone by its city and distance from UTC: `Vientiane, UTC+7`."""
    offset = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign, (hours, rest) = "+" if minutes >= 0 else "-", divmod(abs(minutes), 60)
    utc = f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")
    return f"{zone.rsplit('/', 1)[-1].replace('_', ' ')}, {utc}"


def moment(at: datetime, zone: str) -> str:
    """A point in time with its zone: `Tue 9 Feb 2027, 09:00 (Vientiane, UTC+7)`."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(local.date(), weekday=True)}, {local:%H:%M} ({zone_label(zone, at)})"


def span(starts_at: datetime, ends_at: datetime, zone: str, *, all_day: bool = False) -> str:
    """From when to when: `Tue 9 – Thu 11 Feb 2027, 09:00–16:30 (Vientiane, UTC+7)`.

    `ends_at` of an all-day span is the midnight after its last day.
    """
    first, last = (at.astimezone(ZoneInfo(zone)) for at in (starts_at, ends_at))
    if all_day:
        return days(first.date(), max(first.date(), (last - timedelta(seconds=1)).date()))
    dates = days(first.date(), last.date())
    return f"{dates}, {first:%H:%M}–{last:%H:%M} ({zone_label(zone, starts_at)})"


def joined(parts: list[str]) -> str:
    """Names in a row, as a sentence of the reader's language separates them."""
    return str(_(", ")).join(parts)


class Catalogues(dict[str, Any]):
    """The translations of each language, looked up once; for templates, which ask all the time."""

    def here(self) -> Any:
        code = language()
        if code not in self:
            self[code] = get_translations()
        return self[code]


def init_app(app: Flask, settings: Settings) -> None:
    babel.init_app(
        app,
        default_locale=settings.languages[0],
        locale_selector=chosen_language,
        default_translation_directories=str(app.root_path) + "/translations",
    )
    catalogues = Catalogues()
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: catalogues.here().ugettext(text),
        ngettext=lambda one, many, number: catalogues.here().ungettext(one, many, number),
        newstyle=True,
    )
    app.after_request(remember_language)
    app.jinja_env.globals.update(
        language=language, lang_url=lang_url, autonyms=AUTONYMS, moment=moment, span=span, days=days
    )
    app.jinja_env.filters.update(
        shown=shown,
        plain=plain,
        country=country_name,
        language_name=language_name,
        day=day,
        month=month,
        civil_year=civil_year,
        dateformat=formatted,
        joined=joined,
    )
