"""Picked goods go into packages; each parcel gets its own number that carriers and customers scan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, NotEnough
from core.journal import Event
from core.shipping.rows import lock_with_order, pick_lines
from core.shipping.sscc import next_sscc
from core.shipping.tables import Package, PackageLine, PickLine, Shipment
from core.values import plain

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PackageSpec:
    """One parcel: pick line id -> quantity in stock units; its weight when it was weighed."""

    contents: Mapping[int, Decimal] = field(default_factory=dict)
    weight_kg: Decimal | None = None


def pack(
    session: Session, shipment: Shipment, packages: tuple[PackageSpec, ...], *, act: Act
) -> Event:
    """Packs exactly what was picked, no more and no less. Raises BadInput with the pick line that does not add up."""
    done = journal.done_under(session, shipment, "pack", act.key)
    if done is not None:
        return done
    lock_with_order(session, shipment)
    journal.check(shipment, "pack")
    _check(pick_lines(session, shipment), packages)
    for number, spec in enumerate(packages, start=1):
        package = Package(
            shipment_id=shipment.id,
            number=number,
            sscc=next_sscc(session),
            weight_kg=spec.weight_kg,
        )
        session.add(package)
        session.flush()
        session.add_all(
            PackageLine(package_id=package.id, pick_line_id=line_id, quantity=quantity)
            for line_id, quantity in spec.contents.items()
            if quantity > 0
        )
    facts = {"number": shipment.number, "packages": str(len(packages))}
    return journal.advance(session, shipment, "pack", act=act, facts=facts)


def _check(rows: list[PickLine], packages: tuple[PackageSpec, ...]) -> None:
    if not any(row.picked_quantity for row in rows):
        raise NotEnough("Nothing was picked, so there is nothing to pack; void this shipment.")
    packed: dict[int, Decimal] = defaultdict(Decimal)
    for number, spec in enumerate(packages, start=1):
        if not any(spec.contents.values()):
            raise BadInput(f"Package {number} is empty.", f"package-{number}")
        if spec.weight_kg is not None and spec.weight_kg <= 0:
            raise BadInput("A weight is above zero.", f"weight-{number}")
        for line_id, quantity in spec.contents.items():
            if quantity < 0:
                raise BadInput("A quantity cannot be negative.", f"packed-{line_id}")
            packed[line_id] += quantity
    strangers = set(packed) - {row.id for row in rows}
    if strangers:
        raise BadInput("A package names goods that are not on this shipment.", "packages")
    for row in rows:
        if packed[row.id] != (row.picked_quantity or ZERO):
            raise BadInput(
                f"{plain(row.picked_quantity or ZERO)} were picked, {plain(packed[row.id])} are packed.",
                f"packed-{row.id}",
            )


def in_one_package(rows: list[PickLine]) -> tuple[PackageSpec, ...]:
    """Everything in one parcel: what most small shipments are."""
    return (PackageSpec({row.id: row.picked_quantity or ZERO for row in rows}),)
