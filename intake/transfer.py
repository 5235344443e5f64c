"""Transfer encodings undone (RFC 2045 6), as far as broken ones go."""

from __future__ import annotations

import binascii
import re

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(c for c in range(256) if c not in _BASE64)
_NOT_IN_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]")


def decoded_body(raw: bytes, encoding: str) -> tuple[bytes, bool]:
    """The decoded bytes and whether they were whole; an unknown encoding leaves them as they are."""
    if encoding == "base64":
        return base64_bytes(raw)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(raw), True
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return _uudecoded(raw)
    return raw, encoding in ("", "7bit", "8bit", "binary", "7-bit", "8-bit")


def _uudecoded(raw: bytes) -> tuple[bytes, bool]:
    lines = raw.splitlines()
    begin = next((n for n, line in enumerate(lines) if line.startswith(b"begin ")), -1)
    content = bytearray()
    for line in lines[begin + 1 :]:
        if line.strip() == b"end":
            return bytes(content), True
        try:
            content += binascii.a2b_uu(line)
        except binascii.Error:
            length = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            try:
                content += binascii.a2b_uu(line[:length])
            except binascii.Error:
                return bytes(content), False
    return bytes(content), False


def base64_bytes(raw: bytes) -> tuple[bytes, bool]:
    """The decoded bytes and whether the input was whole; foreign characters are skipped."""
    tight = raw.translate(None, b" \t\r\n")
    clean = tight.translate(None, _NOT_BASE64) if _NOT_IN_BASE64.search(tight) else tight
    whole = len(clean) == len(tight) and len(clean) % 4 == 0
    padding = clean.find(b"=")
    if 0 <= padding < len(clean.rstrip(b"=")):  # several encoded runs one after the other
        return b"".join(base64_bytes(p)[0] for p in clean.split(b"=") if p), whole
    clean = clean.rstrip(b"=")
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    try:
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4)), whole
    except binascii.Error:
        return b"", False
