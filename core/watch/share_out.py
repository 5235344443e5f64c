"""Scarce stock is shared out as proposed: allocations and dates change together, with one event for each order."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, Stale
from core.execution.allocate import tie
from core.execution.scarce import LABELS
from core.journal import Event
from core.orders.history import keep_versions
from core.orders.postpone import postpone
from core.orders.rows import lock
from core.orders.tables import Order
from core.promising.claims import lessen_claims
from core.supply.allocations import free_allocations
from core.supply.stock import ZERO, allocated_by_lot, lock_lots
from core.supply.tables import StockLot
from core.values import plain
from core.watch.cause_values import Cause
from core.watch.check import check
from core.watch.keep import found, standing
from core.watch.notice import tell
from core.watch.shares import Proposal, ShareRow, propose


def share_out(
    session: Session, item_id: int, site_id: int, rule: str, seen: str, reason: str, *, act: Act
) -> int:
    """Applies the proposal that the person saw; returns how many orders it changed. Raises Stale when it is another one
    by now. Customers whose goods come later are told by their next mail about new dates."""
    done = _done(session, act)
    if done:
        return done
    if not reason.strip():
        raise BadInput("Say why the goods are shared out like this.", "reason")
    for order in _orders(propose(session, item_id, site_id, rule, now=act.at)):
        lock(session, order)
    proposal = propose(session, item_id, site_id, rule, now=act.at, lock=True)
    if proposal.seen != seen:
        raise Stale(
            "Stock or orders have changed in the meantime; nothing was changed. Look again."
        )
    changing = [row for row in proposal.rows if row.changes]
    _allocate(session, proposal, changing, act)
    by_order: dict[int, list[ShareRow]] = defaultdict(list)
    for row in changing:
        by_order[row.kept.order.id].append(row)
    for order_id, rows in sorted(by_order.items()):
        _redate(session, proposal, rows, reason.strip(), act.under(f"order-{order_id}"))
    check(session, {item_id}, act=act.under("check"))
    return len(by_order)


def _done(session: Session, act: Act) -> int:
    """How many orders this act changed already."""
    same = Event.key.startswith(f"{act.key}/order-", autoescape=True)
    return len(session.scalars(select(Event.id).where(Event.verb == "share_out", same)).all())


def _orders(proposal: Proposal) -> list[Order]:
    return sorted({row.kept.order for row in proposal.rows}, key=lambda order: order.id)


def _allocate(session: Session, proposal: Proposal, rows: list[ShareRow], act: Act) -> None:
    """First what is taken away, then what is given, first what expires first. What is still to come is not allocated:
    there the places in the line decide."""
    for row in rows:
        if row.has > row.gets:
            free_allocations(session, row.kept.schedule.id, keep=row.gets)
    if not proposal.stock:
        return
    lots = _lots(session, proposal, act.at.date())
    for row in sorted(rows, key=lambda r: r.kept.promise.turn):
        missing = row.gets - row.has
        for lot in lots if missing > 0 else ():
            lasts = lot.expires_on is None or lot.expires_on >= row.kept.promise.ship_date
            part = min(lots[lot], missing) if lasts else ZERO
            if part > 0:
                tie(session, row.kept.schedule, lot.id, part)
                lots[lot] -= part
                missing -= part
        if row.gets > row.has:
            lessen_claims(session, row.kept.schedule)


def _lots(session: Session, proposal: Proposal, today: date) -> dict[StockLot, Decimal]:
    ids = session.scalars(
        select(StockLot.id).where(
            StockLot.item_id == proposal.item.id,
            StockLot.site_id == proposal.site.id,
            StockLot.quality == "released",
            StockLot.customer_id.is_(None),
            StockLot.on_hand_quantity > 0,
        )
    ).all()
    rows = [
        lot
        for lot in lock_lots(session, ids).values()
        if lot.quality == "released" and (lot.expires_on or today) >= today
    ]
    held = allocated_by_lot(session, ids)
    rows.sort(key=lambda lot: (lot.expires_on or date.max, lot.received_on or date.max, lot.id))
    return {lot: lot.on_hand_quantity - held.get(lot.id, ZERO) for lot in rows}


def _redate(
    session: Session, proposal: Proposal, rows: list[ShareRow], reason: str, act: Act
) -> None:
    order = rows[0].kept.order
    changes: dict[str, list[str]] = {}
    for row in rows:
        name = f"line {row.kept.line.position}"
        if row.else_gets != row.gets:
            changes[f"{name} share"] = [plain(row.else_gets), plain(row.gets)]
        if row.gain > 0:
            _overtake(row, proposal)
        if row.later and row.kept.together is None:
            last = max(part.promised_date for part in row.later)
            day = row.kept.promise.promised_date
            changes[f"{name} arrival"] = [day.isoformat(), last.isoformat()]
            _wait(session, proposal, row, last, act)
    if not changes:
        return
    why = f"{proposal.item.number} shared out by {LABELS[proposal.rule].lower()}: {reason}"
    keep_versions(session, order, why, act=act)
    facts = {
        "number": order.number,
        "item": proposal.item.number,
        "rule": LABELS[proposal.rule].lower(),
        "reason": reason,
    }
    journal.advance(session, order, "share_out", act=act, changes=changes, facts=facts)


def _overtake(row: ShareRow, proposal: Proposal) -> None:
    """Who gains is served in the place of who was promised first among those who lose."""
    places = [r.kept.promise.turn[0] for r in proposal.rows if r.gain < 0]
    if places and min(places) < row.kept.promise.turn[0]:
        row.kept.schedule.ranked_as = min(places)


def _wait(session: Session, proposal: Proposal, row: ShareRow, last: date, act: Act) -> None:
    """What comes later gets its new day, and the customer's mail will say so."""
    moves = row.later
    quantity = sum((part.quantity for part in moves), ZERO)
    slip = standing(session, "slip", {proposal.item.id}).get(row.kept.schedule.id)
    if slip is None:
        facts = {"item": proposal.item.number, "rule": LABELS[proposal.rule].lower()}
        cause = Cause(f"shared:{proposal.item.id}:{proposal.site.id}", "shared", facts)
        slip = found(session, row.kept, "slip", quantity, last, cause, moves[-1].reason, act=act)
    slip.promised_date = row.kept.promise.promised_date
    slip.quantity, slip.new_date = quantity, last
    slip.open_key, slip.decided_by = None, act.actor
    tell(session, slip, row.kept.order, act=act)
    told = {"new": last.isoformat(), "reason": ""}
    journal.advance(session, slip, "accept", act=act.under(f"slip-{slip.id}"), facts=told)
    postpone(session, row.kept.schedule, moves)
