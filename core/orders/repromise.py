"""Open promises are asked again: a date that cannot be kept any more gets a new one, a date that holds stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import IllegalStep
from core.journal import Event
from core.orders.amendment import Amendment
from core.orders.asked_days import promise_revised
from core.orders.history import keep_versions
from core.orders.progress import ZERO
from core.orders.redate import Pieces, pieces_of, pinned, redate, take
from core.orders.revise import terms_of
from core.orders.rows import is_open, lines_of, lock, schedule_of
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.orders.terms import set_of
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
    moves = moves_anew(session, order, earlier=earlier, other=other, now=act.at)
    changes: dict[str, list[str]] = {}
    for move in moves:
        redate(session, move.rows, move.pieces)
        changes |= move.said
    return changes


def falls_apart(session: Session, order: Order) -> bool:
    """Whether lines that leave together are promised for several days."""
    names = {line.id: set_of(order, line) for line in lines_of(session, order) if is_open(line)}
    days: dict[str, set[date | None]] = defaultdict(set)
    for row in schedule_of(session, list(names)):
        together = names[row.line_id]
        if together is not None and row.quantity > row.shipped_quantity:
            days[together].add(row.promised_date)
    return any(len(found) > 1 for found in days.values())


@dataclass(frozen=True, slots=True)
class Move:
    """A line that gets other days. rows: of its schedule with something that can move; parts: all that was answered."""

    line: OrderLine
    rows: tuple[ScheduleLine, ...]
    pieces: Pieces
    parts: tuple[Promised, ...]
    said: dict[str, list[str]]


def moves_anew(
    session: Session,
    order: Order,
    *,
    earlier: bool,
    other: bool,
    now: datetime,
    lock: bool = True,
) -> tuple[Move, ...]:
    """The open lines that get other days, nothing is written; arguments as of promise_anew.

    What keeps its day keeps what it lives from, so the others are asked once more beside that.
    """
    asked = [line for line in lines_of(session, order) if is_open(line)]
    while asked:
        every = Amendment(tuple((line, terms_of(line), None) for line in asked), (), ())
        answer = promise_revised(session, order, every, now=now, offers=False, lock=lock)
        found = [_move(session, line, answer.get(line.id, ()), earlier, other) for line in asked]
        moves = tuple(move for move in found if move is not None)
        if len(moves) == len(asked):
            return moves
        asked = [move.line for move in moves]
    return ()


def _move(
    session: Session, line: OrderLine, parts: tuple[Promised, ...], earlier: bool, other: bool
) -> Move | None:
    schedule = schedule_of(session, [line.id])
    fixed = pinned(session, schedule)
    rows = tuple(row for row in schedule if row.quantity > fixed[row.id])
    on_shipment = sum(fixed.values(), ZERO) - line.shipped_quantity
    pieces = take(pieces_of(parts), on_shipment)[1]
    old, new = _last(rows), max((part.promised_date for _, part in pieces), default=None)
    if new is None or (old is not None and new < old and not earlier):
        return None
    was = [(row.promised_date, row.quantity - fixed[row.id]) for row in rows]
    becomes = [(part.promised_date, quantity) for quantity, part in pieces]
    if was == becomes if other else old == new:
        return None
    name, said = "arrival", [old.isoformat() if old else "", new.isoformat()]
    if old == new:
        name, said = "parts", [str(len(was)), str(len(becomes))]
    return Move(line, rows, pieces, parts, {f"line {line.position} {name}": said})


def _last(rows: Sequence[ScheduleLine]) -> date | None:
    """The day on which the last piece is promised; None while a piece has no date."""
    days = [row.promised_date for row in rows]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
