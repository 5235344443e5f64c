"""Outlook's .msg (MS-OXMSG) as MIME, with its attachments and the mails attached to it."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

from intake import limits, mapi
from intake.composing import File, compose
from intake.mapi import text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_ATTACHED, _RECIPIENT = "__attach_version1.0_#", "__recip_version1.0_#"
_OBJECT = 0x3701
_LONG_NAME, _SHORT_NAME, _SHOWN, _MEDIA, _CONTENT_ID = 0x3707, 0x3704, 0x3001, 0x370E, 0x3712
_KIND, _SMTP, _ADDRESS = 0x0C15, 0x39FE, 0x3003
_FIXED = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 2, 20: 8, 64: 8}

Path = tuple[str, ...]


def is_outlook(raw: bytes) -> bool:
    """Whether these bytes look like a .msg; only the container's marks are looked at."""
    return raw.startswith(_OLE) and _PROPERTIES.encode("utf-16-le") in raw


def as_mail(raw: bytes) -> bytes | None:
    """The .msg as a mail in MIME, None when it is too damaged; never raises."""
    try:
        with olefile.OleFileIO(io.BytesIO(raw)) as opened:
            return _Container(opened).mail((), 0)
    except Exception:  # olefile raises whatever a damaged file provokes
        return None


class _Container:
    """The storages and streams of one file, by their paths."""

    def __init__(self, opened: olefile.OleFileIO) -> None:
        self._opened = opened
        self._left = limits.MAIL_BYTES
        self._children: dict[Path, list[str]] = {}
        for entry in opened.listdir(streams=True, storages=True)[:20_000]:
            self._children.setdefault(tuple(entry[:-1]), []).append(entry[-1])

    def mail(self, at: Path, depth: int) -> bytes:
        found = self._properties(at, 24 if at else 32)
        letter = mapi.letter_of(found)
        for name in self._named(at, _RECIPIENT):
            person = self._properties((*at, name), 8)
            kind = "Cc" if person.get(_KIND, (0, b""))[1][:1] == b"\x02" else "To"
            address = text(person, _SMTP) or text(person, _ADDRESS)
            letter.people.append((kind, text(person, _SHOWN), address))
        for name in self._named(at, _ATTACHED)[: limits.PARTS]:
            file = self._file((*at, name), depth)
            if file is not None:
                letter.files.append(file)
        return compose(letter)

    def _file(self, at: Path, depth: int) -> File | None:
        found = self._properties(at, 8)
        name = text(found, _LONG_NAME) or text(found, _SHORT_NAME)
        inner = (*at, f"{_STREAM}{_OBJECT:04X}000D")
        if inner in self._children:
            if depth >= limits.OPENED_MESSAGES + 1 or _PROPERTIES not in self._children[inner]:
                return None
            shown = name or text(found, _SHOWN)
            return File(shown, "message/rfc822", self.mail(inner, depth + 1))
        content = found.get(_OBJECT, (0, b""))[1]
        return (
            File(name, text(found, _MEDIA), content, text(found, _CONTENT_ID)) if content else None
        )

    def _named(self, at: Path, start: str) -> list[str]:
        return sorted(n for n in self._children.get(at, ()) if n.startswith(start))

    def _properties(self, at: Path, head: int) -> dict[int, tuple[int, bytes]]:
        """Fixed values from the table, others from streams of their own."""
        found = dict(self._fixed(at, head))
        for name in self._children.get(at, ()):
            if name.startswith(_STREAM) and len(name) == len(_STREAM) + 8:
                mark = name[len(_STREAM) :]
                if (*at, name) not in self._children:
                    found[int(mark[:4], 16)] = (int(mark[4:], 16), self._stream((*at, name)))
        return found

    def _fixed(self, at: Path, head: int) -> Iterator[tuple[int, tuple[int, bytes]]]:
        raw = self._stream((*at, _PROPERTIES)) if _PROPERTIES in self._children.get(at, ()) else b""
        for place in range(head, min(len(raw) - 15, 16 * 2_000), 16):
            kind, name = struct.unpack_from("<HH", raw, place)
            if kind in _FIXED:
                yield name, (kind, raw[place + 8 : place + 8 + _FIXED[kind]])

    def _stream(self, path: Path) -> bytes:
        with self._opened.openstream(list(path)) as stream:
            content = bytes(stream.read(max(self._left, 0)))
        self._left -= len(content)
        return content
