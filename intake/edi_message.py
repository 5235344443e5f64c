"""A dropped or uploaded file as a message, so that one way leads to extraction."""

from __future__ import annotations

import mimetypes
from dataclasses import replace

from core.inbound.values import Finding, Message
from intake import limits, mime, outlook, parts
from intake.composing import File
from intake.display import file_name, one_line
from intake.structure import Budget

_BY_START = (
    (b"ISA", "application/edi-x12"),
    (b"UNA", "application/edifact"),
    (b"UNB", "application/edifact"),
    (b"%PDF", "application/pdf"),
    (b"<?xml", "application/xml"),
)
_MAILS = (".eml", ".mail", ".mbox")
_DAMAGED = Finding(
    "mail-damaged",
    "error",
    "This Outlook mail is damaged and cannot be opened; ask the sender to send it again.",
    "part 1",
)


def from_drop(
    raw: bytes, filename: str, *, channel: str = "drop", own_addresses: frozenset[str] = frozenset()
) -> Message:
    """A mail saved as a file as that mail; any other file as part 1 of a message, with the files in it behind.

    Raises Unreadable with code "too-complex" or "too-large".
    """
    saved = _mail(raw, filename)
    if saved is not None:
        return mime.parse(saved, channel=channel, own_addresses=own_addresses)
    if len(raw) > limits.MAIL_BYTES:
        raise limits.too_large(len(raw))
    name = file_name(filename)
    taken = parts.take_file(File(name, media_type(raw, filename), raw), Budget())
    if len(taken.parts) == 1 and taken.parts[0].content_type == "text/plain":
        taken.parts = [replace(taken.parts[0], kind="body-text")]
    damaged = (_DAMAGED,) if outlook.is_outlook(raw) else ()
    findings = (*taken.findings, *damaged)
    return Message(channel, subject=one_line(name), parts=tuple(taken.parts), findings=findings)


def _mail(raw: bytes, filename: str) -> bytes | None:
    if outlook.is_outlook(raw):
        return outlook.as_mail(raw)
    return raw if filename.lower().endswith(_MAILS) else None


def media_type(raw: bytes, filename: str) -> str:
    """By the first bytes where they tell, else by the name."""
    start = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, kind in _BY_START:
        if start.startswith(signature):
            return kind
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"
