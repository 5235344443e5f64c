"""856 Ship Notice/Manifest (X12.10, release 004010): shipment, order, tare, pack, item, from the real packing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.messages.electronic.echoed import echo_of
from core.messages.electronic.facts import (
    Business,
    DespatchAnswer,
    PackedUnit,
    Route,
    ShippedContent,
    Style,
)
from core.messages.electronic.figures import figure
from core.messages.electronic.packing import (
    Packed,
    gross_weight,
    lines_by_number,
    tree,
    unpacked,
)
from core.messages.electronic.x12 import lines as items
from core.messages.electronic.x12.envelope import one_set
from core.messages.electronic.x12.parties import loop
from core.messages.electronic.x12.pen import Pen, Segment, pen_of
from core.messages.electronic.x12.totals import totals

WITH_PACKING, WITHOUT_PACKING = "0001", "0004"
"""BSN05, element 1005: shipment, order, packaging, item; shipment, order, item."""
PACKAGING = {"pallet": "PLT", "carton": "CTN"}
"""TD101, element 103; a kind that the table lacks is a piece (PCS)."""
ORIGIN, SCAC = "B", "2"
"""TD501, element 133, any leg from the origin on; TD502, element 66, a Standard Carrier Alpha Code."""
SSCC_IDENTIFIER = "00"
"""MAN01 GM: the SSCC-18 together with its application identifier."""


@dataclass
class _Levels:
    """The hierarchical levels as they are numbered from 1, each with its parent, code and segments."""

    found: list[tuple[int, str, tuple[Segment, ...]]] = field(default_factory=list)

    def add(self, parent: int, code: str, segments: tuple[Segment, ...]) -> int:
        self.found.append((parent, code, segments))
        return len(self.found)

    def segments(self) -> list[Segment]:
        """HL04 tells whether a level has others below it."""
        parents = {parent for parent, _, _ in self.found}
        rows: list[Segment] = []
        for number, (parent, code, segments) in enumerate(self.found, 1):
            below = "1" if number in parents else "0"
            rows += [("HL", str(number), str(parent) if parent else "", code, below), *segments]
        return rows


def write_ship_notice(answer: DespatchAnswer, route: Route, style: Style) -> bytes:
    pen, loose = pen_of(style), unpacked(answer)
    levels = _Levels()
    shipment = levels.add(0, "S", tuple(_shipment(answer, pen)))
    order = levels.add(shipment, "O", tuple(_order(answer, pen)))
    for packed in tree(answer):
        _put_unit(levels, order, packed, answer, pen)
    for content in loose:
        levels.add(order, "I", tuple(_item(content, answer, pen)))
    structure = WITH_PACKING if answer.units else WITHOUT_PACKING
    begin: Segment = (
        "BSN", "00", answer.shipment.number, pen.day(route.at.date()), pen.time(route.at), structure,
    )  # fmt: skip
    shipped = [segment[2] for segment in levels.segments() if segment[0] == "SN1"]
    counted = totals(len(levels.found), [str(quantity) for quantity in shipped])
    body = (begin, *levels.segments(), counted)
    return one_set(route, pen, "SH", "856", body)


def _shipment(answer: DespatchAnswer, pen: Pen) -> list[Segment]:
    """TD1 packages and gross weight, TD5 carrier, REF*BM our shipment, REF*CN the carrier's number, days, N1 loops."""
    shipment, parties = answer.shipment, answer.parties
    found = _packages(answer)
    carrier = pen.text(shipment.carrier, 35)
    if answer.carrier_code:
        found.append(("TD5", ORIGIN, SCAC, pen.text(answer.carrier_code, 4), "", carrier))
    elif carrier:
        found.append(("TD5", "", "", "", "", carrier))
    references = (("BM", shipment.number), ("CN", shipment.tracking_number))
    found += [("REF", kind, number) for kind, number in references if number]
    days = (("011", _left_on(answer)), ("017", shipment.expected_date))
    found += [("DTM", kind, pen.day(day)) for kind, day in days if day]
    source = Business(shipment.ship_from.name or parties.supplier.name, shipment.ship_from)
    found += [*loop("ST", parties.ship_to, pen), *loop("SF", source, pen)]
    return [*found, *loop("SE", parties.supplier, pen)]


def _left_on(answer: DespatchAnswer) -> date:
    return answer.shipment.shipped_on or answer.left_at.date()


def _packages(answer: DespatchAnswer) -> list[Segment]:
    """TD1 for each kind of package that stands in no other; the gross weight with the first."""
    counted: dict[str, int] = defaultdict(int)
    for unit in answer.units:
        if not unit.parent:
            counted[PACKAGING.get(unit.kind, "PCS")] += 1
    weight = gross_weight(answer)
    found: list[Segment] = []
    for kind, count in counted.items():
        weighed = _kilos(weight) if weight is not None and not found else ()
        found.append(("TD1", kind, str(count), "", "", "", *weighed))
    return found


def _kilos(weight: Decimal) -> tuple[str, str, str]:
    """G gross weight, elements 187, 81, 355."""
    return "G", figure(weight), "KG"


def _order(answer: DespatchAnswer, pen: Pen) -> list[Segment]:
    shipment, echo = answer.shipment, answer.echo
    found: list[Segment] = [("PRF", echo.po_number or shipment.po_number, echo.release)]
    found.append(("REF", "VN", shipment.order_number))
    return [*found, *loop("BY", answer.parties.buyer, pen)]


def _put_unit(
    levels: _Levels, parent: int, packed: Packed, answer: DespatchAnswer, pen: Pen
) -> None:
    """T for a pallet, P for what stands on it or alone; then its contents."""
    code = "T" if packed.is_pallet else "P"
    number = levels.add(parent, code, tuple(_unit(packed.unit)))
    for inner in packed.inside:
        _put_unit(levels, number, inner, answer, pen)
    for content in packed.unit.contents:
        levels.add(number, "I", tuple(_item(content, answer, pen)))


def _unit(unit: PackedUnit) -> list[Segment]:
    found: list[Segment] = []
    if unit.weight_kg is not None:
        found.append(("MEA", "PD", "G", figure(unit.weight_kg), "KG"))
    return [*found, ("MAN", "GM", SSCC_IDENTIFIER + unit.sscc)]


def _item(content: ShippedContent, answer: DespatchAnswer, pen: Pen) -> list[Segment]:
    """LIN, SN1 with the ordered quantity, PID, REF*LT the lot, DTM*036 its end of life."""
    line = lines_by_number(answer)[content.number]
    words = echo_of(answer.echo, content.number)
    unit = items.unit(line.unit, words, answer.echo)
    number = words.line_no or line.number
    found: list[Segment] = [
        ("LIN", number, *items.item_numbers(words, line.item, answer.echo, line.customer_sku)),
        ("SN1", number, figure(content.quantity), unit, "", figure(line.ordered), unit),
    ]
    described = pen.rows(words.description or line.description, 80, 5)
    found += [("PID", "F", "", "", "", row) for row in described]
    if content.lot:
        found.append(("REF", "LT", content.lot))
    if content.expires_on:
        found.append(("DTM", "036", pen.day(content.expires_on)))
    return found
