"""A whole file that came once more, byte for byte: it is not read again, but its interchanges are answered again."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.exchange.envelopes_of import envelopes_of
from core.exchange.keep import keep
from core.exchange.owed import owed
from core.exchange.partners import profile_of
from core.exchange.tables import ExchangeInterchange, Partner
from core.inbound.receive import Arrival, Received, receive
from core.inbound.tables import InboundDocument

MAIL = "mail"
"""The same mail again is our mailbox telling it twice (a move, a new UIDVALIDITY), not its sender."""
SAME = (
    "part", "standard", "syntax", "separators", "sender_id", "sender_qualifier", "receiver_id", "receiver_qualifier",
    "control", "test", "prepared", "wants_answer", "declared", "counted", "place", "sha256", "size", "partner_id",
)  # fmt: skip


def arrive(session: Session, arrival: Arrival, *, act: Act) -> Received:
    """Stores a file that a partner sent; one that came before byte for byte is answered again."""
    received = receive(session, arrival, act=act)
    if received.is_new and received.copy_of is not None:
        repeat(session, session.get_one(InboundDocument, received.document_id), act=act)
    return received


def repeat(session: Session, document: InboundDocument, *, act: Act) -> int:
    """Makes the interchanges of a copied document, or of every copy of a document that was read now; returns how many.

    Nothing is made while the first is not read; its reading calls this again.
    """
    first = document
    if document.copy_of_id is not None:
        first = session.get_one(InboundDocument, document.copy_of_id)
    rows = session.scalars(
        select(ExchangeInterchange)
        .where(ExchangeInterchange.document_id == first.id, ExchangeInterchange.status != "new")
        .order_by(ExchangeInterchange.ordinal)
    ).all()
    if not rows or first.status == "received":
        return 0
    copies = session.scalars(
        select(InboundDocument).where(
            InboundDocument.copy_of_id == first.id, InboundDocument.channel != MAIL
        )
    ).all()
    return sum(
        _copy(session, row, copy, act.under(f"copy-{copy.id}-{row.ordinal}"))
        for copy in copies
        for row in rows
    )


def _copy(session: Session, row: ExchangeInterchange, document: InboundDocument, act: Act) -> int:
    known = session.scalar(
        select(ExchangeInterchange.id).where(
            ExchangeInterchange.document_id == document.id,
            ExchangeInterchange.ordinal == row.ordinal,
        )
    )
    if known is not None:
        return 0
    copy = ExchangeInterchange(
        direction="in",
        document_id=document.id,
        ordinal=row.ordinal,
        copy_of_id=row.copy_of_id or row.id,
        carrier=row.carrier,
        file_name=document.source_name,
        created_at=act.at,
        **{name: getattr(row, name) for name in SAME},
    )
    session.add(copy)
    session.flush()
    tree = envelopes_of(session, row)
    keep(session, copy, tree)
    partner = session.get(Partner, row.partner_id) if row.partner_id else None
    profile = profile_of(partner)
    kinds = owed(tree, profile.answers.technical if profile else "")
    journal.advance(
        session,
        copy,
        "receive_copy",
        act=act,
        facts={"control": row.control, "sender": row.sender_id, "copy_of": copy.copy_of_id},
        tasks={"technical-answer": {"kinds": list(kinds)}},
        without=() if kinds else ("technical-answer",),
    )
    return 1
