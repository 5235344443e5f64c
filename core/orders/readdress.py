"""A change names another place of delivery: what has not left goes there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField
from core.orders.book import kept_address
from core.orders.progress import LineQuantities
from core.orders.revise import Consequence
from core.orders.tables import Order
from core.parties.tables import CustomerAddress

PLACE_FIELDS = ("ship_to", "ship_to_name", "ship_to_id")


def new_place(session: Session, order: Order, draft: Draft) -> CustomerAddress | None:
    """The address that the change names, None when it names none or the one that is agreed.

    A draft always has a matched address; it counts only when the document (or the clerk) spoke of one.
    """
    if draft.ship_to_id is None or draft.ship_to_id == order.ship_to_id:
        return None
    said = session.scalar(
        select(DraftField.id).where(
            DraftField.draft_id == draft.id,
            DraftField.line_id.is_(None),
            DraftField.name.in_(PLACE_FIELDS),
            DraftField.value != "",
        )
    )
    chosen = draft.ship_to_reason.get("code") == "chosen"
    return session.get(CustomerAddress, draft.ship_to_id) if said or chosen else None


def readdressing(
    place: CustomerAddress | None, counted: dict[int, LineQuantities]
) -> tuple[Consequence, ...]:
    """What the new place means for goods that are on their way out."""
    if place is None:
        return ()
    name = f"{place.name}, {place.city}".rstrip(", ")
    if any(q.on_shipment for q in counted.values()):
        text = f"Goods for the old address are on a shipment in the warehouse; void it before they go to {name}."
        return (Consequence(0, "on shipment", text, True),)
    return (Consequence(0, "free", f"What has not left goes to {name}."),)


def readdress(order: Order, place: CustomerAddress) -> dict[str, list[str]]:
    old, new = dict(order.ship_to), kept_address(place)
    order.ship_to_id, order.ship_to = place.id, new
    return {"ship to": [_short(old), _short(new)]}


def _short(address: dict[str, str]) -> str:
    return ", ".join(p for p in (address.get("name", ""), address.get("city", "")) if p)
