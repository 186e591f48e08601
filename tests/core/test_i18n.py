from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lna.core import i18n
from lna.core.multilingual import Multilingual

DAY = date(2025, 9, 3)
IN_WORDS = {
    "en": "3 Sep 2025",
    "fr": "3 septembre 2025",
    "km": "3 កញ្ញា 2025",
    "lo": "3 ກັນຍາ 2025",
    "my": "2025 စက်တင်ဘာ 3",
    "th": "3 กันยายน 2568",
    "vi": "3 tháng 9, 2025",
}


@pytest.mark.parametrize(("language", "words"), IN_WORDS.items())
def test_a_day_reads_as_the_reader_writes_it(app, language, words):
    with app.test_request_context(), i18n.speaking(language):
        assert i18n.day(DAY) == words


def test_a_span_says_its_days_times_and_zone_once(app):
    zone = "Asia/Vientiane"
    begin = datetime(2027, 2, 9, 9, 0, tzinfo=ZoneInfo(zone))
    end = datetime(2027, 2, 11, 16, 30, tzinfo=ZoneInfo(zone))
    with app.test_request_context():
        assert i18n.span(begin, end, zone) == (
            "Tue 9 – Thu 11 Feb 2027, 09:00–16:30 (Vientiane, UTC+7)"
        )
        last = datetime(2027, 2, 12, tzinfo=ZoneInfo(zone))
        assert (
            i18n.span(begin.replace(hour=0), last, zone, all_day=True) == "Tue 9 – Thu 11 Feb 2027"
        )


def test_half_hour_zones_and_other_months_and_years(app):
    with app.test_request_context():
        at = datetime(2024, 2, 15, 8, 0, tzinfo=UTC)
        assert i18n.moment(at, "Asia/Yangon") == "Thu 15 Feb 2024, 14:30 (Yangon, UTC+6:30)"
        assert i18n.days(date(2026, 12, 30), date(2027, 1, 2)) == (
            "Wed 30 Dec 2026 – Sat 2 Jan 2027"
        )
        assert i18n.days(date(2027, 2, 27), date(2027, 3, 2)) == "Sat 27 Feb – Tue 2 Mar 2027"


def test_the_reader_gets_the_own_language_else_the_original_with_its_name(app):
    title = Multilingual("km", {"km": "ដីធ្លី", "en": "Land"})
    with app.test_request_context():
        assert str(i18n.shown(title)) == "Land"
        with i18n.speaking("vi"):
            marked = str(i18n.shown(title))
        assert '<span lang="km">ដីធ្លី</span>' in marked
        assert "Tiếng Khmer" in marked
        assert i18n.shown(Multilingual.of("<b>&", "km")).startswith(
            '<span lang="km">&lt;b&gt;&amp;'
        )


@pytest.mark.parametrize(
    ("address", "headers", "language"),
    [
        ("/", {}, "en"),
        ("/", {"Accept-Language": "km-KH,km;q=0.9,en;q=0.5"}, "km"),
        ("/", {"Accept-Language": "de"}, "en"),
        ("/?lang=my", {"Accept-Language": "km"}, "my"),
        ("/?lang=xx", {"Accept-Language": "lo"}, "lo"),
        ("/", {"Cookie": "lna_language=vi", "Accept-Language": "km"}, "vi"),
    ],
)
def test_the_language_of_a_page(app, address, headers, language):
    with app.test_request_context(address, headers=headers):
        assert i18n.chosen_language() == language


def test_myanmar_is_called_so(app):
    with app.test_request_context():
        assert i18n.country_name("MM") == "Myanmar"
        assert i18n.country_name("LA") == "Laos"
