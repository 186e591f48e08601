"""A text in any subset of languages, with its original marked; never shown blank."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator


@dataclass(frozen=True)
class Shown:
    """What a reader gets: the text, its language, and whether it is not the one asked for."""

    text: str
    language: str
    is_fallback: bool


@dataclass(frozen=True)
class Multilingual:
    """Texts by language code; `original` names the language it was written in."""

    original: str = "en"
    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, language: str = "en") -> "Multilingual":
        return cls(language, {language: text} if text else {})

    def shown(self, language: str) -> Shown:
        """The reader's language, else the original, else English, else whatever there is."""
        for code in (language, self.original, "en", *sorted(self.texts)):
            if text := self.texts.get(code):
                return Shown(text, code, code != language)
        return Shown("", language, is_fallback=False)

    def __bool__(self) -> bool:
        return any(self.texts.values())

    def __str__(self) -> str:
        return self.shown(self.original).text

    def __hash__(self) -> int:
        return hash((self.original, *sorted(self.texts.items())))


class MultilingualType(TypeDecorator[Multilingual]):
    """JSON `{"original": "km", "texts": {"km": "…", "en": "…"}}`."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())

    def process_bind_param(self, value: Multilingual | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        texts = {code: text for code, text in value.texts.items() if text}
        return {"original": value.original, "texts": texts}

    def process_result_value(self, value: Any, dialect: Dialect) -> Multilingual | None:
        return None if value is None else Multilingual(value["original"], value["texts"])
