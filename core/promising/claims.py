"""What a promise by plan takes is written beside its schedule line, so that later promises leave it alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.orders.tables import ScheduleLine
from core.promising.ask import Promised, share_of
from core.promising.tables import PromiseClaim


def keep_claims(session: Session, schedule_line_id: int, part: Promised) -> None:
    """Replaces what the schedule line claimed; of a piece of the part, its share counts (see PromiseClaim)."""
    drop_claims(session, schedule_line_id)
    add_claims(session, [(schedule_line_id, part)])


def add_claims(session: Session, kept: Iterable[tuple[int, Promised]]) -> None:
    """What the parts of new schedule lines take, by their ids; one statement for all of them."""
    rows = [
        {"schedule_line_id": schedule_line_id, **claim}
        for schedule_line_id, part in kept
        for claim in _claims_of(part)
    ]
    if rows:
        # With nulls written, rows of all kinds are one statement.
        session.execute(insert(PromiseClaim).execution_options(render_nulls=True), rows)


def _claims_of(part: Promised) -> list[dict[str, Any]]:
    return [
        {
            "kind": claim.kind,
            "item_id": claim.item_id or None,
            "site_id": (claim.site_id or part.site_id) if claim.item_id else None,
            "for_item_id": claim.for_item_id or None,
            "work_centre_id": claim.centre_id or None,
            "day": claim.day,
            "amount": claim.amount,
            "of_quantity": claim.of_quantity,
        }
        for claim in part.claims
    ]


Claimed = Mapping[tuple[Any, ...], int]
"""How often each claim is there."""


def claimed_by(part: Promised) -> Claimed:
    return Counter(tuple(claim[name] for name in _NAMES) for claim in _claims_of(part))


def claimed_by_rows(session: Session, schedule_line_ids: Collection[int]) -> dict[int, Claimed]:
    """By schedule line; as claimed_by."""
    found: dict[int, Counter[tuple[Any, ...]]] = defaultdict(Counter)
    columns = [getattr(PromiseClaim, name) for name in _NAMES]
    for row in session.execute(
        select(PromiseClaim.schedule_line_id, *columns).where(
            PromiseClaim.schedule_line_id.in_(sorted(schedule_line_ids))
        )
    ):
        found[row[0]][tuple(row[1:])] += 1
    return dict(found)


_NAMES = (
    "kind",
    "item_id",
    "site_id",
    "for_item_id",
    "work_centre_id",
    "day",
    "amount",
    "of_quantity",
)


def lessen_claims(session: Session, row: ScheduleLine) -> None:
    """Of what is open of the schedule line only that has to be made to which no stock is tied.

    For whoever ties stock or takes from the line's quantity: what is let go later is stock again, and nothing is made for
    it a second time, when others may have been promised the minutes.
    """
    tied = session.scalar(
        select(func.sum(Allocation.quantity)).where(Allocation.schedule_line_id == row.id)
    )
    still = row.quantity - row.shipped_quantity - (tied or 0)
    for claim in session.scalars(
        select(PromiseClaim).where(
            PromiseClaim.schedule_line_id == row.id, PromiseClaim.of_quantity > still
        )
    ).all():
        if still <= 0:
            session.delete(claim)
        else:
            claim.amount = share_of(claim.amount, claim.of_quantity, still)
            claim.of_quantity = still


def drop_claims(session: Session, schedule_line_id: int) -> None:
    session.execute(delete(PromiseClaim).where(PromiseClaim.schedule_line_id == schedule_line_id))
