"""A dropped or uploaded file as a message with one attachment, so that one way leads to extraction."""

from __future__ import annotations

import mimetypes

from core.inbound.values import Message, Part
from intake.display import file_name, one_line

_BY_START = (
    (b"ISA", "application/edi-x12"),
    (b"UNA", "application/edifact"),
    (b"UNB", "application/edifact"),
    (b"%PDF", "application/pdf"),
    (b"<?xml", "application/xml"),
)


def from_drop(raw: bytes, filename: str, *, channel: str = "drop") -> Message:
    """The file as the only part, number 1, of a message; its name is the subject."""
    part = Part(1, "attachment", media_type(raw, filename), file_name(filename), raw)
    return Message(channel, subject=one_line(file_name(filename)), parts=(part,))


def media_type(raw: bytes, filename: str) -> str:
    """By the first bytes where they tell, else by the name."""
    start = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, kind in _BY_START:
        if start.startswith(signature):
            return kind
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"
