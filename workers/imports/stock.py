"""Stock by lot as counted; the difference to what the books say becomes a movement."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput
from core.execution.tables import Allocation
from core.supply.tables import StockLot, StockMovement
from workers.imports import lookups
from workers.imports.columns import Column, code, day, number, one_of
from workers.imports.run import CHANGED, NEW, SAME, Kind, Values, write


def _stock(session: Session, values: Values, act: Act) -> str:
    site = lookups.site(session, values.pop("site"))
    item = lookups.item(session, values.pop("item"))
    quantity = values.pop("quantity")
    place = values.pop("bin", "") or ""
    lot = session.scalar(
        select(StockLot)
        .where(
            StockLot.site_id == site.id,
            StockLot.item_id == item.id,
            StockLot.lot == values["lot"],
            StockLot.bin == place,
        )
        .with_for_update()
    )
    is_new = lot is None
    if lot is None:
        lot = StockLot(site_id=site.id, item_id=item.id, bin=place, on_hand_quantity=0, **values)
        session.add(lot)
        session.flush()
    changed = write(lot, values)
    difference = quantity - lot.on_hand_quantity
    if difference:
        _require_enough(session, lot, quantity)
        lot.on_hand_quantity = quantity
        session.add(
            StockMovement(
                lot_id=lot.id, quantity=difference, reason="count", at=act.at, actor=act.actor
            )
        )
        session.flush()
    if is_new:
        return NEW
    return CHANGED if changed or difference else SAME


def _require_enough(session: Session, lot: StockLot, quantity: Decimal) -> None:
    held = session.scalar(select(func.sum(Allocation.quantity)).where(Allocation.lot_id == lot.id))
    if held is not None and held > quantity:
        raise BadInput(f"{held} of this lot are allocated to orders; take them away there first")


STOCK = Kind(
    "stock",
    "Counted stock by site, item, lot and bin, in stock units.",
    (
        Column("site", code, required=True),
        Column("item", code, required=True),
        Column("lot", code, required=True),
        Column("bin", code, default=""),
        Column("quantity", number, required=True),
        Column("quality", one_of("released", "inspection", "blocked"), default="released"),
        Column("expires_on", day),
        Column("received_on", day),
    ),
    _stock,
)
