"""CTT: how many lines there are, and the hash total by which a lost or doubled one is found."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.messages.electronic.x12.pen import Segment

MOST_DIGITS = 10


def totals(count: int, quantities: Sequence[str]) -> Segment:
    """count: of the lines. quantities: as their segments have them.

    X12 adds hash totals up without regard to decimal points, many partners with it: with a fraction among the
    quantities CTT02 would say two things, so that it is left out then.
    """
    found = [Decimal(quantity) for quantity in quantities]
    added = sum(found, Decimal(0))
    is_plain = found and all(one == one.to_integral_value() and one >= 0 for one in found)
    if not is_plain or any("." in quantity for quantity in quantities):
        return ("CTT", str(count))
    text = str(int(added))
    return ("CTT", str(count), text) if len(text) <= MOST_DIGITS else ("CTT", str(count))
