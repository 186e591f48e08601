"""Bytes and text of foreign files, made fit to be kept, with a word about what was done."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from flask_babel import lazy_gettext as _

from lna.core.typed_text import BIDI, UNSTORABLE
from lna.core.typed_text import clean as storable
from lna.library.importers.entry import Limits, Unreadable

CHUNK = 64 * 1024
ENCODINGS = {
    "utf-8", "utf-16", "iso8859-1", "cp1252", "cp1258", "cp874", "tis-620",
    "gbk", "gb18030", "gb2312", "big5", "shift_jis", "euc_jp", "euc_kr", "ascii",
}  # fmt: skip
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
"""Control characters that are Windows quotation marks and dashes wrongly decoded."""
DECLARATION = re.compile(rb"<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
UNWANTED = re.compile("[\x80-\x9f\ufeff\u2028\u2029]")


def clean(text: str) -> str:
    """One line of text: storable, in NFC, without white space at its ends or doubled."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = re.sub("[\u2028\u2029]", "\n", text.translate(WINDOWS)).replace("\ufeff", "")
    return " ".join(str(storable(BIDI.sub("", text))).split())


def was_repaired(text: str) -> bool:
    """Whether `clean` has to replace or remove more than white space."""
    if text.isascii() and text.isprintable():
        return False
    return bool(UNSTORABLE.search(text) or BIDI.search(text) or UNWANTED.search(text))


def decoded(file: BinaryIO, limits: Limits, encoding: str = "") -> Iterator[str]:
    """The text of a file in pieces, without a byte order mark.

    The encoding is that of the mark, the one given, the one an XML declaration names, or
    UTF-8. Raises Unreadable, with the line, for too many bytes, an encoding we do not know,
    bytes that do not fit it, and NUL.
    """
    piece = first = file.read(CHUNK)
    name = encoding_of(first, encoding)
    decoder = _decoder(name)
    size, line = 0, 1
    while True:
        size += len(piece)
        if size > limits.size:
            most = limits.size // (1024 * 1024)
            raise Unreadable(_("The file is larger than %(size)s MB.", size=most))
        try:
            text = decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            line += piece.count(b"\n", 0, error.start)
            raise Unreadable(_("The text is not in %(name)s.", name=name.upper()), line) from error
        if "\0" in text:
            line += text.count("\n", 0, text.index("\0"))
            raise Unreadable(_("There is a character that no text has (NUL)."), line)
        line += text.count("\n")
        yield text.removeprefix("\ufeff") if piece is first else text
        if not piece:
            return
        piece = file.read(CHUNK)


def encoding_of(first: bytes, given: str = "") -> str:
    """The encoding a file says it has in its first bytes, `given` if it does not say."""
    if marked := next((name for mark, name in BYTE_ORDER_MARKS if first.startswith(mark)), ""):
        return marked
    declared = DECLARATION.match(first)
    return given or (declared[1].decode().lower() if declared else "utf-8")


def _decoder(name: str) -> codecs.IncrementalDecoder:
    try:
        known = codecs.lookup(name).name
    except LookupError:
        known = ""
    if known not in ENCODINGS:
        raise Unreadable(_("We cannot read the encoding %(name)s.", name=name[:40]))
    return codecs.getincrementaldecoder(known)("strict")


def web_address(text: str) -> tuple[str, str]:
    """A usable http(s) address and a problem code, either of which may be empty."""
    text = text.strip().replace("&amp;", "&")
    if not re.match(r"https?://[^\s/?#]+", text, re.IGNORECASE):
        return "", "address_unusable" if text else ""
    if re.search(r"\s", text):
        return re.sub(r"\s", "%20", text), "address_repaired"
    return text, ""
