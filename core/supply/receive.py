"""Goods from a supplier or from production arrive: the receipt's open quantity shrinks by what is put in stock."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.tables import Item
from core.database import ROW
from core.errors import BadInput, IllegalStep, NotFound
from core.masterdata.note import note_change
from core.supply.stock import lock_lots, move, new_lot
from core.supply.tables import Receipt, StockLot, StockMovement
from core.values import plain


def receive_goods(
    session: Session,
    receipt_id: int,
    quantity: Decimal,
    lot: str,
    *,
    act: Act,
    bin: str = "",
    quality: str = "released",
    expires_on: date | None = None,
) -> StockMovement:
    """Books `quantity` (stock units) of a receipt into a lot; the receipt closes when nothing more is to come."""
    if quantity <= 0:
        raise BadInput("Enter how much arrived.", "quantity")
    receipt = session.get(Receipt, receipt_id, with_for_update=ROW, populate_existing=True)
    if receipt is None:
        raise NotFound()
    if receipt.closed:
        raise IllegalStep(f"{receipt.number} is complete; nothing was booked.")
    row = _lot(session, receipt, lot, bin, quality, expires_on, act)
    before = (receipt.received_quantity, receipt.closed)
    receipt.received_quantity += quantity
    receipt.closed = receipt.received_quantity >= receipt.quantity
    _note(session, receipt, before, act)
    return move(
        session, row, quantity, "received", act=act, subject="receipt", subject_id=receipt.id
    )


def _note(session: Session, receipt: Receipt, before: tuple[Decimal, bool], act: Act) -> None:
    item = session.get_one(Item, receipt.item_id)
    changes: dict[str, list[Any]] = {
        "received_quantity": [plain(before[0]), plain(receipt.received_quantity)]
    }
    if before[1] != receipt.closed:
        changes["closed"] = [before[1], receipt.closed]
    key = (receipt.kind, receipt.number, receipt.line, item.number)
    note_change(
        session,
        "receipts",
        receipt.id,
        key,
        "changed",
        changes,
        act=act,
        door="warehouse",
        drafts=False,
    )


def _lot(
    session: Session,
    receipt: Receipt,
    lot: str,
    bin: str,
    quality: str,
    expires_on: date | None,
    act: Act,
) -> StockLot:
    found = session.scalar(
        select(StockLot.id).where(
            StockLot.site_id == receipt.site_id,
            StockLot.item_id == receipt.item_id,
            StockLot.lot == lot,
            StockLot.bin == bin,
        )
    )
    if found is not None:
        row = lock_lots(session, [found])[found]
        if row.quality != quality:
            raise BadInput(f"Lot {lot} in this bin is {row.quality}; choose another bin.", "bin")
        return row
    return new_lot(
        session,
        StockLot(
            site_id=receipt.site_id,
            item_id=receipt.item_id,
            lot=lot,
            bin=bin,
            quality=quality,
            expires_on=expires_on,
            received_on=act.at.date(),
        ),
    )
