"""What a reader of a file hands over, one by one, whatever the format was."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lna.library.models.details import Details, Remarks

MB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One publication of a file; `line` is where it begins, the first line being 1.

    `problems` are codes of `vocabulary.PROBLEM_LABELS`.
    """

    line: int
    details: Details
    remarks: Remarks | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One publication of a file that cannot be read, why, and how it begins there."""

    line: int
    reason: str | LazyString
    raw: str = ""


class Unreadable(Exception):
    """The file as a whole cannot be used; `reason` is a sentence, `line` where it went wrong."""

    def __init__(self, reason: str | LazyString, line: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line

    def __str__(self) -> str:
        if not self.line:
            return str(self.reason)
        return str(_("Line %(line)s: %(reason)s", line=self.line, reason=self.reason))


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How much of a file is read: bytes, records, signs in one record, depth of XML."""

    size: int = 25 * MB
    records: int = 100_000
    text: int = 200_000
    depth: int = 12


UPLOAD = Limits()
TERMINAL = Limits(size=4096 * MB, records=2_000_000)
