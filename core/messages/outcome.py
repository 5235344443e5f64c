"""One line-outcome for every channel: what the customer asked against what we confirm, as a code with precedence.

The order of OUTCOMES is the precedence when several apply (a line may change in quantity, price and date together);
peers document deleted > quantity > price > part backordered > backordered > accepted for X12 855 ACK01.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.messages.facts import Line


@dataclass(frozen=True, slots=True)
class Outcome:
    """code: the first of `all_codes`; all_codes: everything that differs, in precedence."""

    code: str
    all_codes: tuple[str, ...]


def _rejected(line: Line) -> bool:
    return bool(line.rejected_reason)


def _cancelled(line: Line) -> bool:
    return line.cancelled > 0 and line.cancelled >= line.asked.quantity


def _substituted(line: Line) -> bool:
    return line.substituted


def _quantity_changed(line: Line) -> bool:
    return not _cancelled(line) and confirmed_quantity(line) != line.asked.quantity


def _price_changed(line: Line) -> bool:
    return None not in (line.asked.price, line.price) and line.asked.price != line.price


def _backordered(line: Line) -> bool:
    return bool(line.parts) and all(part.promised_date is None for part in line.parts)


def _split(line: Line) -> bool:
    return len(line.parts) > 1


def _date_changed(line: Line) -> bool:
    wish = line.asked.requested_date
    return wish is not None and any(p.promised_date not in (None, wish) for p in line.parts)


OUTCOMES = (
    ("rejected", _rejected),
    ("cancelled", _cancelled),
    ("substituted", _substituted),
    ("quantity-changed", _quantity_changed),
    ("price-changed", _price_changed),
    ("backordered", _backordered),
    ("split", _split),
    ("date-changed", _date_changed),
)


def confirmed_quantity(line: Line) -> Decimal:
    return sum((part.quantity for part in line.parts), Decimal(0))


def outcome(line: Line) -> Outcome:
    found = (code for code, applies in OUTCOMES if applies(line) or code in line.offered)
    codes = tuple(found) or ("accepted",)
    return Outcome(codes[0], codes)
