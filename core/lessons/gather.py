"""What a confirmed draft has to teach: its document, and every order of it as it was confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.reading import HEADER_FIELDS, LINE_FIELDS
from core.inbound.tables import InboundDocument
from core.lessons.recall import FORGED
from core.lessons.values import ConfirmedOrder

MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """document: the mail or file. orders: what was confirmed of it. worth_it: something was corrected or remembered."""

    document: InboundDocument
    orders: tuple[ConfirmedOrder, ...]
    worth_it: bool


def gather(session: Session, draft: Draft) -> Confirmed | None:
    """None where nothing can be learned: by phone, from a forged sender, or for no customer."""
    document = session.get(InboundDocument, draft.document_id) if draft.document_id else None
    if (
        document is None
        or draft.customer_id is None
        or draft.kind != "order"
        or document.authentication == FORGED
    ):
        return None
    confirmed = session.scalars(
        select(Draft)
        .where(
            Draft.document_id == document.id,
            Draft.customer_id == draft.customer_id,
            Draft.order_id.is_not(None),
        )
        .order_by(Draft.ordinal)
    ).all()
    read = [order_of(session, one) for one in confirmed]
    return Confirmed(document, tuple(order for order, _ in read), any(worth for _, worth in read))


def order_of(session: Session, draft: Draft) -> tuple[ConfirmedOrder, bool]:
    """The draft's order as it was confirmed, and whether a person or the memory had a hand in its fields."""
    rows = session.scalars(select(DraftField).where(DraftField.draft_id == draft.id)).all()
    by_place = {(row.line_id, row.name): row for row in rows}
    lines = session.scalars(
        select(DraftLine).where(DraftLine.draft_id == draft.id).order_by(DraftLine.position)
    ).all()
    worth = any(r.corrected or r.source.startswith(MEMORY) for r in rows) or any(
        line.removed for line in lines
    )
    order = ConfirmedOrder(
        _values(by_place, None, HEADER_FIELDS),
        tuple(_values(by_place, line.id, LINE_FIELDS) for line in lines if not line.removed),
    )
    return order, worth


def _values(
    rows: dict[tuple[int | None, str], DraftField], line_id: int | None, names: tuple[str, ...]
) -> dict[str, str]:
    found = ((name, rows.get((line_id, name))) for name in names)
    return {name: row.value.strip() for name, row in found if row is not None and row.value.strip()}
