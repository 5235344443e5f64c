"""Delivery reports (RFC 3464): which of our mails did not arrive."""

from __future__ import annotations

import re

from core.inbound.values import Finding
from intake.automatic import report_type
from intake.display import one_line
from intake.headers import message_id
from intake.structure import Entity

_ACTION = re.compile(rb"^action:[ \t]*([a-z]+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^status:[ \t]*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
_RECIPIENT = re.compile(
    rb"^(?:final|original)-recipient:[^;\r\n]*;[ \t]*([^\r\n]{1,320})", re.IGNORECASE | re.MULTILINE
)
_ORIGINAL_ID = re.compile(
    rb"^[ \t>]*(?:x-)?(?:original-)?message-id:\s{0,4}(<[^<>\s]{1,900}>)",
    re.IGNORECASE | re.MULTILINE,
)
_DELIVERED = ("delivered", "relayed", "expanded", "delayed")
_LOOKED_AT = 200_000


def about(mail: Entity, reason: str) -> tuple[str, tuple[Finding, ...]]:
    """Message-ID of the mail that could not be delivered ("" when this is no such report), and what it says.

    A report of delay or of delivery names no failed mail; a read receipt neither.
    """
    if report_type(mail) == "disposition-notification":
        return "", (Finding("read-receipt", "info", "A read receipt."),)
    if reason != "bounce":
        return "", ()
    report = b"\n".join(c.body[:_LOOKED_AT] for c in mail.children if _is_status(c))
    actions = {a.decode("ascii").lower() for a in _ACTION.findall(report)}
    if actions and actions <= set(_DELIVERED):
        return "", (Finding("delivery-note", "info", _sentence(report, "Delivery is reported")),)
    return _original_id(mail), (
        Finding("delivery-failed", "info", _sentence(report, "A mail could not be delivered")),
    )


def _is_status(part: Entity) -> bool:
    return part.content_type in ("message/delivery-status", "message/global-delivery-status")


def _original_id(mail: Entity) -> str:
    """The id in the returned mail or its headers; of plain-text reports the first that is quoted."""
    for part in reversed(mail.children):
        if not _is_status(part) and part.content_type.startswith(("message/", "text/rfc822")):
            found = _ORIGINAL_ID.search(part.body[:_LOOKED_AT])
            if found:
                return message_id(found[1])
    own = mail.first("message-id").strip()
    quoted = _ORIGINAL_ID.findall(mail.body[:_LOOKED_AT])
    return next((message_id(q) for q in quoted if q != own), "")


def _sentence(report: bytes, start: str) -> str:
    recipient, status = _RECIPIENT.search(report), _STATUS.search(report)
    to = f" to {one_line(recipient[1].decode('latin-1'))}" if recipient else ""
    code = f" (status {status[1].decode('ascii')})" if status else ""
    return f"{start}{to}{code}."
