"""Open promises are asked again: a date that cannot be kept any more gets a new one, a date that holds stays."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import IllegalStep
from core.journal import Event
from core.orders.amendment import Amendment
from core.orders.asked_days import promise_revised
from core.orders.history import keep_versions
from core.orders.progress import ZERO
from core.orders.redate import pieces_of, pinned, redate, take
from core.orders.revise import terms_of
from core.orders.rows import is_open, lines_of, lock, schedule_of
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Promised

ASKED_AGAIN = "asked again what can be kept now"


def repromise(
    session: Session, order: Order, reason: str = "", *, earlier: bool = False, act: Act
) -> Event:
    """Gives open lines the dates that can be kept now. earlier: also take a better date, not only a needed one.

    Raises IllegalStep when every date holds, so that nobody is told of a change that is none.
    """
    done = journal.done_under(session, order, "repromise", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "repromise")
    changes = promise_anew(session, order, earlier=earlier, act=act)
    if not changes:
        raise IllegalStep(f"Every date of order {order.number} holds; nothing was changed.")
    keep_versions(session, order, reason.strip() or ASKED_AGAIN, act=act)
    facts = {"number": order.number, "reason": reason.strip()}
    return journal.advance(session, order, "repromise", act=act, changes=changes, facts=facts)


def promise_anew(
    session: Session, order: Order, *, earlier: bool = False, other: bool = False, act: Act
) -> dict[str, list[str]]:
    """What changed of the open lines' dates, for the journal. other: parts that are only other ones are taken too."""
    waiting = [line for line in lines_of(session, order) if is_open(line)]
    asked = Amendment(tuple((line, terms_of(line), None) for line in waiting), (), ())
    answer = promise_revised(session, order, asked, now=act.at, offers=False)
    changes: dict[str, list[str]] = {}
    for line in waiting:
        changes |= _redate(session, line, answer.get(line.id, ()), earlier, other)
    return changes


def _redate(
    session: Session, line: OrderLine, parts: tuple[Promised, ...], earlier: bool, other: bool
) -> dict[str, list[str]]:
    schedule = schedule_of(session, [line.id])
    fixed = pinned(session, schedule)
    rows = [row for row in schedule if row.quantity > fixed[row.id]]
    on_shipment = sum(fixed.values(), ZERO) - line.shipped_quantity
    pieces = take(pieces_of(parts), on_shipment)[1]
    old, new = _last(rows), max((part.promised_date for _, part in pieces), default=None)
    if new is None or (old is not None and new < old and not earlier):
        return {}
    was = [(row.promised_date, row.quantity - fixed[row.id]) for row in rows]
    becomes = [(part.promised_date, quantity) for quantity, part in pieces]
    if was == becomes if other else old == new:
        return {}
    redate(session, rows, pieces)
    if old == new:
        return {f"line {line.position} parts": [str(len(was)), str(len(becomes))]}
    return {f"line {line.position} arrival": [old.isoformat() if old else "", new.isoformat()]}


def _last(rows: list[ScheduleLine]) -> date | None:
    """The day on which the last piece is promised; None while a piece has no date."""
    days = [row.promised_date for row in rows]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
