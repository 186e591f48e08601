"""Papers to carry: Typst templates made into PDF with the fonts we ship, and no others."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lna.core import clock

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
FONTS = Path(__file__).parent / "fonts"


def render(template: str, data: Mapping[str, Any], language: str = "en") -> bytes:
    """The PDF of a template such as `parts/paper.typ` (a path in `templates/`).

    `data` reaches the template as JSON and never as markup: `#data.title` shows what a
    person typed, whatever signs are in it. `language` sets line breaking and line height.
    """
    return _pages(template, data, language)[0]


def images(
    template: str, data: Mapping[str, Any], language: str = "en", dots_per_inch: int = 100
) -> list[bytes]:
    """The same pages as PNG pictures, to look at before printing."""
    return _pages(template, data, language, format="png", ppi=dots_per_inch)


def _pages(template: str, data: Mapping[str, Any], language: str, **form: Any) -> list[bytes]:
    import typst  # noqa: PLC0415  loads when first used, 80 MB

    made = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "language": language},
        timestamp=int(clock.now().timestamp()),
        **form,
    )
    return made if isinstance(made, list) else [made]


@cache
def _fonts() -> Any:
    import typst  # noqa: PLC0415  loads when first used

    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
