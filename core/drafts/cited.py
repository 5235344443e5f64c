"""The quote or blanket that an order is placed under: found by its number in what the customer wrote, never guessed."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.agreements.tables import Blanket, BlanketLine, Quote, QuoteLine
from core.drafts.case import Case
from core.drafts.keys import code_key, tells_apart
from core.orders.tables import Order, OrderLine
from core.values import as_decimal

WRITTEN_IN = ("contract_number", "quote_number", "po_number", "purpose", "notes")
SHORTEST = 4


def find_cited(session: Session, case: Case) -> None:
    """Fills case.known with the quote and the blanket that the document names."""
    draft, known = case.draft, case.known
    known.quote = known.blanket = None
    if case.customer is None or draft.kind == "cancellation":
        draft.quote_id = draft.blanket_id = None
        return
    quotes = session.scalars(
        select(Quote)
        .where(Quote.customer_id == case.customer.id, Quote.state != "lost")
        .order_by(Quote.id.desc())
    ).all()
    blankets = session.scalars(
        select(Blanket).where(Blanket.customer_id == case.customer.id).order_by(Blanket.id.desc())
    ).all()
    written = [code_key(word) for name in WRITTEN_IN for word in case.text(name).split()]
    written += [code_key(case.text(name)) for name in ("contract_number", "quote_number")]
    quote = next((q for q in quotes if _named(q.number, written)), None)
    blanket = next(
        (
            b
            for b in blankets
            if (tells_apart(b.po_key) and b.po_key == draft.po_key)
            or _named(b.number, written)
            or _named(b.po_number, written)
        ),
        None,
    )
    draft.quote_id = quote.id if quote else None
    draft.blanket_id = blanket.id if blanket else None
    know_cited(session, case, quote, blanket)


def _named(number: str, written: list[str]) -> bool:
    key = code_key(number)
    return len(key) >= SHORTEST and any(c.isdigit() for c in key) and key in written


def know_cited(session: Session, case: Case, quote: Quote | None, blanket: Blanket | None) -> None:
    """Their lines and, of a blanket, what was called off already. Three queries at most."""
    known = case.known
    known.quote, known.blanket = quote, blanket
    known.quote_lines, known.blanket_lines, known.called = defaultdict(list), {}, {}
    if quote is not None:
        for row in session.scalars(select(QuoteLine).where(QuoteLine.quote_id == quote.id)):
            known.quote_lines[row.item_id].append(row)
    if blanket is None:
        return
    rows_of = select(BlanketLine).where(BlanketLine.blanket_id == blanket.id)
    known.blanket_lines = {row.item_id: row for row in session.scalars(rows_of)}
    revised = case.draft.revision_of_id or 0
    rows = session.execute(
        select(OrderLine.item_id, OrderLine.stock_quantity - OrderLine.cancelled_quantity)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            Order.blanket_id == blanket.id,
            Order.status != "cancelled",
            or_(Order.draft_id.is_(None), Order.draft_id != case.draft.id),
            Order.id != (revised if case.draft.kind != "order" else 0),
        )
    )
    called: dict[int, Decimal] = defaultdict(Decimal)
    for item_id, quantity in rows:
        called[item_id] += quantity
    known.called = called


def agreed_quantity(case: Case, item_id: int) -> Decimal | None:
    """What the blanket holds of an item in all, in stock units."""
    row = case.known.blanket_lines.get(item_id)
    factor = case.factor_of(item_id, row.unit) if row is not None else None
    return as_decimal(Fraction(row.quantity) * factor) if row is not None and factor else None


def remainder(case: Case, item_id: int) -> Decimal | None:
    """What the blanket has left of an item, in stock units; None when the blanket lacks it or its unit is unknown."""
    row = case.known.blanket_lines.get(item_id)
    factor = case.factor_of(item_id, row.unit) if row is not None else None
    if row is None or factor is None:
        return None
    agreed = as_decimal(Fraction(row.quantity - row.called_before) * factor)
    return None if agreed is None else agreed - case.known.called.get(item_id, Decimal(0))
