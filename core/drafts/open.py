"""A document was read: each order in it becomes a draft; an answer to our question goes back to its draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.answer import answered_draft, take_answer
from core.drafts.assess import assess
from core.drafts.change.word import take_word
from core.drafts.keys import po_key
from core.drafts.tables import Draft, DraftField, DraftLine
from core.drafts.typed import share
from core.exchange.admit import Admitted
from core.inbound.reading import HEADER_FIELDS, LINE_FIELDS, Candidate, Extraction, ReadOrder
from core.inbound.tables import InboundDocument
from core.orders.tables import Order
from core.values import storable

KINDS = {"order": "order", "change": "change", "cancellation": "cancellation"}


def open_drafts(
    session: Session,
    document: InboundDocument,
    extraction: Extraction,
    *,
    admitted: Sequence[Admitted] | None = None,
    act: Act,
) -> list[Draft]:
    """One draft per order read, opened once however often this is called.

    admitted: of electronic orders, those that may become drafts, each of its message's own kind.
    A change or cancellation that names no order of ours stays in its lane without a draft.
    """
    asked = answered_draft(session, document)
    if asked is not None:
        take_answer(session, asked, document, act=act)
        return [asked]
    drafts = []
    for ordinal, lane, order in _orders(document, extraction, admitted):
        kind = KINDS.get(lane)
        if kind is None:
            continue
        known = session.scalar(
            select(Draft).where(Draft.document_id == document.id, Draft.ordinal == ordinal)
        )
        if known is not None:
            drafts.append(known)
        elif kind == "order" or _names_an_order(session, order):
            drafts.append(_open(session, document, ordinal, kind, order, act))
    return drafts


def _orders(
    document: InboundDocument, extraction: Extraction, admitted: Sequence[Admitted] | None
) -> Iterator[tuple[int, str, ReadOrder]]:
    """Ordinal, lane and order of each draft to be."""
    if admitted is None:
        found = extraction.orders or _orders_of(document)
        yield from ((n, document.lane, order) for n, order in enumerate(found, start=1))
        return
    for one in admitted:
        lane = document.lane if document.rule_lane else one.lane
        yield one.ordinal, lane, extraction.orders[one.order]


def _orders_of(document: InboundDocument) -> tuple[ReadOrder, ...]:
    """A message in the order lane in which nothing could be read still needs a person and a draft to type into."""
    return (ReadOrder(),) if document.lane == "order" else ()


def open_blank(session: Session, *, act: Act) -> Draft:
    """A clerk takes an order by phone."""
    draft = Draft(kind="order", created_at=act.at)
    journal.advance(
        session, draft, "open", act=act, without=("receipt-note",), facts={"source": "by hand"}
    )
    assess(session, draft, act=act)
    return draft


def _names_an_order(session: Session, order: ReadOrder) -> bool:
    """A booked order, or a draft that is still on the desk, has the purchase order number that is named."""
    named = order.fields.get("po_number")
    key = po_key(named.value) if named else ""
    if not key:
        return False
    booked = select(Order.id).where(Order.po_key == key, Order.status != "cancelled").limit(1)
    waiting = select(Draft.id).where(
        Draft.po_key == key, Draft.status.in_(("open", "waiting", "parked"))
    )
    return bool(session.scalar(booked) or session.scalar(waiting.limit(1)))


def _open(
    session: Session,
    document: InboundDocument,
    ordinal: int,
    kind: str,
    order: ReadOrder,
    act: Act,
) -> Draft:
    draft = Draft(document_id=document.id, ordinal=ordinal, kind=kind, created_at=act.at)
    draft.earlier = _stored(order.earlier.as_json()) if order.earlier else {}
    step = act.under(f"draft-{ordinal}")
    journal.advance(
        session,
        draft,
        "open",
        act=step,
        facts={"document_id": document.id, "kind": kind, "lines": len(order.lines)},
        without=() if kind == "order" and ordinal == 1 else ("receipt-note",),
    )
    fields = _fields(draft.id, None, order.fields, HEADER_FIELDS)
    lines = [DraftLine(draft_id=draft.id, position=n) for n in range(1, len(order.lines) + 1)]
    session.add_all(lines)
    session.flush()
    for line, read in zip(lines, order.lines, strict=True):
        fields += _fields(draft.id, line.id, read, LINE_FIELDS)
    if (
        fields
    ):  # of a long order there are hundreds: written in one statement, without a unit of work
        session.execute(insert(DraftField), fields)
    assess(session, draft, act=step)
    take_word(session, draft, act=step)
    return draft


def _fields(
    draft_id: int, line_id: int | None, read: dict[str, Candidate], names: tuple[str, ...]
) -> list[dict[str, Any]]:
    return [
        {
            "draft_id": draft_id,
            "line_id": line_id,
            "name": name,
            "value": storable(read[name].value),
            "read_value": storable(read[name].value),
            "confidence": share(read[name].confidence),
            "source": storable(read[name].source)[:64],
            "evidence": _stored(read[name].evidence.as_json()),
            "alternatives": [_stored(c.as_json()) for c in read[name].alternatives],
            "accepted": False,
            "corrected": False,
        }
        for name in names
        if name in read
    ]


def _stored(found: dict[str, Any]) -> dict[str, Any]:
    """Texts inside made storable, at every depth."""
    return {key: _stored_value(value) for key, value in found.items()}


def _stored_value(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [_stored_value(v) for v in value]
    return _stored(value) if isinstance(value, dict) else value
