"""What a change draft means for the order that it revises: per line new terms, new lines, lines that fall away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftField, DraftLine
from core.journal import Event
from core.orders.pairing import pair_lines
from core.orders.progress import LineQuantities
from core.orders.quantities import quantities
from core.orders.revise import Consequence, Terms, consequences, terms_of
from core.orders.rows import lines_of
from core.orders.tables import Order, OrderLine
from core.orders.upstream import upstream
from core.values import plain

REPLACES = "replacement"
REPLACING_PURPOSES = ("05", "5", "replace", REPLACES)


@dataclass(frozen=True, slots=True)
class Amendment:
    """revised: (order line, its new terms, the draft line that says so or None); added: draft lines; dropped: lines."""

    revised: tuple[tuple[OrderLine, Terms, DraftLine | None], ...]
    added: tuple[DraftLine, ...]
    dropped: tuple[OrderLine, ...]


def restates_all(session: Session, draft: Draft) -> bool:
    """Whether the draft gives the whole order anew, so that a line that it lacks is no longer wanted.

    True for an order sent once more with changes (it was opened as an order) and for a change that says "replace".
    """
    if draft.kind == "order":
        return True
    if draft.kind != "change":
        return False
    purpose = session.scalar(
        select(DraftField.value).where(
            DraftField.draft_id == draft.id,
            DraftField.line_id.is_(None),
            DraftField.name == "purpose",
        )
    )
    return (
        _opened_with(session, draft).get("kind") == "order"
        or (purpose or "").lower() in REPLACING_PURPOSES
    )


def opened_on(session: Session, draft: Draft) -> int | None:
    """The id of the order on whose page a clerk opened the change; None for a customer's."""
    return _opened_with(session, draft).get("order_id") if draft.document_id is None else None


def _opened_with(session: Session, draft: Draft) -> dict[str, Any]:
    facts = session.scalar(
        select(Event.facts).where(
            Event.subject == Draft.SUBJECT, Event.subject_id == draft.id, Event.verb == "open"
        )
    )
    return facts or {}


def group_after(session: Session, draft: Draft, line: OrderLine, theirs: DraftLine) -> str:
    """A clerk's own change says of every line which group it is in; a customer's knows none."""
    if theirs.group_name or opened_on(session, draft) is not None:
        return theirs.group_name
    return line.group_name


def is_under_other_terms(session: Session, draft: Draft, found: Amendment) -> bool:
    """Whether the draft brings terms of delivery or groups of its own, so that the set is promised anew."""
    told = ((line, theirs) for line, _, theirs in found.revised if theirs is not None)
    return bool(draft.delivery) or any(
        group_after(session, draft, line, theirs) != line.group_name for line, theirs in told
    )


def amendment(session: Session, order: Order, draft: Draft) -> Amendment:
    """Reads a change draft against the last agreed version."""
    lines = lines_of(session, order)
    asked = list(
        session.scalars(
            select(DraftLine)
            .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
            .order_by(DraftLine.position)
        )
    )
    if not asked:
        return _all_on_one_day(lines, draft)
    pairs = pair_lines(session, lines, asked)
    revised, added, dropped = [], [], []
    for ours, theirs in pairs:
        if ours is None:
            added.append(theirs)
        elif theirs.item_id != ours.item_id:
            added.append(theirs)
            dropped.append(ours)
        elif not theirs.quantity:
            dropped.append(ours)
        else:
            revised.append((ours, _terms(ours, theirs, order, draft), theirs))
    if restates_all(session, draft):
        mentioned = {ours.id for ours, _ in pairs if ours is not None}
        dropped += [line for line in lines if line.id not in mentioned]
    return Amendment(
        tuple(revised),
        tuple(line for line in added if line.quantity),
        tuple(line for line in dropped if line.cancelled_quantity < line.stock_quantity),
    )


def _all_on_one_day(lines: list[OrderLine], draft: Draft) -> Amendment:
    """A change without lines: a new day for everything that is open."""
    day = draft.requested_date
    if day is None:
        return Amendment((), (), ())
    waiting = [
        line
        for line in lines
        if line.stock_quantity > line.cancelled_quantity + line.shipped_quantity
    ]
    terms = ((line, replace(terms_of(line), requested_date=day), None) for line in waiting)
    return Amendment(tuple(terms), (), ())


def wished(theirs: DraftLine, ours: OrderLine | None, order: Order, draft: Draft) -> date | None:
    """The day for which a line of a change asks: its own, a new one for the whole order, else what is agreed."""
    header = draft.requested_date
    moved = header if header != order.requested_date else None
    same = ours is not None and ours.item_id == theirs.item_id
    agreed = ours.requested_date if ours is not None and same else header or order.requested_date
    return theirs.requested_date or moved or agreed


def _terms(ours: OrderLine, theirs: DraftLine, order: Order, draft: Draft) -> Terms:
    return Terms(
        quantity=theirs.quantity or ours.quantity,
        unit=theirs.unit or ours.unit,
        numerator=theirs.factor_numerator,
        denominator=theirs.factor_denominator,
        stock_quantity=theirs.stock_quantity or ours.stock_quantity,
        price=theirs.unit_price if theirs.unit_price is not None else ours.price,
        requested_date=wished(theirs, ours, order, draft),
    )


def what_follows(session: Session, order: Order, found: Amendment) -> tuple[Consequence, ...]:
    """What the amendment does to each line, by stage; the blocking ones must be cleared before it is applied."""
    counted = quantities(session, [order.id])
    rows: list[Consequence] = []
    for line, terms, _ in found.revised:
        rows += consequences(line, counted[line.id], terms)
    for line in found.dropped:
        q, name = counted[line.id], f"Line {line.position}"
        if q.shipped > 0:
            text = f"{name}: {plain(q.shipped)} have left already; they must come back as a return first."
            rows.append(Consequence(line.position, "shipped", text, True))
        elif q.on_shipment > 0:
            text = (
                f"{name}: {plain(q.on_shipment)} are on a shipment in the warehouse; void it first."
            )
            rows.append(Consequence(line.position, "on shipment", text, True))
        else:
            text = f"{name} is no longer wanted: {plain(q.open)} are cancelled."
            rows.append(Consequence(line.position, "free", text))
    if not any(row.blocking for row in rows):
        rows += upstream(session, _differences(found, counted))
    return tuple(sorted(rows, key=lambda row: (not row.blocking, row.position)))


def _differences(
    found: Amendment, counted: Mapping[int, LineQuantities]
) -> list[tuple[OrderLine, Decimal]]:
    """How much more of each line is wanted than now."""
    revised = [
        (line, terms.stock_quantity - counted[line.id].wanted) for line, terms, _ in found.revised
    ]
    return [*revised, *((line, -counted[line.id].open) for line in found.dropped)]


def what_cancelling_does(
    session: Session, order: Order, found: Amendment
) -> tuple[Consequence, ...]:
    """What a cancellation does to the lines that it names, or to all when it names none."""
    counted = quantities(session, [order.id])
    named = [line for line, _, theirs in found.revised if theirs] + list(found.dropped)
    rows = []
    for line in named or lines_of(session, order):
        q, name = counted[line.id], f"Line {line.position}"
        if q.on_shipment > 0:
            text = (
                f"{name}: {plain(q.on_shipment)} are on a shipment in the warehouse; void it first."
            )
            rows.append(Consequence(line.position, "on shipment", text, True))
        elif q.open > 0:
            left = f"; {plain(q.shipped)} have left and stay" if q.shipped else ""
            text = f"{name}: {plain(q.open)} are cancelled{left}."
            rows.append(Consequence(line.position, "allocated" if q.allocated else "free", text))
        elif q.wanted > 0 and named:
            text = f"{name}: all of it has left; it must come back as a return."
            rows.append(Consequence(line.position, "shipped", text, True))
    if not any(row.blocking for row in rows):
        asked = {line.id: theirs.stock_quantity for line, _, theirs in found.revised if theirs}
        every = named or lines_of(session, order)
        rows += upstream(
            session,
            [
                (line, -min(asked.get(line.id) or q.open, q.open))
                for line in every
                if (q := counted[line.id])
            ],
        )
    return tuple(sorted(rows, key=lambda row: (not row.blocking, row.position)))
