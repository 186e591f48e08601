"""Content lines of RFC 5545: cleaned, escaped and folded, as bytes ready to be sent."""

import re
from datetime import UTC, date, datetime
from urllib.parse import quote

CRLF = b"\r\n"
WIDTH = 75  # octets of a physical line, its line break not counted (RFC 5545 3.1)

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TEXT_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_PARAMETER_ESCAPES = str.maketrans({"^": "^^", "\n": "^n", '"': "^'"})
_COMPACT = str.maketrans("", "", "-:")
_URI_KEEPS = "%/:?#[]@!$&'()*+,;=-._~"


def clean(text: str) -> str:
    """Text with one kind of line break, without what no calendar can carry, trimmed."""
    return _UNSPEAKABLE.sub("", _BREAKS.sub("\n", text)).strip()


def text_line(name: str, text: str, **parameters: str) -> bytes:
    """A property whose value is TEXT; nothing at all when the text is empty."""
    value = clean(text).translate(_TEXT_ESCAPES)
    return line(name, value, **parameters) if value else b""


def texts_line(name: str, texts: tuple[str, ...]) -> bytes:
    """A property whose value is a list of TEXTs; empty ones are left out."""
    values = [clean(text).translate(_TEXT_ESCAPES) for text in texts]
    value = ",".join(filter(None, values))
    return line(name, value) if value else b""


def uri_line(name: str, uri: str, **parameters: str) -> bytes:
    """A property whose value is a URI, in ASCII; nothing when it is empty."""
    value = quote(uri.strip(), safe=_URI_KEEPS, errors="replace")
    return line(name, value, **parameters) if value else b""


def line(name: str, value: str, **parameters: str) -> bytes:
    """A folded content line; `value` is in the form its type asks for, already escaped."""
    named = "".join(f";{key}={parameter(said)}" for key, said in parameters.items() if said)
    return fold(f"{name}{named}:{value}".encode())


def parameter(value: str) -> str:
    """A parameter value by RFC 6868, in quotes where a reader could take it for syntax."""
    escaped = clean(value).translate(_PARAMETER_ESCAPES)
    return f'"{escaped}"' if re.search("[:;,]", escaped) else escaped


def fold(content: bytes) -> bytes:
    """Break a line so that no part is over 75 octets and none cuts a character or an escape."""
    if len(content) <= WIDTH:
        return content + CRLF
    parts, start, room = [], 0, WIDTH
    while len(content) - start > room:
        end = start + room
        while content[end] & 0xC0 == 0x80:  # inside a UTF-8 character
            end -= 1
        part = content[start:end]
        mark = part[-1:]
        if mark in (b"\\", b"^") and (len(part) - len(part.rstrip(mark))) % 2:
            end -= 1  # the mark begins an escape
        parts.append(content[start:end])
        start, room = end, WIDTH - 1  # the space that begins a continuation counts
    parts.append(content[start:])
    return b"\r\n ".join(parts) + CRLF


def moment(when: datetime) -> str:
    """An aware time in UTC form: `20270209T023000Z`."""
    return f"{local(when.astimezone(UTC))}Z"


def local(when: datetime) -> str:
    """A time of day in the zone it is in, the zone unsaid: `20270209T090000`."""
    return when.replace(tzinfo=None).isoformat(timespec="seconds").translate(_COMPACT)


def day(when: date) -> str:
    """`20270209`."""
    return when.isoformat().translate(_COMPACT)
