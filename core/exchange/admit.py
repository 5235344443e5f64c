"""Which orders of an interchange may become drafts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.tables import ExchangeInterchange, ExchangeMessage
from core.inbound.envelopes import Envelopes
from core.inbound.tables import InboundDocument


@dataclass(frozen=True, slots=True)
class Admitted:
    """An order that may become a draft: its place in the reading's orders, the ordinal of its draft, its lane."""

    order: int
    ordinal: int
    lane: str


def admit(
    session: Session, document: InboundDocument, row: ExchangeInterchange, tree: Envelopes
) -> list[Admitted]:
    """The orders of an interchange that may become drafts; each keeps the ordinal that it had when it was read before."""
    if row.test or row.status not in ("received", "quarantined"):
        return []
    released = row.status == "received"
    (interchange,) = tree.interchanges
    if interchange.verdict == "rejected" and not released:
        return []
    refused = {n for n, g in enumerate(tree.groups) if g.verdict == "rejected"}
    taken = set(
        session.scalars(
            select(ExchangeMessage.order_ordinal)
            .join(ExchangeInterchange, ExchangeInterchange.id == ExchangeMessage.interchange_id)
            .where(
                ExchangeInterchange.document_id == document.id, ExchangeMessage.order_ordinal > 0
            )
        )
    )
    messages = {
        m.ordinal: m
        for m in session.scalars(
            select(ExchangeMessage).where(ExchangeMessage.interchange_id == row.id)
        )
    }
    admitted = []
    for n, entry in enumerate(tree.messages):
        stands = released or (entry.verdict != "rejected" and entry.group not in refused)
        if entry.order < 0 or not stands:
            continue
        message = messages[n]
        if not message.order_ordinal:
            message.order_ordinal = _free(taken, entry.order + 1)
            taken.add(message.order_ordinal)
        admitted.append(Admitted(entry.order, message.order_ordinal, entry.lane))
    session.flush()
    return admitted


def _free(taken: set[int], wanted: int) -> int:
    return wanted if wanted not in taken else max(taken) + 1
