"""A posted cXML document that brings its attachments along: multipart/related or mixed (cXML User's Guide, "Attachments")."""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from core.errors import Unreadable
from intake.cxml_post import PostedHead, head_of, masked

_XML = ("text/xml", "application/xml", "application/cxml")
MOST_PARTS = 200


@dataclass(frozen=True, slots=True)
class Posted:
    """kept: what is stored, without the secret. ending: of the name it is stored under, which says how to read it."""

    head: PostedHead
    kept: bytes
    ending: str


def posted(raw: bytes, content_type: str) -> Posted:
    """The post as it is taken. Raises Unreadable as head_of and masked do, "cxml-head" for a broken multipart."""
    if not content_type.strip().lower().startswith("multipart/"):
        return Posted(head_of(raw), masked(raw), ".xml")
    line = " ".join(content_type.split()).encode("ascii", "replace")
    whole = message_from_bytes(b"Content-Type: " + line + b"\r\n\r\n" + raw, policy=compat32)
    root = _root(whole)
    document = root.get_payload(decode=True)
    if not isinstance(document, bytes):
        raise _no_document()
    head = head_of(document)
    del root["Content-Transfer-Encoding"]
    root["Content-Transfer-Encoding"] = "base64"
    root.set_payload(binascii.b2a_base64(masked(document)).decode("ascii"))
    return Posted(head, b"MIME-Version: 1.0\r\n" + whole.as_bytes(), ".eml")


def _root(whole: Message) -> Message:
    """The part that Content-Type's `start` names (RFC 2387), else the first one that is XML."""
    parts = [part for part in whole.walk() if not part.is_multipart()][:MOST_PARTS]
    start = str(whole.get_param("start") or "").strip()
    named = [p for p in parts if start and str(p.get("Content-ID", "")).strip() == start]
    found = named or [p for p in parts if p.get_content_type() in _XML]
    if not found or found[0] is whole:
        raise _no_document()
    return found[0]


def _no_document() -> Unreadable:
    return Unreadable("cxml-head", "No part of this multipart post is a cXML document.")
