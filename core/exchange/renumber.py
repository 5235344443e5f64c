"""Pure: our own interchange with another number in its envelope, everything inside as it was."""

from __future__ import annotations

import re

_ISA_LENGTH = 106
_ISA_NUMBER = slice(90, 99)  # ISA13 of the fixed header that we write (X12.5)


IN_XML = {
    "cxml": (rb'(<cXML\b[^>]*? payloadID="[0-9]+\.)[0-9]+(\.)', "{}"),
    "idoc": (rb"(<DOCNUM>)[0-9]+(</DOCNUM>)", "{:016d}"),
    "gs1": (rb"(<sh:InstanceIdentifier>)[0-9]+(</sh:InstanceIdentifier>)", "{}"),
    "oagis": (rb"(<BODID>[^<]*-)[0-9]+(</BODID>)", "{}"),
}
"""Standard -> where we wrote the number, once in every document of it, and its form."""


def renumbered(raw: bytes, standard: str, number: int) -> bytes | None:
    """None for a standard whose documents have no envelope with a number."""
    if standard == "x12":
        return _x12(raw, number)
    if standard in IN_XML:
        pattern, form = IN_XML[standard]
        text = form.format(number).encode()
        again, found = re.subn(pattern, lambda m: m[1] + text + m[2], raw, count=1)
        return again if found else None
    return _edifact(raw, number) if standard == "edifact" else None


def _x12(raw: bytes, number: int) -> bytes:
    """ISA13 and IEA02; groups and sets keep theirs."""
    element, segment = raw[3:4], raw[105:106]
    text = f"{number:09d}".encode()
    head = raw[: _ISA_NUMBER.start] + text + raw[_ISA_NUMBER.stop : _ISA_LENGTH]
    body, mark, trailer = raw[_ISA_LENGTH:].rpartition(b"IEA" + element)
    count = trailer.split(element)[0]
    behind = trailer.partition(segment)[2]
    return head + body + mark + count + element + text + segment + behind


def _edifact(raw: bytes, number: int) -> bytes:
    """UNB 0020 and UNZ 0020; messages keep theirs. The reference is the fifth element of UNB."""
    service = raw[3:9] if raw.startswith(b"UNA") else b":+.? '"
    element, release, segment = service[1:2], service[3:4], service[5:6]
    start = raw.index(b"UNB" + element)
    end = _segment_end(raw, start, release, segment)
    elements = _split(raw[start:end], element, release)
    text = str(number).encode()
    elements[5] = text
    trailer_at = raw.rindex(b"UNZ" + element)
    trailer_end = _segment_end(raw, trailer_at, release, segment)
    count = raw[trailer_at:trailer_end].split(element)[1]
    trailer = b"UNZ" + element + count + element + text
    return raw[:start] + element.join(elements) + raw[end:trailer_at] + trailer + raw[trailer_end:]


def _segment_end(raw: bytes, start: int, release: bytes, segment: bytes) -> int:
    at = start
    while raw[at : at + 1] != segment:
        at += 2 if release != b" " and raw[at : at + 1] == release else 1
    return at


def _split(text: bytes, element: bytes, release: bytes) -> list[bytes]:
    """At elements that no release character stands before."""
    parts, at, begin = [], 0, 0
    while at < len(text):
        if release != b" " and text[at : at + 1] == release:
            at += 2
            continue
        if text[at : at + 1] == element:
            parts.append(text[begin:at])
            begin = at + 1
        at += 1
    return [*parts, text[begin:]]
