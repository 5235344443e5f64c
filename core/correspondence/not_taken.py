"""Lines of the customer's order that a clerk took off the draft stay in the answer, as not delivered (lesson 6).

Electronic answers tell them by the message's own words (core.correspondence.electronic.refused); mails and papers here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.drafts.tables import Draft, DraftField, DraftLine
from core.drafts.typed import number
from core.messages.facts import Asked, Line, OrderFacts

REASON = {"en": "this line is not delivered", "de": "diese Position wird nicht geliefert"}


def with_lines_not_taken(
    session: Session, facts: OrderFacts, draft_id: int | None, language: str
) -> OrderFacts:
    """The facts with what the draft's document ordered and the clerk took off, behind the other lines.

    Nothing for a change: what it does not repeat stays as it was.
    """
    draft = session.get(Draft, draft_id) if draft_id else None
    if draft is None or draft.kind != "order":
        return facts
    removed = session.scalars(
        select(DraftLine)
        .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(True))
        .order_by(DraftLine.position)
    ).all()
    texts = _read(session, [line.id for line in removed])
    reason = REASON.get(language, REASON["en"])
    told = tuple(
        _line(session, line, texts[line.id], reason) for line in removed if line.id in texts
    )
    return replace(facts, lines=(*facts.lines, *told))


def _read(session: Session, line_ids: list[int]) -> dict[int, dict[str, str]]:
    """What the document said of each line; a line that a clerk added says nothing."""
    found: dict[int, dict[str, str]] = {}
    for row in session.scalars(
        select(DraftField).where(DraftField.line_id.in_(line_ids), DraftField.read_value != "")
    ):
        assert row.line_id is not None
        found.setdefault(row.line_id, {})[row.name] = row.read_value
    return found


def _line(session: Session, line: DraftLine, texts: dict[str, str], reason: str) -> Line:
    item = session.get(Item, line.item_id) if line.item_id else None
    written = texts.get("buyer_sku") or texts.get("supplier_sku") or "?"
    return Line(
        number=texts.get("line_no") or str(line.position),
        item=item.number if item else written,
        description=texts.get("description") or (item.description if item else ""),
        asked=Asked(
            line.quantity or number(texts.get("quantity", "")) or Decimal(0),
            line.unit or texts.get("uom", ""),
            line.unit_price,
            line.requested_date,
            texts.get("buyer_sku", ""),
        ),
        parts=(),
        price=None,
        rejected_reason=reason,
    )
