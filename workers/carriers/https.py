"""HTTPS post (cXML): the document goes out, and the same call brings the other side's Response."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

import requests

from core.exchange.profile_values import Carrier
from workers.carriers.values import Handed, Parcel

CONNECT_SECONDS, ANSWER_SECONDS = 15.0, 90.0
LARGEST_REPLY = 1024 * 1024
SECRET = "cxml-secret-out"
_SECRET_PLACE = re.compile(rb"<SharedSecret\s*/>|<SharedSecret>\s*</SharedSecret>")
_STATUS = re.compile(rb"<Status\b[^>]*\bcode\s*=\s*[\"'](\d{3})[\"'][^>]*>([^<]*)")


def post(carrier: Carrier, parcel: Parcel, secrets: dict[str, str]) -> Handed:
    """A repeated post has the same payloadID, by which the other side knows it again (cXML User's Guide)."""
    try:
        with requests.post(
            carrier.url,
            data=with_secret(parcel.raw, secrets.get(SECRET, "")),
            headers={"Content-Type": "text/xml; charset=UTF-8"},
            timeout=(CONNECT_SECONDS, ANSWER_SECONDS),
            allow_redirects=False,
            stream=True,
        ) as answer:
            reply = answer.raw.read(LARGEST_REPLY, decode_content=True)
    except requests.RequestException as error:
        return Handed("later", "server-away", type(error).__name__, carrier.url)
    return _told(answer.status_code, reply, carrier.url)


def with_secret(raw: bytes, secret: str) -> bytes:
    """The stored document has an empty SharedSecret; the secret stands in it on the wire only."""
    if not secret:
        return raw
    filled = b"<SharedSecret>" + escape(secret).encode() + b"</SharedSecret>"
    return _SECRET_PLACE.sub(lambda _: filled, raw, count=1)


def _told(status: int, reply: bytes, url: str) -> Handed:
    """The Status inside decides; without one, the status of HTTP. 4xx are final but for "too many" and "time out"."""
    found = _STATUS.search(reply)
    code = int(found[1]) if found else status
    text = f"{code} {found[2].decode('utf-8', 'replace').strip() if found else ''}".strip()[:300]
    if 200 <= code < 300:
        return Handed("sent", "", text, url, reply)
    if 400 <= code < 500 and code not in (408, 429):
        return Handed("refused", "partner-refused", text, url, reply)
    return Handed("later", "partner-not-ready", text, url, reply)
