"""The annotation inside a notes field: one text with a mark before each of its parts.

`citation; Research-bas: …; Gender-rel: …;ZZZ;ZZZ;Overall-rel: …`, in any order; `ZZZ` are
blank lines of the source; the annotator stands in the text as `(Provided by …)`.
"""

import re

from lna.library.models.details import Remarks
from lna.library.vocabulary import fold_code, key_theme

BLANK = re.compile(r"(?:^|;)\s*Z{3,}\s*;?")
HEAD = re.compile(r"(?:^|;)\s*(?P<part>[A-Za-z_]+(?:-[A-Za-z_]+){0,2})-(?:rel|bas)\s*:\s*")
PROVIDED = re.compile(r"\s*\(\s*provided\s+by:?\s+(?P<who>[^()]{2,120})\)", re.IGNORECASE)


def read_remarks(text: str) -> tuple[Remarks | None, tuple[str, ...]]:
    """The annotation and the codes of its problems; None for a note that is none.

    A paragraph on a theme we do not know is kept at the end of the overall relevance.
    """
    plain = _without_blank_lines(text)
    heads = list(HEAD.finditer(plain))
    if not heads:
        return None, ()
    annotators: dict[str, None] = {}
    ends = [head.start() for head in heads[1:]] + [len(plain)]
    parts: dict[str, str] = {}
    for head, end in zip(heads, ends, strict=True):
        body = _taking_annotators(plain[head.end() : end], annotators)
        parts[head["part"]] = "\n\n".join(filter(None, (parts.get(head["part"], ""), body)))
    citation = _taking_annotators(plain[: heads[0].start()], annotators)
    return _assembled(citation, parts, "; ".join(annotators))


def _assembled(
    citation: str, parts: dict[str, str], annotator: str
) -> tuple[Remarks | None, tuple[str, ...]]:
    themes: dict[str, str] = {}
    basis, overall, strange = [], [], []
    for part, body in parts.items():
        folded = fold_code(part)
        if not body:
            continue
        if folded == "research":
            basis.append(body)
        elif folded == "overall":
            overall.append(body)
        elif code := key_theme(part):
            themes[code] = "\n\n".join(filter(None, (themes.get(code, ""), body)))
        else:
            strange.append(f"{part}: {body}")
    found = Remarks(
        citation=citation,
        research_basis="\n\n".join(basis),
        overall_relevance="\n\n".join(overall + strange),
        by_theme=tuple(themes.items()),
        annotator=annotator,
    )
    return found or None, ("theme_unknown",) if strange else ()


def _without_blank_lines(text: str) -> str:
    before = None
    while before != text:
        before, text = text, BLANK.sub(";", text)
    return text


def _taking_annotators(text: str, annotators: dict[str, None]) -> str:
    for found in PROVIDED.finditer(text):
        names = re.split(r"\s*(?:,|;|&|\band\b)\s*", found["who"])
        annotators |= {" ".join(name.split()): None for name in names if name.strip()}
    return PROVIDED.sub("", text).strip(" ;\t")
