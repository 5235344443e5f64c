"""The N1 loops: who buys, where the goods go, who pays."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.edi.order import Row
from extraction.edi.x12.grammar import loops
from extraction.edi.x12.segments import Segment

_INNER = frozenset({"N2", "N3", "N4", "NX2", "PER", "REF", "G61"})

BUYER = ("BY", "OB", "SO")
SHIP_TO = ("ST", "CN", "UC", "BS")
BILL_TO = ("BT", "RI", "IV", "BS")


@dataclass(frozen=True, slots=True)
class Party:
    """One N1 loop; `rows` is the printed address, its name first."""

    role: str
    name: str
    id: str
    rows: tuple[str, ...]
    contact: str
    email: str
    segment: Segment
    raw: str


def parties(segments: tuple[Segment, ...]) -> list[Party]:
    return [_party(loop) for loop in loops(segments, "N1", _INNER)]


def _party(loop: tuple[Segment, ...]) -> Party:
    first = loop[0]
    rows = [first[2]]
    contact = email = ""
    for segment in loop[1:]:
        if segment.tag in ("N2", "N3"):
            rows += [segment[1], segment[2]]
        elif segment.tag == "N4":
            rows += [" ".join(t for t in (segment[1], segment[2], segment[3]) if t), segment[4]]
        elif segment.tag == "PER":
            name, address = person(segment)
            contact, email = contact or name, email or address
    end = first.delimiters.segment if first.delimiters.segment not in "\r\n" else "\n"
    return Party(
        first[1], first[2], first[4], tuple(r for r in rows if r), contact, email, first,
        end.join(s.raw for s in loop),
    )  # fmt: skip


def person(segment: Segment) -> tuple[str, str]:
    """Name and e-mail address of a PER segment; a name without a letter is none."""
    name = segment[2] if any(c.isalpha() for c in segment[2]) else ""
    pairs = {segment[n]: segment[n + 1] for n in (3, 5, 7)}
    return name, pairs.get("EM", "")


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
        row.rows("ship_to", list(ship_to.rows), at, ship_to.raw)
    if bill_to:
        row.rows("bill_to", list(bill_to.rows), str(bill_to.segment.number), bill_to.raw)
