"""Which second language a title is shown in."""

from collections.abc import Iterable

from lna.core.multilingual import Multilingual, Shown

OWN_SCRIPT = frozenset({"km", "lo", "my", "th", "zh"})
"""Languages that are not written in Latin letters."""


def second_title(title: Multilingual, reader: str, spoken: Iterable[str] = ()) -> Shown | None:
    """The title once more for a reader: as written, else in a language spoken there, or None.

    Who reads a script of their own gets it in Latin letters only: a third script helps nobody
    and costs a phone another font.
    """
    first = title.shown(reader).language
    for code in (title.original, *spoken, "en", *sorted(title.texts)):
        if reader in OWN_SCRIPT and code in OWN_SCRIPT:
            continue
        if code != first and (text := title.texts.get(code)):
            return Shown(text, code, is_fallback=True)
    return None


def other_titles(title: Multilingual, reader: str) -> list[Shown]:
    """The title in every language but the one shown to the reader."""
    first = title.shown(reader).language
    rest = sorted(code for code, text in title.texts.items() if text and code != first)
    return [Shown(title.texts[code], code, is_fallback=True) for code in rest]
