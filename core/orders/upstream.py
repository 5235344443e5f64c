"""What a changed quantity means for purchase and production orders that were to serve the line (lesson 16)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.orders.progress import ZERO
from core.orders.revise import Consequence
from core.orders.tables import OrderLine, ScheduleLine
from core.promising.sentences import day_text
from core.supply.tables import Receipt
from core.values import plain

KINDS = {"purchase": "purchase order", "production": "production order", "transfer": "transfer"}
PLANNED = {"make": "made", "buy": "bought", "lead-time": "bought or made"}


@dataclass(frozen=True, slots=True)
class _Source:
    """What an open schedule line still lives from: a receipt, or something that is only planned (receipt None)."""

    quantity: Decimal
    receipt: Receipt | None
    kind: str


def upstream(
    session: Session, changes: Iterable[tuple[OrderLine, Decimal]]
) -> tuple[Consequence, ...]:
    """changes: lines with how much more (or, below zero, less) of them is wanted, in stock units."""
    wanted = [(line, more) for line, more in changes if more]
    sources = _sources(session, [line.id for line, _ in wanted])
    found: list[Consequence] = []
    for line, more in wanted:
        own = sources.get(line.id, [])
        found += _less(line, own, -more) if more < 0 else _more(line, own, more)
    return tuple(found)


def _less(line: OrderLine, sources: list[_Source], quantity: Decimal) -> list[Consequence]:
    """What is promised last is given up first."""
    found, name = [], f"Line {line.position}"
    for source in sources:
        part = min(source.quantity, quantity)
        quantity -= part
        if part <= 0:
            continue
        if source.receipt is None:
            said = (
                f"{plain(part)} were still to be {PLANNED[source.kind]}; that is no longer needed."
            )
        else:
            order = f"{KINDS[source.receipt.kind]} {source.receipt.number}"
            said = (
                f"{plain(part)} were to come from {order}, due {day_text(source.receipt.expected_date)}; "
                f"{_lower(source.receipt, part)}"
            )
        found.append(Consequence(line.position, "on order", f"{name}: {said}"))
    return found


def _lower(receipt: Receipt, part: Decimal) -> str:
    if receipt.kind == "production" and receipt.stage == "started":
        return "it has begun, so they become stock."
    return f"lower it by {plain(part)}, or they become stock."


def _more(line: OrderLine, sources: list[_Source], quantity: Decimal) -> list[Consequence]:
    """The order that already serves the line could bring the rest too, as long as it has not begun."""
    open_orders = [s.receipt for s in sources if s.receipt and s.receipt.kind != "transfer"]
    if not open_orders:
        return []
    receipt = open_orders[0]
    order = f"{KINDS[receipt.kind].capitalize()} {receipt.number}"
    begun = receipt.kind == "production" and receipt.stage == "started"
    said = (
        f"has begun; the {plain(quantity)} more are promised by themselves."
        if begun
        else f"serves it; raise that by {plain(quantity)}, or they are promised by themselves."
    )
    return [Consequence(line.position, "on order", f"Line {line.position}: {order} {said}")]


def _sources(session: Session, line_ids: Collection[int]) -> dict[int, list[_Source]]:
    """By order line, what is promised last first; without what stock is allocated to."""
    rows = session.scalars(
        select(ScheduleLine)
        .where(
            ScheduleLine.line_id.in_(sorted(line_ids)),
            ScheduleLine.quantity > ScheduleLine.shipped_quantity,
        )
        .order_by(ScheduleLine.promised_date.desc(), ScheduleLine.id.desc())
    ).all()
    held = _held(session, [row.id for row in rows])
    receipts = _receipts(session, rows)
    found: dict[int, list[_Source]] = {}
    for row in rows:
        waiting = row.quantity - row.shipped_quantity - held.get(row.id, ZERO)
        for peg in _pegs(row):
            receipt = receipts.get(int(peg["id"])) if peg["kind"] == "receipt" else None
            part = min(Decimal(str(peg["quantity"])), waiting)
            waiting -= part
            if part > 0 and (receipt is not None or peg["kind"] in PLANNED):
                source = _Source(part, receipt, str(peg["kind"]))
                found.setdefault(row.line_id, []).append(source)
    return found


def _pegs(row: ScheduleLine) -> list[dict[str, Any]]:
    """Of the item itself, what comes last first: it is given up first."""
    own = [
        peg for peg in row.pegging if int(peg.get("level", 0)) <= 1 and peg.get("kind") != "step"
    ]
    return sorted(own, key=lambda peg: str(peg.get("due_date", "")), reverse=True)


def _held(session: Session, schedule_ids: Collection[int]) -> dict[int, Decimal]:
    rows = session.execute(
        select(Allocation.schedule_line_id, func.sum(Allocation.quantity))
        .where(Allocation.schedule_line_id.in_(schedule_ids))
        .group_by(Allocation.schedule_line_id)
    )
    return {schedule_id: Decimal(total) for schedule_id, total in rows}


def _receipts(session: Session, rows: Iterable[ScheduleLine]) -> dict[int, Receipt]:
    ids = {int(peg["id"]) for row in rows for peg in row.pegging if peg.get("kind") == "receipt"}
    return {
        row.id: row
        for row in session.scalars(
            select(Receipt).where(Receipt.id.in_(sorted(ids)), Receipt.closed.is_(False))
        )
    }
