"""The fields a search of the library may name, and the words that stand for their values."""

from functools import cache

from lna.core.search.grammar import Grammar
from lna.core.search.normalise import normalise
from lna.library.search.labels import country_labels
from lna.library.vocabulary import (
    LANGUAGE_CODES,
    TYPE_LABELS,
    coverage_codes,
    document_types,
    fold_code,
    key_theme,
)
from lna.themes.queries import themes_by_code

FILTERS = {"country": "country", "theme": "theme", "type": "type", "lang": "language"}
"""Which filter each such field of a query stands for."""


def countries(value: str) -> tuple[str, ...]:
    """The code of a country or wider coverage by any of its names."""
    code = coverage_codes().get(fold_code(value)) or _country_names().get(normalise(value))
    return (code,) if code else ()


def types(value: str) -> tuple[str, ...]:
    """The codes of types by code or name: `report`, `case study`."""
    wanted = fold_code(value)
    names = {kind.code: fold_code(kind.name) for kind in document_types().values()}
    return tuple(code for code in TYPE_LABELS if wanted in (fold_code(code), names.get(code)))


def languages(value: str) -> tuple[str, ...]:
    code = LANGUAGE_CODES.get(value.lower())
    return (code,) if code else ()


def themes(value: str) -> tuple[str, ...]:
    """The codes of key themes by code or name; a theme of the strategy stands for several."""
    if code := key_theme(value):
        return (code,)
    wanted = normalise(value)
    for theme in themes_by_code().values():
        if wanted in (normalise(theme.code), *map(normalise, theme.name.texts.values())):
            return key_codes((theme.code,))
    return ()


def key_codes(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The key themes publications are classified by, for themes of either kind."""
    known = themes_by_code()
    found: dict[str, None] = {}
    for code in codes:
        theme = known.get(code)
        found |= dict.fromkeys((code, *theme.key_codes) if theme else (code,))
    return tuple(found)


GRAMMAR = Grammar(
    texts=("title", "author", "annotator"),
    facets={"country": countries, "theme": themes, "type": types, "lang": languages},
    spans=("year",),
)


@cache
def _country_names() -> dict[str, str]:
    return {
        normalise(label.text): code for code, labels in country_labels().items() for label in labels
    }
