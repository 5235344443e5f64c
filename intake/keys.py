"""By what the same mail is known again when its place in the mailbox changed."""

from __future__ import annotations

import hashlib

from core.errors import Unreadable
from intake.structure import split

# What servers on the way add or rewrite; two deliveries of one mail differ only there.
_ADDED_ON_THE_WAY = frozenset(
    (
        "received",
        "return-path",
        "delivered-to",
        "envelope-to",
        "original-recipient",
        "authentication-results",
        "received-spf",
        "arc-seal",
        "arc-message-signature",
        "arc-authentication-results",
        "dkim-signature",
        "domainkey-signature",
        "status",
        "lines",
        "content-length",
    )
)


def content_key(raw: bytes) -> str:
    """SHA-256 of the exact bytes, hex: the same content whatever its place."""
    return hashlib.sha256(raw).hexdigest()


def relay_key(raw: bytes) -> str:
    """SHA-256, hex, without what relays add (trace and X- headers), line ends and header folding.

    Equal keys mean two deliveries of one mail; for mails beyond the limits it is the content key.
    """
    try:
        fields, body = split(raw)
    except Unreadable:
        return content_key(raw)
    digest = hashlib.sha256()
    for name, value in fields:
        lowered = name.lower()
        if lowered not in _ADDED_ON_THE_WAY and not lowered.startswith("x-"):
            digest.update(lowered.encode() + b":" + b" ".join(value.split()) + b"\n")
    digest.update(b"\n" + body.replace(b"\r\n", b"\n").rstrip(b"\n"))
    return digest.hexdigest()
