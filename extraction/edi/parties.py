"""Who buys, where the goods go and who pays, the same for X12 and EDIFACT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extraction.edi.order import Row


@dataclass(frozen=True, slots=True)
class Party:
    """One party of a message; `rows` is the printed address, its name first.

    at: number of its first segment; name_raw, address_raw, raw: the segments that hold name and id, the address, all.
    """

    role: str
    name: str
    id: str
    rows: tuple[str, ...]
    contact: str
    email: str
    at: str
    name_raw: str
    address_raw: str
    raw: str


def pick(found: Sequence[Party], roles: tuple[str, ...]) -> Party | None:
    """The first party of the most wanted role."""
    return next((p for role in roles for p in found if p.role == role), None)


def put_parties(
    row: Row, buyer: Party | None, ship_to: Party | None, bill_to: Party | None
) -> None:
    """Buyer, ship-to and bill-to into the header."""
    if buyer:
        row.text("buyer_name", buyer.name, buyer.at, buyer.name_raw)
        row.text("buyer_id", buyer.id, buyer.at, buyer.name_raw)
        row.text("buyer_contact", buyer.contact, buyer.at, buyer.raw)
        row.text("buyer_email", buyer.email, buyer.at, buyer.raw)
    if ship_to:
        row.text("ship_to_name", ship_to.name, ship_to.at, ship_to.name_raw)
        row.text("ship_to_id", ship_to.id, ship_to.at, ship_to.name_raw)
        row.rows("ship_to", list(ship_to.rows), ship_to.at, ship_to.address_raw)
    if bill_to:
        row.rows("bill_to", list(bill_to.rows), bill_to.at, bill_to.address_raw)
