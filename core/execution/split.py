"""Which allocated goods leave together: one shipment per site; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tied:
    """Allocated stock that is on no shipment yet; `missing` is what its line still lacks."""

    order_line_id: int
    schedule_line_id: int
    lot_id: int
    site_id: int
    quantity: Decimal


def by_site(tied: Iterable[Tied]) -> dict[int, tuple[Tied, ...]]:
    """The goods per site, in the order of the sites' ids; nothing of nothing."""
    found: dict[int, list[Tied]] = {}
    for row in tied:
        if row.quantity > 0:
            found.setdefault(row.site_id, []).append(row)
    return {site_id: tuple(found[site_id]) for site_id in sorted(found)}
