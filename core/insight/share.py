"""A figure out of what the database counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import Session

from core.insight.values import Figure, Share
from core.parties.tables import Customer

MOST_PARTS = 12


def good_of(rule: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where the rule holds, else 0: to be summed up."""
    return case((rule, 1), else_=0)


def by_customer(session: Session, found: Subquery) -> list[tuple[str, int, int]]:
    """(customer's name, good ones, all) of what has a customer_id and is `good` or not."""
    rows = session.execute(
        select(Customer.name, func.sum(found.c.good), func.count())
        .join(found, found.c.customer_id == Customer.id)
        .group_by(Customer.id, Customer.name)
    )
    return [(name, int(good), count) for name, good, count in rows]


def share_figure(
    code: str,
    title: str,
    noun: str,
    counts: Iterable[tuple[str, int, int]],
    *,
    definition: str,
    better: str = "higher",
) -> Figure:
    """counts: (part's label, how many of it are counted as good, how many there are)."""
    good: dict[str, int] = defaultdict(int)
    every: dict[str, int] = defaultdict(int)
    for label, good_ones, all_of_them in counts:
        every[label] += all_of_them
        good[label] += good_ones
    whole = Share("", sum(good.values()), sum(every.values()))
    parts = (Share(label, good[label], count) for label, count in every.items())
    worst = sorted(
        parts, key=lambda p: (p.good - p.all if better == "higher" else -p.good, p.label)
    )
    return Figure(
        code=code,
        title=title,
        value=whole.percent,
        unit="percent",
        of=f"{whole.good:,} of {whole.all:,} {noun}",
        better=better,
        definition=definition,
        parts=tuple(worst[:MOST_PARTS]),
    )
