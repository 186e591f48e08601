"""The public pages of the programme, as a browser, a phone and a program meet them."""

import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import html5lib
import pytest

from lna.accounts.models import Role
from lna.activities.models import ActivitySession, Stage
from lna.core.multilingual import Multilingual
from lna.core.tables import FORMULA_SIGNS
from tests.activities.programme import NINE_IN_LAOS, NOW, at, publish, saved
from tests.factories import make_organisation, make_theme, make_user

FORMS = ("csv", "xlsx", "json", "atom")


@pytest.fixture(autouse=True)
def _now(monkeypatch, app):
    at(monkeypatch, NOW)


def page(client, address, **headers):
    """A page that is there, and that every browser reads alike."""
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text[:300]
    html5lib.HTMLParser(strict=True).parse(answer.text)
    return answer.text


def rows(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def codes(html):
    return re.findall(r'<h2><a href="/activities/([^"]+)"', html)


def test_the_list_and_its_csv_have_the_same_rows_in_the_same_order(client):
    late = publish(("LA",), starts_at=NINE_IN_LAOS + timedelta(days=1), code="A")
    soon = publish(("LA", "VN"), code="B")
    publish(("LA",), type="training")
    publish(("KH",))
    chosen = "?country=LA&type=learning_visit"
    assert codes(page(client, f"/activities{chosen}")) == [soon.code, late.code]
    assert [row["code"] for row in rows(client, f"/activities.csv{chosen}")] == ["B", "A"]
    listed = client.get(f"/activities.json{chosen}").json
    assert [each["code"] for each in listed["activities"]] == ["B", "A"]


def test_every_other_form_of_the_list_is_linked_with_its_filters(client):
    publish(("LA",))
    html = page(client, "/activities?type=learning_visit&country=LA&page=1")
    for ending in (*FORMS, "ics"):
        address = f"/activities.{ending}?country=LA&amp;type=learning_visit"
        assert f'href="{address}"' in html
        assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert 'href="/calendar/subscribe?country=LA&amp;type=learning_visit"' in html
    canonical = re.search(r'<link rel="canonical" href="([^"]+)"', html)[1]
    assert canonical == "http://localhost/activities?country=LA&amp;type=learning_visit"


def test_an_export_holds_all_pages(client):
    for _ in range(51):
        publish()
    assert len(codes(page(client, "/activities"))) == 50
    assert len(codes(page(client, "/activities?page=2"))) == 1
    assert len(rows(client, "/activities.csv?page=2")) == 51


def test_a_wrong_filter_is_left_out_with_a_note_on_a_page_and_refused_by_data(client):
    publish(("LA",))
    html = page(client, "/activities?country=Laos&colour=red")
    assert "“Laos” is not known here (Country)" in html
    assert codes(html)
    for ending in FORMS:
        answer = client.get(f"/activities.{ending}?country=Laos")
        assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
        assert "Laos" in answer.json["detail"]


def test_any_search_gets_a_page(client):
    publish(title="Land")
    for q in ("%00", "%FF%FE", '"', "((", "a" * 500, "<script>alert(1)</script>", "x:y -"):
        html = page(client, f"/activities?q={q}")
        assert "<script>alert" not in html


def test_facets_chips_and_counts(client):
    gender = make_theme("Gender")
    publish(("LA",), themes=[gender])
    publish(("KH",), themes=[gender], type="training")
    html = page(client, f"/activities?theme={gender.code}&country=LA")
    assert re.search(
        r'name="country" value="LA" checked>\s*<span>Laos</span> <span class="count">1<', html
    )
    assert re.search(
        r'name="country" value="KH">\s*<span>Cambodia</span> <span class="count">1<', html
    )
    assert re.search(r'href="/activities\?country=LA"[^>]*>.*Gender', html)
    assert "Filters (2 chosen)" in html


def test_an_empty_list_says_how_to_go_on(client):
    publish(starts_at=NOW - timedelta(days=9), ends_at=NOW - timedelta(days=8))
    html = page(client, "/activities")
    assert "No activity fits." in html
    assert 'href="/activities?when=all"' in html


def test_a_draft_is_not_there_for_the_public(client, signed_in):
    draft = publish(published_at=None, title="Secret plan")
    for address in (f"/activities/{draft.code}", f"/activities/{draft.code}.json"):
        assert client.get(address).status_code == 404
    assert client.get("/activities/none").status_code == 404
    for address in (
        "/activities",
        "/calendar?month=2027-02",
        "/activities.json",
        "/activities.atom",
    ):
        assert "Secret plan" not in client.get(address).text
    staff = signed_in(make_user(role=Role.NATIONAL_FACILITATOR, country="KH"))
    assert "This is a draft." in page(staff, f"/activities/{draft.code}")
    assert "Secret plan" not in page(staff, "/activities")


def test_a_cancelled_activity_stays_with_its_reason(client):
    activity = publish(stage=Stage.CANCELLED, cancelled_reason=Multilingual.of("Floods"))
    for address in ("/activities", f"/activities/{activity.code}"):
        html = page(client, address)
        assert "Cancelled" in html
        assert "Floods" in html


def test_what_is_not_public_is_in_no_answer(client):
    hidden = make_organisation("Hidden organisation", is_public=False)
    activity = publish(
        provinces=["LA-CH"],
        organisers=[hidden],
        network_id=hidden.id,
        online_link="https://meet.example/secret",
        amount_usd=98_765,
        responsible_id=make_user(name="Person Responsible").id,
        mode="hybrid",
    )
    activity.sessions = [
        ActivitySession(
            title=Multilingual.of("Opening"),
            starts_at=NINE_IN_LAOS,
            ends_at=NINE_IN_LAOS + timedelta(hours=1),
            place="Ban Secret",
        )
    ]
    saved()
    addresses = [f"/activities.{ending}" for ending in ("csv", "json", "atom")]
    addresses += [
        "/activities",
        f"/activities/{activity.code}",
        f"/activities/{activity.code}.json",
    ]
    for address in (*addresses, "/calendar?month=2027-02"):
        text = client.get(address).text
        for secret in ("Hidden organisation", "meet.example", "98765", "98,765", "Ban Secret"):
            assert secret not in text, address
        assert "Person Responsible" not in text
    assert "Champasak" in client.get(f"/activities/{activity.code}").text


def test_the_page_says_what_people_need_to_decide(client):
    group = make_organisation("Responsible investment", kind="group")
    activity = publish(
        ("LA",),
        title={"lo": "ຢ້ຽມຢາມ", "en": "Learning visit"},
        origins=["VN"],
        is_cross_border=True,
        languages=["lo", "vi"],
        interpreted=["en"],
        group_id=group.id,
        organisers=[make_organisation("Village Focus")],
        actor_groups=["government", "private_sector"],
        description=Multilingual.of("**Three** villages"),
        relevance=Multilingual.of("Concessions overlap."),
        framework=Multilingual.of("A6.2"),
        impact=Multilingual.of("1,200 families."),
        planned_participants=24,
        actual_participants=0,
        planned_products=0,
    )
    html = page(client, f"/activities/{activity.code}")
    for words in (
        *("Tue 9 – Wed 10 Feb 2027, 09:00–16:00 (Vientiane, UTC+7)", "From Vietnam to Laos"),
        *("Lao, Vietnamese; English interpreted", "Government, Private sector", "Village Focus"),
        *("<strong>Three</strong> villages", "Concessions overlap.", "A6.2", "1,200 families."),
        *("Responsible investment", '<p lang="lo" class="quiet">ຢ້ຽມຢາມ</p>', "0 %"),
        *(f'href="/activities/{activity.code}.ics"', 'aria-current="step"'),
    ):
        assert words in html
    assert re.search(r'Products</th>\s*<td class="number">0</td><td class="number">-</td>', html)


def test_a_reader_elsewhere_sees_the_time_at_home_too(client, signed_in):
    activity = publish()
    yangon = signed_in(make_user(timezone="Asia/Yangon"))
    assert "For you: Tue 9 – Wed 10 Feb 2027, 08:30–15:30 (Yangon, UTC+6:30)" in page(
        yangon, f"/activities/{activity.code}"
    )
    bangkok = signed_in(make_user(timezone="Asia/Bangkok"))
    assert "For you" not in page(bangkok, f"/activities/{activity.code}")


def test_links_unfold_in_the_language_of_the_page(client):
    activity = publish(title={"en": "Learning visit", "km": "ទស្សនកិច្ច"}, provinces=["LA-CH"])
    english = page(client, f"/activities/{activity.code}")
    assert '<meta property="og:title" content="Learning visit">' in english
    assert re.search(
        r'og:description" content="Tue 9 – Wed 10 Feb 2027[^"]*Champasak, Laos', english
    )
    khmer = page(client, f"/activities/{activity.code}?lang=km")
    assert '<meta property="og:title" content="ទស្សនកិច្ច">' in khmer
    assert "ឡាវ" in re.search(r'og:description" content="([^"]*)"', khmer)[1]


def test_text_is_never_markup(client):
    nasty = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    activity = publish(
        title=nasty,
        summary=Multilingual.of(nasty),
        description=Multilingual.of(f"[click](javascript:alert(3)) {nasty}"),
        products=Multilingual.of(nasty),
    )
    for address in (f"/activities/{activity.code}", "/activities", "/calendar?month=2027-02"):
        html = page(client, address)
        assert "<script>alert" not in html
        assert "<img" not in html
        assert "javascript:" not in re.sub(r">[^<]*<", "><", html)


def test_search_engines_read_an_event(client):
    activity = publish(mode="hybrid", languages=["lo"], organisers=[make_organisation("LIWG")])
    html = page(client, f"/activities/{activity.code}")
    event = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert event["startDate"] == "2027-02-09T09:00:00+07:00"
    assert event["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert event["organizer"] == [{"@type": "Organization", "name": "LIWG"}]


def test_no_cell_is_a_formula(client):
    publish(
        title="=HYPERLINK(1)", summary=Multilingual.of("@SUM(A1)"), products=Multilingual.of("-1")
    )
    [row] = rows(client, "/activities.csv")
    assert (row["title"], row["summary"], row["products"]) == ("'=HYPERLINK(1)", "'@SUM(A1)", "'-1")
    assert not any(cell.startswith(FORMULA_SIGNS) for cell in row.values())
    book = zipfile.ZipFile(io.BytesIO(client.get("/activities.xlsx").data))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_csv_has_codes_and_times_with_their_offset(client):
    publish(("LA", "KH"), origins=["VN"], languages=["lo"], interpreted=["en"], capacity=24)
    [row] = rows(client, "/activities.csv")
    assert row["start"] == "2027-02-09T09:00+07:00"
    assert row["type"] == "learning_visit"
    assert (row["countries"], row["origin_countries"]) == ("LA; KH", "VN")
    assert (row["languages"], row["interpreted"], row["capacity"]) == ("lo", "en", "24")


def test_an_all_day_activity_has_days_in_data(client):
    midnight = NINE_IN_LAOS - timedelta(hours=9)
    publish(starts_at=midnight, ends_at=midnight + timedelta(days=2), all_day=True)
    [row] = rows(client, "/activities.csv")
    assert (row["start"], row["end"], row["all_day"]) == ("2027-02-09", "2027-02-10", "1")


def test_the_feed_reader_gets_what_changed_last_first(client, monkeypatch):
    publish(title="First", code="A")
    at(monkeypatch, NOW + timedelta(hours=1))
    publish(title={"km": "ទីពីរ"}, code="B")
    answer = client.get("/activities.atom?country=LA")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    atom = "{http://www.w3.org/2005/Atom}"
    assert [each.text for each in feed.iterfind(f"{atom}entry/{atom}title")] == ["ទីពីរ", "First"]
    assert feed.findtext(f"{atom}updated") == "2027-01-10T06:00:00Z"
    links = {each.get("rel"): each.get("href") for each in feed.iterfind(f"{atom}link")}
    assert links["alternate"] == "http://localhost/activities?country=LA"
    assert links["self"] == "http://localhost/activities.atom?country=LA"


@pytest.mark.parametrize(
    "address", ["/activities", "/activities.csv", "/activities/A", "/calendar"]
)
def test_an_unchanged_page_is_not_sent_again(client, address):
    publish(code="A")
    first = client.get(address)
    tag = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=tag).status_code == 304
    assert client.get(address, headers={**tag, "Accept-Language": "km"}).status_code == 200
    publish(code="B")
    again = client.get(address, headers=tag)
    assert (again.status_code, again.data != b"") == (200, True)


def test_a_remembered_page_does_not_outlive_its_moment(client, monkeypatch):
    publish(registration_closes_at=NOW + timedelta(hours=1), title="Visit")
    tag = client.get("/activities").headers["ETag"]
    at(monkeypatch, NOW + timedelta(hours=2))
    answer = client.get("/activities", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Registration closed" in answer.text


def test_a_month_is_a_grid_of_its_days(client):
    activity = publish(title="Visit to Champasak")
    html = page(client, "/calendar?month=2027-02&country=LA")
    assert "February 2027" in html
    assert html.count(f'href="/activities/{activity.code}"') == 2
    assert 'href="/calendar?month=2027-03&amp;country=LA"' in html
    assert 'name="month" value="2027-02"' in html
    assert "Visit" not in page(client, "/calendar?month=2027-02&country=KH")
    assert "January 2027" in page(client, "/calendar?month=2027-13")
    assert "January 2027" in page(client, "/calendar?month=2570-01")


def test_a_month_with_nothing_says_so_though_a_day_beside_it_has_something(client):
    april = NINE_IN_LAOS.replace(month=4, day=2)
    publish(starts_at=april, ends_at=april + timedelta(hours=2))
    assert "Nothing is planned in this month" in page(client, "/calendar?month=2027-03")
    assert "Nothing is planned in this month" not in page(client, "/calendar?month=2027-04")


def test_thai_readers_count_the_year_from_the_buddha(client):
    publish()
    assert "กุมภาพันธ์ 2570" in page(client, "/calendar?month=2027-02&lang=th")
    assert "2570" in page(client, "/activities?lang=th")


@pytest.mark.parametrize("language", ["en", "km", "lo", "my", "vi", "th", "fr"])
def test_a_title_in_another_language_is_marked(client, language):
    publish(title={"my": "မြေယာ"})
    html = page(client, f"/activities?lang={language}")
    assert ('<span lang="my">မြေယာ</span>' in html) is (language != "my")


def test_links_to_plan_and_edit_are_for_those_who_may(client, signed_in):
    activity = publish(("LA",))
    assert "/activities/new" not in page(client, "/activities")
    lao = signed_in(make_user(role=Role.NATIONAL_FACILITATOR, country="LA"))
    khmer = signed_in(make_user(role=Role.NATIONAL_FACILITATOR, country="KH"))
    edit = f"/activities/{activity.code}/edit"
    assert edit in page(lao, f"/activities/{activity.code}")
    assert edit not in page(khmer, f"/activities/{activity.code}")
    assert edit not in page(client, f"/activities/{activity.code}")
