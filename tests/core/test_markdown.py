import pytest
from hypothesis import given
from hypothesis import strategies as st

from lna.core.markdown import render

pytestmark = pytest.mark.pure


def test_paragraphs_lists_emphasis_and_links_are_read():
    html = render("# Title\n\nHello **you**\n\n- one\n- two\n\n[a link](https://example.org)")
    assert "<h3>Title</h3>" in html
    assert "<strong>you</strong>" in html
    assert "<li>one</li>" in html
    assert 'href="https://example.org"' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](https://elsewhere.example/pixel.png)",
        '<a hx-get="/sign-out" hx-trigger="load">x</a>',
        "<p style='position:fixed'>x</p>",
    ],
)
def test_nothing_in_it_can_do_anything(hostile):
    html = render(hostile)
    for sign in ("<script", "<img", "<p style", "<a hx-", 'href="javascript', 'href="data'):
        assert sign not in html


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    assert "<script" not in render(text)
