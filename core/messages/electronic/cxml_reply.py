"""The Response that a posted cXML document gets in the same call (cXML User's Guide, "Response"). Pure."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

TEXTS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    413: "Request Entity Too Large",
    450: "Not Implemented",
    500: "Internal Server Error",
}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE cXML SYSTEM "http://xml.cxml.org/schemas/cXML/1.2.062/cXML.dtd">\n'
)


def reply(code: int, words: str, *, payload_id: str, at: datetime, xml_inside: str = "") -> bytes:
    """words: for a person who reads their log. xml_inside: what stands behind the Status."""
    status = f'<Status code="{code}" text={quoteattr(TEXTS[code])}>{escape(words)}</Status>'
    stamp = at.isoformat(timespec="seconds")
    return (
        f"{_HEAD}<cXML payloadID={quoteattr(payload_id)} timestamp={quoteattr(stamp)}>"
        f"<Response>{status}{xml_inside}</Response></cXML>\n"
    ).encode()


def abilities(requests: tuple[str, ...], url: str, at: datetime) -> str:
    """What a ProfileRequest is told: which requests are taken, and where."""
    taken = "".join(
        f"<Transaction requestName={quoteattr(name)}><URL>{escape(url)}</URL></Transaction>"
        for name in requests
    )
    stamp = at.isoformat(timespec="seconds")
    return f"<ProfileResponse effectiveDate={quoteattr(stamp)}>{taken}</ProfileResponse>"
