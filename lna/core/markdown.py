"""Markdown as people write it, to HTML that cannot do anything but be read."""

from functools import lru_cache

from markupsafe import Markup

LONGEST = 20_000
"""Characters: the sanitiser's time grows with depth, so longer text is refused by the forms."""
TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code", "hr"
}  # fmt: skip


@lru_cache(maxsize=512)
def render(text: str) -> Markup:
    """Paragraphs, lists, emphasis, links (http, https, mailto), headings from the third level.

    HTML in the text is shown literally, images are left out.
    """
    import nh3  # noqa: PLC0415 - loads when first used
    from markdown_it import MarkdownIt  # noqa: PLC0415 - loads when first used

    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
    html = parser.render(text[:LONGEST])
    for level in "21":
        deeper = str(int(level) + 2)
        html = html.replace(f"<h{level}>", f"<h{deeper}>").replace(f"</h{level}>", f"</h{deeper}>")
    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",  # `//other.example` is elsewhere too
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(safe)  # noqa: S704 - cleaned on the line above
