"""English words by their stem (Porter 2, as Snowball writes it), the same on every database."""

import importlib.util
import sys
from functools import lru_cache
from importlib import import_module
from typing import Any


def _english() -> Any:
    """Snowball's English stemmer, without the thirty other languages its package would load.

    Importing the package costs 14 MB and 0.2 s; one module of it, next to nothing. The package
    is left as it would be found by whoever imports it in full.
    """
    name = "snowballstemmer"
    if name in sys.modules:
        return import_module(f"{name}.english_stemmer").EnglishStemmer
    spec = importlib.util.find_spec(name)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        return import_module(f"{name}.english_stemmer").EnglishStemmer
    finally:
        del sys.modules[name]


Stemmer = _english()


@lru_cache(maxsize=32768)
def stem(word: str) -> str:
    """The stem of a lower-case word; words that are not English letters stay as they are."""
    return str(Stemmer().stemWord(word)) if word.isascii() and word.isalpha() else word
