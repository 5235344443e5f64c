"""DESADV, despatch advice (UN/EDIFACT D.96A; D.01B takes the same segments): the real packing as a CPS hierarchy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from core.messages.electronic.echoed import echo_of
from core.messages.electronic.edifact import lines as items
from core.messages.electronic.edifact.envelope import one_message
from core.messages.electronic.edifact.parties import group, order_parties
from core.messages.electronic.edifact.pen import Pen, Segment, day, pen_of
from core.messages.electronic.facts import (
    Business,
    DespatchAnswer,
    PackedUnit,
    Route,
    ShippedContent,
    Style,
)
from core.messages.electronic.packing import (
    Packed,
    gross_weight,
    lines_by_number,
    tree,
    unpacked,
)

DESPATCH_ADVICE, ORIGINAL = "351", "9"
PACKAGES = {"pallet": "PX", "carton": "CT"}
"""7065, UN/ECE Recommendation 21; a kind that the table lacks is a package (PK)."""
SSCC = "BJ"
"""7405, serial shipping container code; PCI 33E says that the packages are marked with it."""
LOT = "BX"
"""7405, batch number; PCI 36E says that the supplier marked it."""


@dataclass
class _Rows:
    """The detail as it is written, with the levels and lines counted."""

    answer: DespatchAnswer
    pen: Pen
    found: list[Segment] = field(default_factory=list)
    levels: int = 0
    lines: int = 0

    def level(self, parent: int) -> int:
        self.levels += 1
        self.found.append(("CPS", str(self.levels), str(parent) if parent else ""))
        return self.levels

    def line(self, content: ShippedContent) -> None:
        self.lines += 1
        self.found += _line(content, self.lines, self.answer, self.pen)


def write_despatch_advice(answer: DespatchAnswer, route: Route, style: Style) -> bytes:
    pen = pen_of(style)
    detail, loose = _Rows(answer, pen), unpacked(answer)
    whole = detail.level(0)
    detail.found += _all_packages(answer, pen)
    for content in loose:
        detail.line(content)
    for packed in tree(answer):
        _put_unit(detail, whole, packed)
    body = (
        *_header(answer, route.at.date(), pen),
        *detail.found,
        ("CNT", ("2", str(detail.lines))),
    )
    return one_message(route, pen, "DESADV", body)


def _header(answer: DespatchAnswer, today: date, pen: Pen) -> list[Segment]:
    """DTM 137 of the message, 11 despatched, 17 delivery estimated; RFF ON theirs, VN ours, CN the carrier's."""
    shipment, echo = answer.shipment, answer.echo
    left = shipment.shipped_on or answer.left_at.date()
    days = (("137", today), ("11", left), ("17", shipment.expected_date))
    found: list[Segment] = [("BGM", DESPATCH_ADVICE, shipment.number, ORIGINAL)]
    found += [("DTM", (kind, *day(value))) for kind, value in days if value]
    references = (
        ("ON", echo.po_number or shipment.po_number),
        ("VN", shipment.order_number),
        ("CN", shipment.tracking_number),
    )
    found += [("RFF", (kind, number)) for kind, number in references if number]
    found += order_parties(answer.parties, pen)
    source = Business(shipment.ship_from.name or answer.parties.supplier.name, shipment.ship_from)
    found += group("SF", source, pen)
    carrier = pen.text(shipment.carrier, 35)
    if carrier:
        code = (answer.carrier_code, "172", "182") if answer.carrier_code else ("", "", "")
        found.append(("TDT", "20", "", "", "", (*code, carrier)))
    return found


def _all_packages(answer: DespatchAnswer, pen: Pen) -> list[Segment]:
    """PAC for each kind of package that stands in no other; the gross weight with the first."""
    counted: dict[str, int] = defaultdict(int)
    for unit in answer.units:
        if not unit.parent:
            counted[PACKAGES.get(unit.kind, "PK")] += 1
    weight = gross_weight(answer)
    found: list[Segment] = []
    for kind, count in counted.items():
        weighs = weight is not None and not found
        found.append(("PAC", str(count), "", kind))
        if weighs and weight is not None:
            found.append(_weight(pen.figure(weight)))
    return found


def _weight(kilos: str) -> Segment:
    """PD physical dimensions, AAB gross weight."""
    return ("MEA", "PD", "AAB", ("KGM", kilos))


def _put_unit(detail: _Rows, parent: int, packed: Packed) -> None:
    """A level of its own for each package: what it is and is marked with, what is in it, then what stands on it."""
    number = detail.level(parent)
    detail.found += _unit(packed.unit, detail.pen)
    for content in packed.unit.contents:
        detail.line(content)
    for inner in packed.inside:
        _put_unit(detail, number, inner)


def _unit(unit: PackedUnit, pen: Pen) -> list[Segment]:
    found: list[Segment] = [("PAC", "1", "", PACKAGES.get(unit.kind, "PK"))]
    if unit.weight_kg is not None:
        found.append(_weight(pen.figure(unit.weight_kg)))
    return [*found, ("PCI", "33E"), ("GIN", SSCC, unit.sscc)]


def _line(content: ShippedContent, number: int, answer: DespatchAnswer, pen: Pen) -> list[Segment]:
    """LIN is numbered anew, since a line may stand in several packages; RFF+ON names the order's line."""
    line = lines_by_number(answer)[content.number]
    words = echo_of(answer.echo, content.number)
    unit = items.unit(line.unit, words, answer.echo)
    found = items.identified(
        (str(number), ""), words, (line.item, line.customer_sku), answer.echo, pen
    )
    found += items.described(words.description or line.description, pen)
    quantities = (("12", content.quantity), ("21", line.ordered))
    found += [("QTY", (kind, pen.figure(value), unit)) for kind, value in quantities]
    order = answer.echo.po_number or answer.shipment.po_number
    found.append(("RFF", ("ON", order, words.line_no or line.number)))
    return [*found, *_lot(content)]


def _lot(content: ShippedContent) -> list[Segment]:
    """PCI 36E with DTM 36, the end of life, and GIN."""
    if not content.lot and not content.expires_on:
        return []
    found: list[Segment] = [("PCI", "36E")]
    if content.expires_on:
        found.append(("DTM", ("36", *day(content.expires_on))))
    if content.lot:
        found.append(("GIN", LOT, content.lot))
    return found
