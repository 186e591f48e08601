"""What every page carries stays small and known: the sheet, the script, vendored file, fonts."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
ROOT = Path(__file__).parent.parent
STATIC = ROOT / "static"
SHEET = (STATIC / "app.css").read_text()


def wire_size(name: str) -> int:
    return len(gzip.compress((STATIC / name).read_bytes(), 9))


@pytest.mark.parametrize(
    ("name", "most"), [("app.css", 6144), ("app.js", 3072), ("vendor/htmx-4.0.1.min.js", 13_500)]
)
def test_what_a_first_page_carries_stays_small(name: str, most: int) -> None:
    assert wire_size(name) <= most


def test_the_vendored_file_is_the_one_we_say_it_is() -> None:
    digest = hashlib.sha256((STATIC / "vendor/htmx-4.0.1.min.js").read_bytes()).hexdigest()
    assert digest in (STATIC / "vendor/README.md").read_text()


def test_every_font_of_the_sheet_is_there_and_under_25_kilobytes() -> None:
    fonts = re.findall(r'url\("(fonts/[^"]+)"\)', SHEET)
    assert len(fonts) == 4
    for font in fonts:
        assert (STATIC / font).stat().st_size < 25_000


def test_every_class_in_a_template_is_in_the_sheet() -> None:
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", SHEET))
    for template in sorted(ROOT.glob("templates/**/*.html")):
        text = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.S)
        for value in re.findall(r'\sclass="([^"]*)"', text):
            words = set(re.sub(r"\{[{%].*?[%}]\}", " ", value).split())
            assert words <= known, (template.name, words - known)


def test_the_sheet_asks_no_other_host() -> None:
    assert "//" not in re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S)
    assert "@import" not in SHEET
