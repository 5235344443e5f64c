"""What a line is called in everything that we write about an order: mail, paper and electronic answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.orders.tables import OrderLine

Key = TypeVar("Key")


def distinct_numbers(lines: Iterable[tuple[Key, str, int]]) -> dict[Key, str]:
    """The customer's own number of each line where no other line has it, else its position, made distinct.

    lines: key, the customer's number ("" for none), position from 1. Some customers number every line 1, or count
    anew on each page; an answer that says "line 1" must mean one line.
    """
    listed = list(lines)
    given = Counter(number for _, number, _ in listed)
    found = {key: number for key, number, _ in listed if number and given[number] == 1}
    taken = set(found.values())
    for key, _, position in listed:
        if key not in found:
            name = str(position)
            while name in taken:
                name += "A"
            found[key] = name
            taken.add(name)
    return found


def order_line_numbers(session: Session, order_id: int) -> dict[int, str]:
    """By the id of the order line."""
    rows = session.execute(
        select(OrderLine.id, OrderLine.customer_line_no, OrderLine.position)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.position)
    )
    return distinct_numbers((line_id, given, position) for line_id, given, position in rows)
