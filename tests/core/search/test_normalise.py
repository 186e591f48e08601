"""Texts that read the same have one form, and every sign of it leads back to what was written."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from lna.core.search.normalise import fold, normalise

# The scripts people write in here, with signs that attach, order, compose or vanish.
SIGNS = (
    "aÀđ’é\u0301\u0345 İßﬁ…²ជដ្រី\u17d2\u178a\u17c1\u17b6\u200b\u200d\u00adကြို့ံ်\u1039ง"
    "น้ำ\u0e4d\u0e32ເກົ້າ\u0ecd\u0ebc\u0eb2ㅏㄱ가ｶﾞ᾿\u0c56𝔸"
)
texts = some.one_of(some.text(), some.text(alphabet=SIGNS, max_size=20))


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("LAND Rights", "land rights"),
        ("Đất đai", "dat dai"),
        ("Ðất", "dat"),  # the Icelandic letter, often typed for the Vietnamese one
        ("ÉTUDE d’été, ﬁn", "etude d’ete, fin"),
        ("Straße Łódź Øre ıI", "strasse lodz ore ii"),
        ("Ｌａｎｄ①", "land1"),
        ("២០០២ ๒๕๖๒ ၂၀၁၈ ໒໐໑໕", "2002 2562 2018 2015"),
        ("រំលោភ\u200bយក\ufeff", "រំលោភយក"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ដី", "ដី"),  # a vowel is never a mark to strip
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("นำ้", "น้ำ"),  # the tone typed after AM
        ("ນ\u0ecd\u0eb2", "ນຳ"),
        ("ก\u0e48\u0e34", "ก\u0e34\u0e48"),  # the tone typed before the vowel
        ("ស\u17d2\u179a\u17d2\u178fី", "ស\u17d2\u178f\u17d2\u179aី"),  # subscript RO typed first
        ("កណ្ដាល", "កណ្តាល"),  # two subscripts of one shape
        ("က\u1036\u102f", "က\u102f\u1036"),
    ],
)
def test_what_reads_the_same_has_one_form(written: str, form: str) -> None:
    assert normalise(written) == form


@given(texts)
@example("ㄱㅏ")
@example("\u17d2\u1037\u178a")
@example("ក\u0345\u0e34")
@settings(max_examples=1000, deadline=None)
def test_a_normal_form_is_its_own(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(texts, some.data())
@settings(max_examples=500, deadline=None)
def test_every_range_leads_back(text: str, data: some.DataObject) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(some.integers(0, len(folded.text) - 1))
    end = data.draw(some.integers(start + 1, len(folded.text)))
    first, last = folded.written(start, end)
    assert 0 <= first < last <= len(text)
    assert folded.text[start:end] in normalise(text[first:last])


def test_the_way_back_knows_every_sign() -> None:
    text = "Đ… ﬁn\u200bน้ำ"
    folded = fold(text)
    place = folded.text.index("น")
    first, last = folded.written(place, len(folded.text))
    assert text[first:last] == "น้ำ"
    assert folded.text.startswith("d... fin")
    assert folded.written(1, 4) == (1, 2)
