"""A cXML document that a partner posts: proven, stored once, and only then answered."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.exchange.partners import partner_of
from core.exchange.secrets import secrets_of
from core.exchange.tables import Partner
from core.inbound.envelopes import Endpoint
from core.inbound.receive import Arrival, receive
from core.inbound.tables import InboundDocument

SECRET = "cxml-secret-in"
CHANNEL = "api"
TAKEN = ("OrderRequest",)


@dataclass(frozen=True, slots=True)
class Answer:
    """code: cXML status, which is HTTP's too; words: for their log."""

    code: int
    words: str


def prove(
    session: Session, senders: tuple[Endpoint, ...], secret: str, secret_key: str
) -> Partner | None:
    """The partner that one of the ends names and whose shared secret this is. Takes as long for a stranger."""
    partner = next((p for end in senders if (p := partner_of(session, "cxml", end))), None)
    expected = secrets_of(partner, secret_key).get(SECRET, "") if partner else ""
    same = hmac.compare_digest(_digest(secret), _digest(expected))
    return partner if partner is not None and expected and same else None


def take(
    session: Session, raw: bytes, payload_id: str, request: str, *, ending: str = ".xml", act: Act
) -> Answer:
    """Stores an order of a proven partner. The same bytes again are answered again and stored once.

    ending: ".eml" for one that brought attachments along in a multipart.
    """
    if request not in TAKEN:
        return Answer(450, f"{request or 'This'} is not taken here; {', '.join(TAKEN)} is.")
    known = session.scalar(
        select(InboundDocument.id)
        .where(
            InboundDocument.raw_sha256 == hashlib.sha256(raw).hexdigest(),
            InboundDocument.channel == CHANNEL,
        )
        .limit(1)
    )
    if known is not None:
        return Answer(200, f"Received before as document {known}.")
    name = f"{payload_id[:200] or 'order'}{ending}"
    taken = receive(session, Arrival(CHANNEL, raw, act.at, source_name=name), act=act)
    return Answer(200, f"Received as document {taken.document_id}.")


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
