"""A strict reader of calendar streams, written from RFC 5545 and sharing no code with ours."""

import re
from collections.abc import Iterator
from typing import NamedTuple

NEVER_IN_PUBLIC = {"ATTENDEE", "ORGANIZER", "CONTACT", "CONFERENCE", "METHOD", "ATTACH", "COMMENT"}
ONCE = {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "STATUS", "TRANSP"}
PARAMETER = r';[A-Z-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*)'
CONTENT = re.compile(rf"(?P<name>[A-Z-]+)(?P<parameters>(?:{PARAMETER})*):(?P<value>.*)", re.S)
BAD_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*(?:[;,]|\\[^\\;,nN])")
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"}


class Property(NamedTuple):
    name: str
    parameters: str
    value: str


def events(stream: bytes) -> list[list[Property]]:
    """The properties of each VEVENT, in the order they stand."""
    found: list[list[Property]] = []
    inside = False
    for line in properties(stream):
        if line[0] == "BEGIN" and line.value == "VEVENT":
            inside = True
            found.append([])
        elif line[0] == "END" and line.value == "VEVENT":
            inside = False
        elif inside:
            found[-1].append(line)
    return found


def vevents(stream: bytes) -> dict[str, bytes]:
    """The raw bytes of each VEVENT by its UID."""
    raw = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", stream, re.S)
    return {re.search(rb"\r\nUID:(.*?)\r\n", one)[1].decode(): one for one in raw}


def properties(stream: bytes) -> list[Property]:
    unfolded = stream.replace(b"\r\n ", b"").decode()
    lines = unfolded.split("\r\n")[:-1]
    return [Property(*CONTENT.fullmatch(line).groups()) for line in lines]


def problems(stream: bytes, *, public: bool = True) -> list[str]:
    """Everything wrong with a calendar, in words; an empty list when nothing is."""
    if broken := [*of_bytes(stream), *of_lines(stream, public)]:
        return broken
    return [*of_blocks(stream), *of_events(stream)]


def of_bytes(stream: bytes) -> Iterator[str]:
    if not stream.startswith(b"BEGIN:VCALENDAR\r\n") or not stream.endswith(b"END:VCALENDAR\r\n"):
        yield "not one whole VCALENDAR"
    if re.search(rb"\r(?!\n)|(?<!\r)\n", stream):
        yield "a line break that is not CRLF"
    for line in stream.split(b"\r\n"):
        if len(line) > 75:
            yield f"{len(line)} octets: {line!r}"
        if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line):
            yield f"a control character: {line!r}"
        if line.decode(errors="replace").encode() != line:
            yield f"a character cut in two, or no UTF-8: {line!r}"
        escapes = re.sub(rb"\\.", b"", line)
        if escapes.endswith(b"\\"):
            yield f"an escape cut in two: {line!r}"


def of_lines(stream: bytes, public: bool) -> Iterator[str]:
    for line in stream.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]:
        content = CONTENT.fullmatch(line)
        if not content:
            yield f"no content line: {line!r}"
        else:
            yield from of_property(Property(*content.groups()), public)


def of_property(line: Property, public: bool) -> Iterator[str]:
    if not line.value:
        yield f"empty: {line.name}"
    if line.name in TEXTS and BAD_ESCAPE.search(line.value):
        yield f"badly escaped: {line.value!r}"
    if public and line.name in NEVER_IN_PUBLIC:
        yield f"not for the public: {line.name}"
    if line.name in {"URL", "SOURCE"} and not line.value.isascii():
        yield f"a URI that is not ASCII: {line.value}"


def of_blocks(stream: bytes) -> Iterator[str]:
    blocks: list[str] = []
    for line in properties(stream):
        if line.name == "BEGIN":
            blocks.append(line.value)
        elif line.name == "END" and blocks.pop() != line.value:
            yield f"{line.value} ends where it did not begin"
        elif line.name == "UID" and blocks == ["VCALENDAR"]:
            yield "the calendar has a UID"
    if blocks:
        yield f"not ended: {blocks}"


def of_events(stream: bytes) -> Iterator[str]:
    zones = {line.value for line in properties(stream) if line.name == "TZID"}
    uids: set[str] = set()
    for event in events(stream):
        found = {line.name: line for line in event}
        names = [line.name for line in event]
        yield from (f"{names.count(name)} times {name}" for name in ONCE if names.count(name) != 1)
        if found["UID"].value in uids:
            yield f"twice the UID {found['UID'].value}"
        uids.add(found["UID"].value)
        if "@" in found["UID"].value:
            yield "a UID that names a host"
        if found["DTSTAMP"].value != found["LAST-MODIFIED"].value:
            yield "DTSTAMP is not LAST-MODIFIED"
        start, end = found["DTSTART"], found["DTEND"]
        if start.parameters != end.parameters or end.value <= start.value:
            yield f"DTEND is not after DTSTART: {start} {end}"
        zone = start.parameters.partition(";TZID=")[2]
        if start.parameters != ";VALUE=DATE" and zone not in zones:
            yield f"a time in a zone the calendar does not describe: {start}"
