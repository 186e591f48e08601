"""Papers come out right in six scripts: looked at as pictures, not as text read back."""

import io
import re
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps

from lna.core import pdf

pytestmark = pytest.mark.pure
REFERENCES = Path(__file__).parent / "pdf_references"
LINES = {  # each with signs that must be reordered, stacked, joined or moved to be readable
    "en": "Learning visit on land, water & forests: “first come”",
    "km": "ដំណើរទស្សនកិច្ច អំពីដីធ្លី និងព្រៃឈើ ក្រុមប្រឹក្សាឃុំ ស្ត្រី ង្គ្រ",
    "lo": "ການຢ້ຽມຢາມຮຽນຮູ້ ກ່ຽວກັບທີ່ດິນ ນໍ້າ ຊໍ້າ ໝູ່ບ້ານ ປ່າໄມ້",
    "my": "မြေယာလေ့လာရေးခရီး ကြောင့် ဩဂုတ်လ စက္ကူ ကျွန်ုပ်တို့ နှင့်",
    "th": "การเยี่ยมชมเรื่องที่ดิน น้ำ ปู่ ที่นี่ ฐานะ กตัญญู ๒๕๗๐",
    "vi": "Quản lý đất đai: Nguyễn Thị Hoa, Thừa Thiên Huế, ưỡn ẹo",
}


def ink(picture: Image.Image) -> Image.Image:
    """What is printed, cut out and in one height, black as 255."""
    inverted = ImageOps.invert(picture.convert("L"))
    return inverted.crop(inverted.getbbox())


def line_of(language: str, text: str) -> Image.Image:
    """One line of a paper as a picture; the footer is left off."""
    said = {"title": "", "sections": [{"heading": "", "text": text}]}
    (page,) = pdf.images("parts/paper.typ", said, language, dots_per_inch=300)
    picture = Image.open(io.BytesIO(page))
    return ink(picture.crop((0, 0, picture.width, picture.height * 8 // 10)))


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink is elsewhere, from 0 to 1; a pixel or two to the side is allowed."""
    other = other.resize(one.size)
    soft = [picture.filter(ImageFilter.GaussianBlur(2)) for picture in (one, other)]
    apart = ImageChops.difference(*soft)
    total = sum(value * count for value, count in enumerate(soft[1].histogram()))
    return sum(value * count for value, count in enumerate(apart.histogram())) / total


@pytest.mark.parametrize("language", LINES)
def test_a_line_looks_like_its_reference(language):
    """The references were drawn by HarfBuzz, which is not what draws the papers."""
    reference = ink(Image.open(REFERENCES / f"{language}.png").convert("L"))
    line = line_of(language, LINES[language])
    assert abs(line.width - reference.width) <= 6
    assert abs(line.height - reference.height) <= 4
    assert difference(line, reference) < 0.2


@pytest.mark.parametrize("language", ["km", "lo", "my", "th"])
def test_text_in_the_wrong_order_would_be_noticed(language):
    reference = ink(Image.open(REFERENCES / f"{language}.png").convert("L"))
    words = LINES[language].split(" ")
    wrong = " ".join(word[:1] + "".join(reversed(word[1:])) for word in words)
    assert difference(line_of(language, wrong), reference) > 0.3


SINGLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def unescaped(string: bytes) -> bytes:
    """The bytes of a PDF literal string (ISO 32000 7.3.4.2)."""

    def plain(escape: re.Match[bytes]) -> bytes:
        code = escape[1]
        return bytes([int(code, 8)]) if code.isdigit() else SINGLE.get(code, code)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, string, flags=re.S)


def glyphs(paper: bytes) -> set[int]:
    """The glyph numbers a PDF shows, from the text operators of its pages."""
    shown: set[int] = set()
    for stream in re.findall(rb"FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", paper, re.S):
        content = zlib.decompress(stream)
        for block in re.findall(rb"\bBT\b(.*?)\bET\b", content, re.S):
            for string in re.findall(rb"\(((?:\\.|[^\\)])*)\)", block, re.S):
                codes = unescaped(string)
                shown |= {int.from_bytes(codes[at : at + 2]) for at in range(0, len(codes), 2)}
    return shown


@pytest.mark.parametrize("language", LINES)
def test_every_sign_has_a_glyph(language):
    paper = pdf.render("parts/paper.typ", {"title": LINES[language]}, language)
    shown = glyphs(paper)
    assert len(shown) > 10
    assert 0 not in shown  # glyph 0 is the empty box


def test_a_sign_nobody_has_would_be_noticed():
    assert 0 in glyphs(pdf.render("parts/paper.typ", {"title": "a \U000f0000"}))


def test_what_people_type_is_never_markup():
    typed = '#strong[x] $a$ \\ * _ = - + / @b <c> `d` #import "e" \u201c {"f": 1}'
    said = {
        "title": typed,
        "facts": [[typed, typed]],
        "sections": [{"heading": typed, "text": typed}],
        "columns": [typed],
        "rows": [[typed]],
    }
    paper = pypdfium2.PdfDocument(pdf.render("parts/paper.typ", said))
    text = "".join(paper[0].get_textpage().get_text_range().split())
    assert text.count("".join(typed.split())) == 7


def test_only_our_fonts_are_used():
    paper = pdf.render("parts/paper.typ", {"title": " ".join(LINES.values())})
    names = set(re.findall(rb"/BaseFont\s*/\w+\+([\w-]+)", paper))
    scripts = (b"Khmer", b"Lao", b"Myanmar", b"Thai")
    bold = {b"NotoSans-Bold", *(b"NotoSans%s-Bold" % script for script in scripts)}
    assert {name.removesuffix(b"-Identity-H") for name in names} == bold | {b"NotoSans-Regular"}


def test_the_fonts_come_with_their_licence():
    licence = (pdf.FONTS / "OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert sum(font.stat().st_size for font in pdf.FONTS.glob("*.ttf")) < 6_000_000
