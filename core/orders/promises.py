"""The promises of an order for its screen: the four dates of each part, every version, and supply asked for sooner."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.orders.expedite import expedite_words
from core.orders.tables import Order, OrderLine, PromiseVersion, ScheduleLine
from core.orders.timeline import names_of
from core.promising.agreed import sentence as terms_sentence
from core.promising.agreed import terms_of
from core.promising.sentences import promise_sentence
from core.promising.tables import Expedite
from core.promising.terms import Terms


@dataclass(frozen=True, slots=True)
class VersionView:
    """A promise that was given: its day, when, by whom, and why it was given anew ("" for the first)."""

    version: int
    promised_date: date | None
    cause: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One part of a line with its four dates. versions: oldest first. ordered_as: what it stands in for."""

    position: int
    item: str
    ordered_as: str
    quantity: Decimal
    unit: str
    requested_date: date | None
    first_promised_date: date | None
    promised_date: date | None
    actual_date: date | None
    sentence: str
    versions: tuple[VersionView, ...]


@dataclass(frozen=True, slots=True)
class ExpediteRow:
    id: int
    words: str
    cost: Decimal | None
    by: str
    reason: str
    refused: bool


@dataclass(frozen=True, slots=True)
class OrderPromises:
    """delivery: (group, its terms in a sentence, who agreed and why), the order's own first."""

    rows: tuple[PromiseRow, ...]
    expedites: tuple[ExpediteRow, ...]
    delivery: tuple[tuple[str, str, str], ...]


def order_promises(session: Session, order_id: int) -> OrderPromises:
    order = session.get_one(Order, order_id)
    rows = session.execute(
        select(ScheduleLine, OrderLine, Item)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Item, Item.id == OrderLine.item_id)
        .where(OrderLine.order_id == order_id, ScheduleLine.quantity > 0)
        .order_by(OrderLine.position, ScheduleLine.position)
    ).all()
    versions = _versions(session, [row.id for row, *_ in rows])
    ordered = _numbers(session, {line.ordered_item_id for _, line, _ in rows})
    return OrderPromises(
        tuple(
            PromiseRow(
                line.position,
                item.number,
                ordered.get(line.ordered_item_id or 0, ""),
                row.quantity,
                item.stock_unit,
                row.requested_date,
                row.first_promised_date,
                row.promised_date,
                row.actual_date,
                promise_sentence(row.reason),
                tuple(versions[row.id]),
            )
            for row, line, item in rows
        ),
        _expedites(session, order_id),
        _delivery(session, order),
    )


def _versions(session: Session, ids: list[int]) -> dict[int, list[VersionView]]:
    rows = session.scalars(
        select(PromiseVersion)
        .where(PromiseVersion.schedule_line_id.in_(ids))
        .order_by(PromiseVersion.schedule_line_id, PromiseVersion.version)
    ).all()
    names = names_of(session, {row.actor for row in rows})
    found: dict[int, list[VersionView]] = defaultdict(list)
    for row in rows:
        view = VersionView(row.version, row.promised_date, row.cause, names[row.actor], row.at)
        found[row.schedule_line_id].append(view)
    return found


def _numbers(session: Session, ids: set[int | None]) -> dict[int, str]:
    wanted = [i for i in ids if i is not None]
    rows = session.execute(select(Item.id, Item.number).where(Item.id.in_(wanted)))
    return {item_id: number for item_id, number in rows}  # noqa: C416 (rows are not tuples to mypy)


def _expedites(session: Session, order_id: int) -> tuple[ExpediteRow, ...]:
    rows = session.scalars(
        select(Expedite).where(Expedite.order_id == order_id).order_by(Expedite.id)
    ).all()
    names = names_of(session, {row.by for row in rows})
    return tuple(
        ExpediteRow(
            row.id,
            expedite_words(session, row),
            row.cost,
            names[row.by],
            row.reason,
            row.refused,
        )
        for row in rows
    )


def _delivery(session: Session, order: Order) -> tuple[tuple[str, str, str], ...]:
    names = names_of(session, {str(kept["by"]) for kept in order.delivery.values() if "by" in kept})
    return tuple(
        (
            group,
            terms_sentence(terms_of(group, Terms(), order.delivery)),
            f"{names[kept['by']]}: {kept['reason']}" if "by" in kept else "",
        )
        for group, kept in sorted(order.delivery.items())
    )
