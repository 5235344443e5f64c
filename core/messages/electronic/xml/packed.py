"""What is in which handling unit, as lines: one per content of a unit, then what no unit holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.messages.electronic.facts import DespatchAnswer, EchoLine, PackedUnit, ShippedContent
from core.messages.facts import ShippedLine


@dataclass(frozen=True, slots=True)
class Packed:
    """A quantity (in the ordered unit) of one line in one unit; `is_first` of its line, which tells what is to come."""

    line: ShippedLine
    content: ShippedContent
    unit: PackedUnit | None
    is_first: bool


def packed(answer: DespatchAnswer) -> Iterator[Packed]:
    """In the order of the shipment's lines; the sum over each line is what was shipped."""
    for line in answer.shipment.lines:
        yield from _of_line(line, answer)


def _of_line(line: ShippedLine, answer: DespatchAnswer) -> Iterator[Packed]:
    rest, is_first = line.quantity, True
    for unit in answer.units:
        for content in unit.contents:
            if content.number == line.number:
                yield Packed(line, content, unit, is_first)
                rest, is_first = rest - content.quantity, False
    if rest > 0 or is_first:
        loose = ShippedContent(line.number, max(rest, Decimal(0)), line.lot)
        yield Packed(line, loose, None, is_first)


def echo_of_shipped(answer: DespatchAnswer, line: ShippedLine) -> EchoLine:
    """The customer's words of the line; their item number at least, which the shipment knows itself."""
    return answer.echo.lines.get(line.number, EchoLine(buyer_sku=line.customer_sku))


PACKAGE_TYPES = {
    "carton": "CT",
    "pallet": "PX",
    "box": "BX",
    "drum": "DR",
    "bag": "BG",
    "roll": "RO",
}
"""Our kinds of handling units -> UN/ECE Recommendation 21."""


def package_type(kind: str) -> str:
    return PACKAGE_TYPES.get(kind, "PK")
