"""A mail written down as MIME from the pieces of another format, so that all mails go one way from there."""

from __future__ import annotations

import hashlib
from base64 import encodebytes
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from urllib.parse import quote

from intake.display import one_line


@dataclass(frozen=True, slots=True)
class File:
    """One attachment; of "message/rfc822" the content is MIME itself."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(slots=True)
class Letter:
    """people: (header name, display name, address). ids: header name -> value as it stands there."""

    subject: str = ""
    people: list[tuple[str, str, str]] = field(default_factory=list)
    sent: datetime | None = None
    ids: dict[str, str] = field(default_factory=dict)
    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)


def compose(letter: Letter) -> bytes:
    """The letter as the bytes of a mail; nothing in it can break out of its place."""
    bodies = [
        _entity(f"text/{kind}; charset=utf-8", text.encode("utf-8", "replace"))
        for kind, text in (("plain", letter.text), ("html", letter.html))
        if text.strip()
    ]
    body = bodies[0] if len(bodies) == 1 else _joined("alternative", bodies)
    parts = [body, *map(_attached, letter.files)] if bodies else list(map(_attached, letter.files))
    return "".join(_headers(letter)).encode("ascii", "replace") + _joined("mixed", parts)


def _headers(letter: Letter) -> list[str]:
    lines = [f"Subject: {_words(letter.subject)}\r\n"]
    for name in ("From", "To", "Cc"):
        named = [_mailbox(shown, address) for kind, shown, address in letter.people if kind == name]
        if named:
            lines.append(f"{name}: " + ",\r\n ".join(named[:50]) + "\r\n")
    if letter.sent is not None:
        lines.append(f"Date: {format_datetime(letter.sent)}\r\n")
    for name, value in letter.ids.items():
        clean = one_line(value, 900)
        if clean.isascii() and clean:
            lines.append(f"{name}: {clean}\r\n")
    lines.append("MIME-Version: 1.0\r\n")
    return lines


def _mailbox(name: str, address: str) -> str:
    clean = one_line(address, 300).strip("<>")
    usable = clean.isascii() and "@" in clean and not any(c in clean for c in ' ,;<>()"')
    return f"{_words(name)} <{clean if usable else ''}>"


def _words(text: str) -> str:
    clean = one_line(text, 1_000)
    return Header(clean, "utf-8").encode(linesep="\r\n") if clean else ""


def _entity(content_type: str, content: bytes, *more: str) -> bytes:
    head = [f"Content-Type: {content_type}", "Content-Transfer-Encoding: base64", *more]
    return "\r\n".join((*head, "", "")).encode("ascii") + encodebytes(content)


def _attached(file: File) -> bytes:
    kind = file.media_type if file.media_type.isascii() and "/" in file.media_type else ""
    name = quote(one_line(file.name, 300), safe="")
    more = [f"Content-Disposition: attachment; filename*=utf-8''{name}"] if name else []
    if file.content_id.isascii() and file.content_id:
        more.append(f"Content-ID: <{one_line(file.content_id, 300).strip('<>')}>")
    return _entity(
        one_line(kind, 100).split(";")[0] or "application/octet-stream", file.content, *more
    )


def _joined(kind: str, entities: Sequence[bytes]) -> bytes:
    mark = hashlib.sha256(b"".join(entities)).hexdigest()[:40]
    head = f'Content-Type: multipart/{kind}; boundary="{mark}"\r\n\r\n'.encode("ascii")
    lines = b"".join(f"--{mark}\r\n".encode("ascii") + one + b"\r\n" for one in entities)
    return head + lines + f"--{mark}--\r\n".encode("ascii")
