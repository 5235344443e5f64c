"""What Outlook's properties (MS-OXPROPS) say about a mail, whichever container they came in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser

from intake.charsets import codec, decode
from intake.composing import File, Letter
from intake.compressed_rtf import unpacked
from intake.rtf_markup import made_from

SUBJECT, BODY, RTF, HTML, HEADERS = 0x0037, 0x1000, 0x1009, 0x1013, 0x007D
_SUBMITTED, _DELIVERED = 0x0039, 0x0E06
_SENDER = ((0x5D01, 0x0C1A), (0x5D02, 0x0042), (0x0C1F, 0x0C1A), (0x0065, 0x0042))  # address, name
_IDS = {"Message-ID": 0x1035, "In-Reply-To": 0x1042, "References": 0x1039}
_CODEPAGES = (0x3FDE, 0x3FFD)
_WIDE, _NARROW = 0x1F, 0x1E

Properties = Mapping[int, tuple[int, bytes]]
"""Identifier -> (type, raw value)."""


def codepage(found: Properties) -> str:
    """The charset of texts that are not Unicode."""
    for name in _CODEPAGES:
        number = int.from_bytes(found.get(name, (0, b""))[1][:4], "little")
        known = codec({65001: "utf-8", 28591: "latin1", 28605: "latin9"}.get(number, f"cp{number}"))
        if known:
            return known
    return "cp1252"


def text(found: Properties, name: int) -> str:
    kind, raw = found.get(name, (0, b""))
    if kind == _WIDE:
        return raw.decode("utf-16-le", "replace").rstrip("\0")
    return decode(raw, codepage(found)).text.rstrip("\0") if kind == _NARROW else ""


def letter_of(found: Properties) -> Letter:
    """Subject, sender, day, identities and body; an RTF body that was written as RTF is a file beside it."""
    heads = HeaderParser().parsestr(text(found, HEADERS)[:200_000])
    letter = Letter(text(found, SUBJECT), sent=_sent(found), text=text(found, BODY))
    letter.people = [_sender(found, str(heads.get("From", "")))]
    for name, number in _IDS.items():
        value = text(found, number) or str(heads.get(name, ""))
        if value:
            letter.ids[name] = value
    kind, raw = found.get(HTML, (0, b""))
    letter.html = (
        text(found, HTML) if kind in (_WIDE, _NARROW) else decode(raw, codepage(found)).text
    )
    rtf = unpacked(found.get(RTF, (0, b""))[1])
    made, body = made_from(rtf)
    if made == "html" and not letter.html:
        letter.html = body
    elif made == "text" and not letter.text:
        letter.text = body
    elif rtf and not made and not letter.html and _says_more(rtf):
        letter.files.append(File("body.rtf", "application/rtf", rtf))
    return letter


def _says_more(rtf: bytes) -> bool:
    """Whether the body has a table, which its plain text would lose, or is all there is."""
    return b"\\cell" in rtf or b"\\par" in rtf


def _sender(found: Properties, header: str) -> tuple[str, str, str]:
    for number, naming in _SENDER:
        value = text(found, number)
        if "@" in value:
            return "From", text(found, naming), value
    shown, _, address = header.rpartition("<")
    named = text(found, 0x0C1A) or text(found, 0x0042)
    return "From", named or shown.strip(' "'), address.rstrip("> ") if "@" in address else ""


def _sent(found: Properties) -> datetime | None:
    """A FILETIME: tenths of microseconds since 1601."""
    for name in (_SUBMITTED, _DELIVERED):
        ticks = int.from_bytes(found.get(name, (0, b""))[1][:8], "little")
        if ticks:
            try:
                return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
            except OverflowError:
                continue
    return None
