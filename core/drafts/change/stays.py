"""Lines of a booked order that keep their promise when a change is confirmed: what they live from is nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from core.drafts.case import Case
from core.drafts.change.revised import order_lines
from core.drafts.tables import DraftLine
from core.orders.redate import parts_of, pieces_of, take
from core.orders.rows import schedule_of
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.orders.terms import set_of
from core.promising.ask import ZERO, Promised
from core.promising.promise import peg_of_json
from core.values import Parameters


@dataclass(frozen=True, slots=True)
class Stays:
    """parts: what stays promised of the line; more: what is wanted on top of it."""

    parts: tuple[Promised, ...]
    more: Decimal


def stays(session: Session, case: Case) -> dict[int, Stays]:
    """By draft line id the lines whose day is not touched, as core.orders.revise keeps them. Empty for what is no change,
    and for a change under which every day is asked anew."""
    order, draft = case.revised, case.draft
    if order is None or draft.kind != "change" or case.moved or draft.delivery:
        return {}
    ours, found = order_lines(session, case), dict[int, Stays]()
    if any(x.group_name not in ("", ours[x.id].group_name) for x in case.lines if x.id in ours):
        return {}
    for line in case.lines:
        own = ours.get(line.id)
        if own is not None and _is_untouched(case, order, line, own):
            rows = schedule_of(session, [own.id])
            parts = [_part(row) for row in rows if row.quantity > 0]
            known = tuple(part for part in parts if part is not None)
            if len(known) == len(parts):
                found[line.id] = _of(known, line.stock_quantity or ZERO)
    return found


def _is_untouched(case: Case, order: Order, line: DraftLine, own: OrderLine) -> bool:
    return (
        line.item_id == own.item_id
        and (line.stock_quantity or ZERO) > 0
        and str(line.id) not in case.choices
        and set_of(order, own) is None
        and case.wish(line) == own.requested_date
    )


def _part(row: ScheduleLine) -> Promised | None:
    """None for what has no day."""
    if row.promised_date is None or row.ship_date is None or row.site_id is None:
        return None
    return Promised(
        row.quantity,
        row.promised_date,
        row.ship_date,
        row.site_id,
        Parameters(row.reason.get("code", ""), row.reason.get("facts", {})),
        tuple(peg_of_json(peg) for peg in row.pegging),
    )


def _of(parts: tuple[Promised, ...], wanted: Decimal) -> Stays:
    """The latest part goes first when less is wanted."""
    pieces = pieces_of(sorted(parts, key=lambda part: part.promised_date))
    kept = parts_of(take(pieces, wanted)[0])
    return Stays(kept, wanted - sum((part.quantity for part in kept), ZERO))
