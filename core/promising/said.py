"""Supply that was made or bought for an order of ours: its goods go there first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.orders.tables import Order, OrderLine
from core.promising.ask import ASKED, Bucket, Demand
from core.promising.lots import Netted


class Said(Protocol):
    """A receipt that names the order that it is for, or does not."""

    @property
    def id(self) -> int: ...
    @property
    def for_order(self) -> str: ...
    @property
    def for_position(self) -> int | None: ...


def lines_said(session: Session, rows: Sequence[Said]) -> dict[int, frozenset[int]]:
    """By receipt id the open order lines that it is for; one whose order is done with serves everybody."""
    named = {row.for_order for row in rows if row.for_order}
    if not named:
        return {}
    lines: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, position, line_id in session.execute(
        select(Order.number, OrderLine.position, OrderLine.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.number.in_(sorted(named)), Order.status == "booked")
    ):
        lines[number].append((position, line_id))
    found = {
        row.id: frozenset(
            line_id
            for position, line_id in lines[row.for_order]
            if row.for_position in (None, position)
        )
        for row in rows
        if row.for_order
    }
    return {number: ids for number, ids in found.items() if ids}


def kept_for_lines(
    buckets: Iterable[Bucket],
    demands: Iterable[Demand],
    netted: Netted,
    said: Mapping[int, frozenset[int]],
    asked: Collection[int],
) -> list[Bucket]:
    """What is for a line is a bucket of its own, as much as the line takes; the rest is for everybody.

    said: by receipt the lines that it is for; asked: lines that are asked anew, whose goods are for the question.
    """
    takes: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for demand in demands:
        takes[demand.item_id, demand.line_id] += demand.quantity
    found = []
    for bucket in buckets:
        left = bucket.quantity
        for line_id, most in _for(bucket, netted, said):
            own = line_id in asked
            part = min(left, most if own else min(most, takes[bucket.item_id, line_id]))
            if part > 0:
                takes[bucket.item_id, line_id] -= part
                left -= part
                found.append(replace(bucket, quantity=part, line_id=ASKED if own else line_id))
        if left > 0:
            found.append(replace(bucket, quantity=left))
    return found


def _for(
    bucket: Bucket, netted: Netted, said: Mapping[int, frozenset[int]]
) -> list[tuple[int, Decimal]]:
    """The lines that it is for, with how much at most."""
    if bucket.kind != "receipt":
        return []
    made = netted.pegs.get(bucket.id, {})
    named = said.get(bucket.id, frozenset()) - made.keys()
    return [*sorted(made.items()), *((line_id, bucket.quantity) for line_id in sorted(named))]


def ranks_of(
    netted: Netted, said: Mapping[int, frozenset[int]], demands: Iterable[Demand]
) -> dict[int, int]:
    """By order that is for a line: the rank of the promise, of several the first."""
    by_line: dict[int, int] = {}
    for demand in demands:
        by_line[demand.line_id] = min(demand.rank, by_line.get(demand.line_id, demand.rank))
    found = {}
    for order_id in {*netted.pegs, *said}:
        lines = {*netted.pegs.get(order_id, ()), *said.get(order_id, ())}
        ranks = [by_line[line_id] for line_id in lines if line_id in by_line]
        if ranks:
            found[order_id] = min(ranks)
    return found
