"""The NAD groups: who buys, where the goods go, who pays."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.edi.edifact.codes import BILL_TO, BUYER, SHIP_TO
from extraction.edi.edifact.grammar import Group
from extraction.edi.edifact.segments import Segment
from extraction.edi.order import Row


@dataclass(frozen=True, slots=True)
class Party:
    """One NAD group; `rows` is the printed address, its name first."""

    role: str
    name: str
    id: str
    rows: tuple[str, ...]
    contact: str
    email: str
    segment: Segment
    raw: str


def party(group: Group) -> Party:
    """C082 id, C058 unstructured text, C080 name, C059 street, city, region, post code, country."""
    s = group.segments[0]
    names = [t.strip() for t in s.all(4)[:5] if t.strip()]
    unstructured = [t.strip() for t in s.all(3) if t.strip()]
    name = names[0] if names else (unstructured[0] if unstructured else "")
    town = " ".join(t for t in (s.get(8), s.get(6), s.get(7)) if t)
    rows = (*names, *unstructured, *(t.strip() for t in s.all(5)), town, s.get(9))
    contact = email = ""
    for inner in group.segments[1:]:
        if inner.tag == "CTA":
            contact = contact or inner.get(2, 2) or inner.get(2)
        elif inner.tag == "COM" and inner.get(1, 2) == "EM":
            email = email or inner.get(1)
    return Party(
        s.get(1), name, s.get(2), tuple(r for r in rows if r), contact, email, s,
        s.service.segment.join(i.raw for i in group.segments),
    )  # fmt: skip


def pick(found: list[Party], roles: tuple[str, ...]) -> Party | None:
    return next((p for role in roles for p in found if p.role == role), None)


def put_parties(row: Row, found: list[Party]) -> None:
    """Buyer, ship-to and bill-to into the header."""
    buyer, ship_to, bill_to = (pick(found, r) for r in (BUYER, SHIP_TO, BILL_TO))
    if buyer:
        at = str(buyer.segment.number)
        row.text("buyer_name", buyer.name, at, buyer.segment.raw)
        row.text("buyer_id", buyer.id, at, buyer.segment.raw)
        row.text("buyer_contact", buyer.contact, at, buyer.raw)
        row.text("buyer_email", buyer.email, at, buyer.raw)
    if ship_to:
        at = str(ship_to.segment.number)
        row.text("ship_to_name", ship_to.name, at, ship_to.segment.raw)
        row.text("ship_to_id", ship_to.id, at, ship_to.segment.raw)
        row.rows("ship_to", list(ship_to.rows), at, ship_to.segment.raw)
    if bill_to:
        at = str(bill_to.segment.number)
        row.rows("bill_to", list(bill_to.rows), at, bill_to.segment.raw)
