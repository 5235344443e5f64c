"""An order answered line by line, as every XML family needs it: whose words, which status, which quantity when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.messages.electronic.asked import is_offered
from core.messages.electronic.echoed import UNKNOWN_ITEM, price_as_given
from core.messages.electronic.facts import Echo, EchoLine, OrderAnswer
from core.messages.facts import Line
from core.messages.outcome import outcome

ACCEPTED, CHANGED, REJECTED = "accepted", "changed", "rejected"


@dataclass(frozen=True, slots=True)
class Promise:
    """A quantity that comes on a day; `open`: what follows without a day yet. Both in the ordered unit."""

    quantity: Decimal
    day: date | None
    open: Decimal = Decimal(0)


def echo_of(echo: Echo, line: Line) -> EchoLine:
    """Their words of the line; where those give no number, the one that the order has for it."""
    found = echo.lines.get(line.number, EchoLine())
    is_numbered = found.buyer_sku or found.supplier_sku or found.gtin
    return found if is_numbered else replace(found, buyer_sku=line.asked.sku)


def line_id(line: Line, echo: EchoLine) -> str:
    """The line's number in the customer's order."""
    return echo.line_no or line.number


def sku(line: Line, echo: EchoLine) -> str:
    """Our number of the item; of one that nobody knows, the number that they took for ours."""
    return echo.supplier_sku if line.item == UNKNOWN_ITEM else line.item


def status(line: Line) -> str:
    """ACCEPTED as ordered, CHANGED in whatever way, or REJECTED with nothing coming."""
    code = outcome(line).code
    if code in ("rejected", "cancelled"):
        return REJECTED
    return ACCEPTED if code == "accepted" else CHANGED


def whole(answer: OrderAnswer) -> str:
    """The order's own status; "" when it is only said that it arrived."""
    if answer.order.cancelled:
        return REJECTED
    if answer.order.is_offer:
        return CHANGED
    found = {status(line) for line in answer.order.lines}
    return "" if not found else found.pop() if len(found) == 1 else CHANGED


def promises(line: Line) -> tuple[Promise, ...]:
    """What comes when, by day; what has no day stands with the last that has one."""
    dated = sorted(
        (p.promised_date, p.quantity) for p in line.parts if p.promised_date and p.quantity
    )
    later = sum((p.quantity for p in line.parts if p.promised_date is None), Decimal(0))
    if not dated:
        return (Promise(Decimal(0), None, later),) if later else ()
    *firsts, (day, quantity) = dated
    return (*(Promise(q, d) for d, q in firsts), Promise(quantity, day, later))


def priced(line: Line, echo: EchoLine) -> tuple[Decimal, Decimal] | None:
    """(price, the quantity it is for): ours, on the basis that the customer's price had; theirs where none is agreed."""
    found = price_as_given(line.price, line.asked.unit, echo)
    return (Decimal(found.amount), found.basis) if found else None


REASONS = {
    "substituted": "another item is sent instead",
    "quantity-changed": "the quantity differs from your order",
    "price-changed": "the price differs from your order",
    "backordered": "the date follows",
    "split": "it is delivered in parts",
    "date-changed": "the date differs from your order",
    "cancelled": "cancelled",
}


def remark(answer: OrderAnswer, line: Line) -> str:
    """In words what differs and whether it is an offer, "" when nothing does."""
    if line.rejected_reason:
        return line.rejected_reason
    said = [REASONS[code] for code in outcome(line).all_codes if code in REASONS]
    if said and is_offered(answer, line):
        return f"Our offer, which counts when you agree: {'; '.join(said)}."
    return f"{said[0][0].upper()}{'; '.join(said)[1:]}." if said else ""


def remarks(answer: OrderAnswer) -> Iterator[str]:
    """One per line that is not as ordered, for answers that carry no lines."""
    for line in answer.order.lines:
        words = remark(answer, line)
        if words:
            yield f"{line_id(line, echo_of(answer.echo, line))}: {words}"
