"""The label of a Mekong Land Research Forum record: `1-annotated;2-Laos;3-FDI;4-journal;…`.

0 is the project, 1 the annotation status, 2 countries, 3 key themes, 4 the class, 5 access.
The field was cut at 255 signs, so its last code may be incomplete.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lna.library.vocabulary import CLASS_LABELS, KEY_THEMES, fold_code, key_theme

ACCESS_CODES = {
    "availablefordownload": "available",
    "contactauthor": "contact_author",
    "copyrightbook": "copyright_book",
    "copyrightjournalarticle": "copyright_journal",
    "copyrightedjournalarticle": "copyright_journal",
}
LONGEST = 255


@dataclass(frozen=True, kw_only=True)
class Label:
    """The codes of one label, completed where only one completion is possible."""

    status: str = ""
    countries: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    access: str = ""
    is_cut: bool = False


def read_label(text: str) -> Label:
    """What a label says; countries and themes are as written, the rest are codes of ours."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    found: dict[str, list[str]] = {kind: [] for kind in "012345"}
    for part in parts:
        kind, _, code = part.partition("-")
        if kind in found and code.strip():
            found[kind].append(code.strip())
    is_cut = len(text) >= LONGEST
    return Label(
        status=found["1"][0].casefold() if found["1"] else "",
        countries=tuple(found["2"]),
        themes=tuple(_themes(found["3"])),
        classes=tuple(_completed(code, CLASS_LABELS) for code in found["4"]),
        access=ACCESS_CODES.get(fold_code(found["5"][0]), "") if found["5"] else "",
        is_cut=is_cut,
    )


def _themes(codes: Iterable[str]) -> Iterable[str]:
    """Each theme in our spelling; a cut one in full when only one theme begins that way."""
    return dict.fromkeys(key_theme(code) or _completed(code, KEY_THEMES) for code in codes)


def _completed(code: str, known: Iterable[str]) -> str:
    """The one known code that begins with this one, else the code as it is."""
    meant = [full for full in known if fold_code(full).startswith(fold_code(code))]
    return meant[0] if len(meant) == 1 else code
