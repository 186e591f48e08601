"""EndNote XML, and the dialect of it that the Mekong Land Research Forum exports.

There the type is in custom4, access in custom1, the source's number in custom6, the container
in custom5, countries, themes, class and status in `label`, the annotation in the notes. Read
record by record, without DTD, entities or network; the size of the file does not matter.
"""

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from flask_babel import lazy_gettext as _

from lna.library.importers.entry import UPLOAD, Broken, Entry, Limits, Unreadable
from lna.library.importers.record import Fields, entry_of
from lna.library.importers.text import decoded

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl, Locator

STYLE = "style"


class Records(ContentHandler):
    """Collects finished records in `ready`, each with the line it begins at."""

    def __init__(self, limits: Limits, locator: "Locator") -> None:
        super().__init__()
        self.limits, self.locator = limits, locator
        self.ready: deque[Fields] = deque()
        self.count = 0
        self.path: list[str] = []
        self.texts: list[list[str]] = []
        self.record: Fields | None = None
        self.start = self.signs = 0

    @property
    def line(self) -> int:
        return self.locator.getLineNumber() or 0

    def startElement(self, name: str, attrs: "AttributesImpl") -> None:  # noqa: N802 - name given by SAX
        self.path.append(name)
        if len(self.path) > self.limits.depth:
            raise Unreadable(_("The elements are nested too deeply."), self.line)
        if name == "record" and self.record is None:
            self.begin()
        elif self.record is not None and name != STYLE:
            self.texts.append([])
            if name == "ref-type" and "name" in attrs:
                self.record.add("ref-type-name", attrs["name"])

    def begin(self) -> None:
        self.count += 1
        if self.count > self.limits.records:
            sentence = _("There are more than %(count)s records.", count=self.limits.records)
            raise Unreadable(sentence, self.line)
        self.record = Fields(self.line)
        self.signs = 0
        self.start = len(self.path)

    def characters(self, content: str) -> None:
        if not self.texts:
            return
        self.signs += len(content)
        if self.signs > self.limits.text:
            raise Unreadable(_("One record is too long."), self.line)
        self.texts[-1].append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 - as above
        place = "/".join(step for step in self.path[self.start :] if step != STYLE)
        self.path.pop()
        if self.record is None or name == STYLE:
            return
        if place:
            self.record.add(place, "".join(self.texts.pop()))
        else:
            self.ready.append(self.record)
            self.record = None


def read(file: BinaryIO, limits: Limits = UPLOAD, encoding: str = "") -> Iterator[Entry | Broken]:
    """Every record of an EndNote XML file in its order.

    Raises Unreadable, with the line, for what is not XML, holds a DTD, is too large, too deep
    or ends early; what was yielded before that may be shown, but must not be kept.
    """
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 - loads when first used
    from defusedxml.sax import make_parser  # noqa: PLC0415 - loads when first used

    parser = make_parser()
    parser.forbid_dtd = True
    records = Records(limits, parser)
    parser.setContentHandler(records)
    try:
        for text in decoded(file, limits, encoding):
            parser.feed(text)
            while records.ready:
                yield entry_of(records.ready.popleft())
        parser.close()
    except DefusedXmlException as error:
        raise Unreadable(
            _("The file defines a document type or entities; we only read plain data."),
            records.line,
        ) from error
    except SAXParseException as error:
        reason = _("This is not correct XML (%(what)s).", what=error.getMessage())
        raise Unreadable(reason, error.getLineNumber() or 0) from error
    if not records.count:
        raise Unreadable(_("There is no record of EndNote XML in this file."))
