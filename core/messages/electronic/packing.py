"""A shipment's packing as a tree, and what of it stands in no package; for every format of ship notice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.messages.electronic.facts import DespatchAnswer, PackedUnit, ShippedContent
from core.messages.electronic.problems import CannotWrite
from core.messages.facts import ShippedLine

PALLET = "pallet"


@dataclass(frozen=True, slots=True)
class Packed:
    """A handling unit with those that stand on or in it."""

    unit: PackedUnit
    inside: tuple[Packed, ...] = ()

    @property
    def is_pallet(self) -> bool:
        return self.unit.kind == PALLET

    def walked(self) -> Iterator[Packed]:
        """Itself, then everything inside."""
        yield self
        for one in self.inside:
            yield from one.walked()


def tree(answer: DespatchAnswer) -> tuple[Packed, ...]:
    """The outermost units.

    Raises CannotWrite for a unit without a code of its own, whose pallet is not listed, or that holds itself.
    """
    listed = {unit.sscc for unit in answer.units}
    for unit in answer.units:
        if not re.fullmatch(r"[0-9]{18}", unit.sscc):
            raise CannotWrite("SSCC", f"{unit.sscc!r} does not have 18 digits.")
    if len(listed) != len(answer.units):
        raise CannotWrite("SSCC", "Two packages have the same code.")
    below: dict[str, list[PackedUnit]] = defaultdict(list)
    for unit in answer.units:
        if unit.parent and unit.parent not in listed:
            raise CannotWrite("SSCC", f"{unit.sscc} stands on {unit.parent}, which is not listed.")
        below[unit.parent].append(unit)
    found = tuple(_packed(unit, below) for unit in below[""])
    if sum(1 for outer in found for _ in outer.walked()) != len(answer.units):
        raise CannotWrite("SSCC", "A package stands on itself.")
    return found


def _packed(unit: PackedUnit, below: dict[str, list[PackedUnit]]) -> Packed:
    return Packed(unit, tuple(_packed(one, below) for one in below.get(unit.sscc, ())))


def lines_by_number(answer: DespatchAnswer) -> dict[str, ShippedLine]:
    """The first of each number: a line picked from several lots is listed once for each."""
    found: dict[str, ShippedLine] = {}
    for line in answer.shipment.lines:
        found.setdefault(line.number, line)
    return found


def unpacked(answer: DespatchAnswer) -> tuple[ShippedContent, ...]:
    """What left in no package. Raises CannotWrite when more is packed than left."""
    packed: dict[str, Decimal] = defaultdict(Decimal)
    for unit in answer.units:
        for content in unit.contents:
            packed[content.number] += content.quantity
    unknown = set(packed) - {line.number for line in answer.shipment.lines}
    if unknown:
        raise CannotWrite("packing", f"Line {min(unknown)} is packed but not shipped.")
    found = []
    for line in answer.shipment.lines:
        taken = min(packed[line.number], line.quantity)
        packed[line.number] -= taken
        if line.quantity > taken:
            found.append(ShippedContent(line.number, line.quantity - taken, line.lot))
    for number, rest in packed.items():
        if rest:
            raise CannotWrite("packing", f"More of line {number} is packed than left.")
    return tuple(found)


def gross_weight(answer: DespatchAnswer) -> Decimal | None:
    """Of the outermost units together, in kg; None when one was not weighed."""
    weights = [unit.weight_kg for unit in answer.units if not unit.parent]
    known = [weight for weight in weights if weight is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(weights) else None
