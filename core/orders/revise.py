"""One line of an order takes new terms; what the change costs downstream is said before anything happens (lesson 16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from core.orders.progress import ZERO, LineQuantities
from core.orders.redate import parts_of, pieces_of, pinned, redate, take
from core.orders.rows import schedule_of
from core.orders.schedule import plan_line, shrink
from core.orders.tables import OrderLine, ScheduleLine
from core.promising.ask import Promised
from core.promising.claims import lessen_claims
from core.supply.allocations import free_allocations
from core.values import plain


@dataclass(frozen=True, slots=True)
class Terms:
    """What a line shall be: ordered quantity and unit with its factor, the price of one unit, the wished day."""

    quantity: Decimal
    unit: str
    numerator: int
    denominator: int
    stock_quantity: Decimal
    price: Decimal
    requested_date: date | None


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a change does to one line. stage: free, allocated, on shipment, shipped, billed. blocking: it cannot be done."""

    position: int
    stage: str
    sentence: str
    blocking: bool = False


def terms_of(line: OrderLine) -> Terms:
    """What is agreed now: what was cancelled is no longer part of it."""
    wanted = line.stock_quantity - line.cancelled_quantity
    units = Fraction(wanted) * line.factor_denominator / line.factor_numerator
    return Terms(
        Decimal(round(units * 10**6)).scaleb(-6) if line.cancelled_quantity else line.quantity,
        line.unit,
        line.factor_numerator,
        line.factor_denominator,
        wanted,
        line.price,
        line.requested_date,
    )


def consequences(line: OrderLine, q: LineQuantities, terms: Terms) -> tuple[Consequence, ...]:
    """By stage, the ones that block first. q: where the line's goods are now."""
    wanted, found = terms.stock_quantity, list[Consequence]()
    if wanted < q.shipped:
        found.append(
            Consequence(
                line.position,
                "shipped",
                f"Line {line.position}: {plain(q.shipped)} have left already; they must come back as a return first.",
                True,
            )
        )
    elif wanted < q.shipped + q.on_shipment:
        found.append(
            Consequence(
                line.position,
                "on shipment",
                f"Line {line.position}: {plain(q.on_shipment)} are on a shipment in the warehouse; void it first.",
                True,
            )
        )
    elif wanted < q.shipped + q.allocated:
        freed = q.shipped + q.allocated - wanted
        found.append(
            Consequence(
                line.position,
                "allocated",
                f"Line {line.position}: {plain(freed)} allocated are given back to stock.",
            )
        )
    if q.cancelled > 0 and wanted > q.wanted:
        again = min(q.cancelled, wanted - q.wanted)
        found.append(
            Consequence(
                line.position,
                "free",
                f"Line {line.position}: {plain(again)} that were cancelled are wanted again.",
            )
        )
    if terms.price != line.price and q.invoiced > 0:
        found.append(
            Consequence(
                line.position,
                "billed",
                f"Line {line.position}: {plain(q.invoiced)} are billed at the old price; the new one counts for the rest.",
            )
        )
    return tuple(found)


def revise(
    session: Session, line: OrderLine, terms: Terms, parts: tuple[Promised, ...]
) -> dict[str, list[str]]:
    """Gives the line its new terms; returns {"line 2 quantity": [old, new], ...}, only what changed.

    parts: of a line with another wish the promise for all that has not left; of one that only grows, for what it grows
    by. What was cancelled before is wanted again when the customer orders it again (lesson 14). Blocking consequences
    must have been refused before.
    """
    changes = _differences(line, terms)
    schedule = schedule_of(session, [line.id])
    more = terms.stock_quantity - (line.stock_quantity - line.cancelled_quantity)
    redated = terms.requested_date != line.requested_date
    if more < 0:
        lessen(session, schedule, -more)
    line.quantity, line.unit = terms.quantity, terms.unit
    line.factor_numerator, line.factor_denominator = terms.numerator, terms.denominator
    line.stock_quantity, line.cancelled_quantity = terms.stock_quantity, ZERO
    if terms.price != line.price:
        line.price = line.ordered_price = terms.price
    line.requested_date = terms.requested_date
    session.flush()
    pieces = pieces_of(parts)
    if redated:
        _wish(schedule, terms.requested_date)
        fixed = sum(pinned(session, schedule).values(), ZERO) - line.shipped_quantity
        redate(session, schedule, take(pieces, fixed)[1])
        kept = terms.stock_quantity - more - line.shipped_quantity
        pieces = take(pieces, kept)[1]
    if more > 0:
        plan_line(session, line, parts_of(pieces), more)
    return changes


def lessen(session: Session, schedule: list[ScheduleLine], quantity: Decimal) -> None:
    """Takes `quantity` off the open schedule, the latest promise first, and frees what is then too much."""
    shrink(schedule, quantity, pinned(session, schedule))
    for row in schedule:
        free_allocations(session, row.id, keep=row.quantity - row.shipped_quantity)
        lessen_claims(session, row)
    session.flush()


def _wish(schedule: list[ScheduleLine], day: date | None) -> None:
    for row in schedule:
        if row.quantity > row.shipped_quantity:
            row.requested_date = day


def _differences(line: OrderLine, terms: Terms) -> dict[str, list[str]]:
    now = terms_of(line)
    pairs = {
        "quantity": [f"{plain(t.quantity)} {t.unit}" for t in (now, terms)],
        "price": [plain(t.price) for t in (now, terms)],
        "requested date": [str(t.requested_date or "") for t in (now, terms)],
    }
    return {
        f"line {line.position} {name}": pair for name, pair in pairs.items() if pair[0] != pair[1]
    }
