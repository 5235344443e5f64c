"""What can be done with an order now: the table's verbs, less those that its quantities or holds rule out; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection

from core.lifecycle import legal_verbs
from core.orders.progress import LineQuantities

Lines = Collection[LineQuantities]

RULES: dict[str, Callable[[Lines], bool]] = {
    "allocate": lambda lines: any(q.backordered > 0 for q in lines),
    "deallocate": lambda lines: any(q.allocated > q.on_shipment for q in lines),
    "release": lambda lines: any(q.allocated > q.on_shipment for q in lines),
    "change": lambda lines: any(q.wanted > 0 for q in lines),
    "cancel_line": lambda lines: any(q.open > q.on_shipment for q in lines),
    "cancel": lambda lines: not any(q.shipped > 0 or q.on_shipment > 0 for q in lines),
    "cancel_rest": lambda lines: (
        any(q.shipped > 0 for q in lines)
        and any(q.open > 0 for q in lines)
        and not any(q.on_shipment > 0 for q in lines)
    ),
    "repromise": lambda lines: any(q.open > q.on_shipment for q in lines),
    "set_delivery": lambda lines: any(q.open > q.on_shipment for q in lines),
    "close": lambda lines: not any(q.open > 0 for q in lines),
}
BY_CODE = ("book", "agree", "share_out")  # never a button


def possible(status: str, lines: Lines, stopped: Collection[str] = ()) -> tuple[str, ...]:
    """Verbs in the table's order, then "cancel_rest", "release" (makes shipments), "hold", "return". stopped: held verbs."""
    verbs = [verb for verb in legal_verbs("order", status) if verb not in BY_CODE]
    if status == "booked":
        verbs += ["cancel_rest", "release", "hold"]
    if any(q.delivered > q.returned for q in lines):
        verbs.append("return")
    return tuple(
        verb for verb in verbs if verb not in stopped and (verb not in RULES or RULES[verb](lines))
    )
