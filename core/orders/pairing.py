"""Which line of a revision is which line of the order: by the customer's line number, else by the item."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import DraftField, DraftLine
from core.orders.tables import OrderLine


def pair_lines(
    session: Session, ours: Sequence[OrderLine], lines: list[DraftLine]
) -> list[tuple[OrderLine | None, DraftLine]]:
    """Every draft line with its order line, None when it is new. An order line is given away once.

    A line number counts only while it does not contradict the item: customers renumber.
    """
    ids = [line.id for line in lines]
    rows = session.execute(
        select(DraftField.line_id, DraftField.value).where(
            DraftField.line_id.in_(ids), DraftField.name == "line_no"
        )
    )
    numbers = {row.line_id: row.value.strip().lstrip("0") for row in rows}
    free = list(ours)
    found: dict[int, OrderLine] = {}
    for same in (_same_number_and_item, _same_item, _same_number):
        for line in lines:
            match = next((o for o in free if same(o, line, numbers.get(line.id, ""))), None)
            if line.id not in found and match is not None:
                found[line.id] = match
                free.remove(match)
    return [(found.get(line.id), line) for line in lines]


def _same_number_and_item(ours: OrderLine, line: DraftLine, number: str) -> bool:
    return _same_number(ours, line, number) and ours.item_id == line.item_id


def _same_item(ours: OrderLine, line: DraftLine, _number: str) -> bool:
    return line.item_id is not None and ours.item_id == line.item_id


def _same_number(ours: OrderLine, line: DraftLine, number: str) -> bool:
    return bool(number) and number in (
        ours.customer_line_no.strip().lstrip("0"),
        str(ours.position) if not ours.customer_line_no else "",
    )
