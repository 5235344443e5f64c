"""The body and the files inside a winmail.dat (MS-OXTNEF), as Outlook packs them for its own kind."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake import mapi
from intake.charsets import decode
from intake.composing import File, Letter, compose
from intake.display import file_name
from intake.parameters import media_type

_SIGNATURE = b"\x78\x9f\x3e\x22"
_TITLE, _DATA, _START, _PROPERTIES, _CODEPAGE = 0x8010, 0x800F, 0x9002, 0x9005, 0x9007
_SUBJECT, _BODY, _MESSAGE = 0x8004, 0x800C, 0x9003
_OBJECT, _OBJECT_HEAD, _DEEPEST = 0x3701, 16, 3
_SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_VARIABLE = (13, 30, 31, 258)
_LONG_NAME, _MEDIA_TYPE, _CONTENT_ID = 0x3707, 0x370E, 0x3712
_MOST = 500


@dataclass(slots=True)
class Packed:
    """One file; media_type and content_id are "" when Outlook did not say."""

    name: str = ""
    media_type: str = ""
    content_id: str = ""
    content: bytes | None = None


@dataclass(slots=True)
class Unpacked:
    """letter: the mail's own subject and bodies, without its files. whole: whether everything could be read."""

    files: list[Packed] = field(default_factory=list)
    letter: Letter = field(default_factory=Letter)
    whole: bool = False


def unpack(raw: bytes, depth: int = 0) -> Unpacked:
    """What is in it, as far as it can be read; never raises. No file and not whole when this is no TNEF."""
    files: list[Packed] = []
    found: dict[int, tuple[int, bytes]] = {}
    whole = raw.startswith(_SIGNATURE)
    codepage = "cp1252"
    body = subject = ""
    try:
        for attribute, value in _attributes(raw) if whole else ():
            if attribute == _CODEPAGE and len(value) >= 4:
                codepage = f"cp{int.from_bytes(value[:4], 'little')}"
            elif attribute == _BODY:
                body = decode(value.rstrip(b"\0"), codepage).text
            elif attribute == _SUBJECT:
                subject = decode(value.rstrip(b"\0"), codepage).text
            elif attribute == _MESSAGE:
                found |= {name: (kind, one) for name, kind, one in _properties(value)}
            elif attribute == _START and len(files) < _MOST:
                files.append(Packed())
            elif files:
                _note(files[-1], attribute, value, codepage, depth)
    except (struct.error, _Broken):
        whole = False
    read = [f for f in files if f.content is not None]
    letter = mapi.letter_of(found)
    letter.text, letter.subject = letter.text or body, letter.subject or subject
    return Unpacked(read, letter, whole and len(read) == len(files))


class _Broken(Exception):
    """The file does not hold what its lengths say."""


def _attributes(raw: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6  # signature and key
    while at + 9 <= len(raw):
        attribute, _, length = struct.unpack_from("<HHI", raw, at + 1)
        at += 9
        if at + length > len(raw):
            raise _Broken
        yield attribute, raw[at : at + length]
        at += length + 2  # and a checksum


def _note(file: Packed, attribute: int, value: bytes, codepage: str, depth: int) -> None:
    if attribute == _DATA:
        file.content = value
    elif attribute == _TITLE and not file.name:
        file.name = file_name(decode(value.rstrip(b"\0"), codepage).text)
    elif attribute == _PROPERTIES:
        for name, kind, found in _properties(value):
            if name == _OBJECT and kind == 13 and found[_OBJECT_HEAD:].startswith(_SIGNATURE):
                _nested(file, found[_OBJECT_HEAD:], depth)
                continue
            text = decode(found, "utf-16-le" if kind == 31 else codepage).text.strip("\0")
            if name == _LONG_NAME and text:
                file.name = file_name(text)
            elif name == _MEDIA_TYPE and file.media_type != "message/rfc822":
                file.media_type = media_type(text.encode("utf-8", "replace"))
            elif name == _CONTENT_ID:
                file.content_id = file_name(text.strip("<>"))


def _nested(file: Packed, raw: bytes, depth: int) -> None:
    """A mail attached to the mail."""
    if depth >= _DEEPEST:
        return
    inner = unpack(raw, depth + 1)
    inner.letter.files += [
        File(f.name, f.media_type, f.content or b"", f.content_id) for f in inner.files
    ]
    file.name = file.name or file_name(inner.letter.subject)
    file.media_type, file.content = "message/rfc822", compose(inner.letter)


def _properties(value: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Identifier, type and first value of each MAPI property (MS-OXTNEF 2.1.3.4)."""
    (count,) = struct.unpack_from("<I", value)
    at = 4
    for _ in range(min(count, 1000)):
        kind, name = struct.unpack_from("<HH", value, at)
        at += 4
        if name >= 0x8000:
            at = _after_name(value, at)
        several, base = bool(kind & 0x1000), kind & 0x0FFF
        values = 1
        if several or base in _VARIABLE:
            (values,) = struct.unpack_from("<I", value, at)
            at += 4
        first = b""
        for place in range(min(values, 1000)):
            found, at = _one(value, at, base)
            first = first if place else found
        yield name, base, first


def _after_name(value: bytes, at: int) -> int:
    """Named properties carry a GUID and a number or a name."""
    (kind,) = struct.unpack_from("<I", value, at + 16)
    at += 20
    if kind == 0:
        return at + 4
    length = int(struct.unpack_from("<I", value, at)[0])
    return at + 4 + length + -length % 4


def _one(value: bytes, at: int, kind: int) -> tuple[bytes, int]:
    if kind in _VARIABLE:
        (length,) = struct.unpack_from("<I", value, at)
        at += 4
    elif kind in _SIZES:
        length = _SIZES[kind]
    else:
        raise _Broken
    if at + length > len(value):
        raise _Broken
    return value[at : at + length], at + length + -length % 4
