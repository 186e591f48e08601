"""What holds for every page: sound HTML, the policy kept, no sideways scroll, axe is content."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.conftest import DESK, PHONE, Open
from tests.browser.pages import ERRORS, PUBLIC, SIGNED_IN, STAGE, Page
from tests.browser.visits import sentences, strict_html
from tests.conftest import POSTGRESQL

FRONT = PUBLIC[0]
EVERY = STAGE + PUBLIC + SIGNED_IN + ERRORS
FIRST_PAGE, WITHOUT_FONTS, LATER_PAGE = 60_000, 40_000, 25_000
"""Bytes over the wire: all files of the front page; of any page but the fonts a device without
the scripts of its texts asks for; of a page when static files are kept."""
seen_once = pytest.mark.skipif(POSTGRESQL, reason="the same markup is looked at on SQLite")
AXE = """() => axe.run(document, {
  resultTypes: ["violations"],
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  rules: { "target-size": { enabled: true } },
}).then((found) => found.violations)"""


@pytest.mark.parametrize("page", EVERY, ids=str)
def test_a_page_is_sound(page: Page, visit: Open) -> None:
    with visit(width=PHONE, role=page.role) as phone:
        answer = phone.open(page.address, page.follow)
        strict_html(answer.text())
        assert answer.status == (404 if page in ERRORS else 200)
        assert phone.tab.locator("h1").count() == 1
        assert phone.tab.title().strip()
        for width in PHONE, 320:
            phone.tab.set_viewport_size({"width": width, "height": 800})
            assert phone.overflow() <= 0, f"scrolls sideways at {width}"
        assert phone.troubles == []


@seen_once
@pytest.mark.parametrize("page", EVERY, ids=str)
def test_axe_finds_nothing(page: Page, visit: Open) -> None:
    with visit(width=PHONE, role=page.role, policy=False) as look:
        look.open(page.address, page.follow)
        look.tab.evaluate(AXE_SCRIPT)
        for width, theme in (PHONE, "light"), (DESK, "dark"):
            look.tab.set_viewport_size({"width": width, "height": 800})
            look.tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert sentences(look.tab.evaluate(AXE)) == [], f"{width} {theme}"


@seen_once
@pytest.mark.parametrize("page", PUBLIC, ids=str)
def test_a_page_works_without_scripts(page: Page, visit: Open) -> None:
    with visit(width=PHONE, scripts=False) as plain:
        answer = plain.open(page.address, page.follow)
        assert answer.status == 200
        assert plain.overflow() <= 0
        assert plain.troubles == []


@seen_once
@pytest.mark.parametrize("page", PUBLIC, ids=str)
def test_a_page_is_light(page: Page, visit: Open) -> None:
    with visit(width=PHONE) as scout:
        scout.open(page.address, page.follow)
        address = scout.tab.url.removeprefix(scout.base)
    with visit(width=PHONE) as first:
        first.open(address)
        if page == FRONT:
            assert first.wire_bytes() <= FIRST_PAGE
        assert first.wire_bytes(fonts=False) <= WITHOUT_FONTS
        first.finished.clear()
        first.tab.reload()
        assert first.wire_bytes() <= LATER_PAGE
