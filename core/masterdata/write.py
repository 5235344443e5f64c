"""How a row takes its new values; most tables set attributes, stock goes through its ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from core.act import Act
from core.agreements.tables import Blanket
from core.catalogue.tables import Item, ItemUnit
from core.drafts.keys import po_key
from core.supply.stock import ZERO, lock_lots, move
from core.supply.tables import StockLot

Write = Callable[[Session, Any, dict[str, Any], Act], None]


def set_values(session: Session, row: Any, values: dict[str, Any], act: Act) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def set_stock(session: Session, row: StockLot, values: dict[str, Any], act: Act) -> None:
    """What is counted becomes a movement, so that the ledger's sum stays the balance; so does another quality."""
    values = dict(values)
    counted = values.pop("on_hand_quantity", None)
    before = row.quality if row.id else values.get("quality")
    for name, value in values.items():
        setattr(row, name, value)
    if row.id is None:
        row.on_hand_quantity = ZERO
        session.add(row)
        session.flush()
    elif counted is not None:
        lock_lots(session, [row.id])
        for name, value in values.items():
            setattr(row, name, value)
    if before not in (None, row.quality):
        move(session, row, ZERO, f"quality:{row.quality}", act=act)
    if counted is not None and counted != row.on_hand_quantity:
        move(session, row, counted - row.on_hand_quantity, "count", act=act)


def set_blanket(session: Session, row: Blanket, values: dict[str, Any], act: Act) -> None:
    """The customer's number is found again however it is written."""
    set_values(session, row, values, act)
    row.po_key = po_key(row.po_number or "")


def add_stock_unit(session: Session, row: Item, act: Act) -> None:
    """An item's stock unit is one of its units, so that orders in it need no special case."""
    session.add(ItemUnit(item_id=row.id, unit=row.stock_unit, numerator=1, denominator=1))
