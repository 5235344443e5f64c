"""A person decides about a slip: the new date is taken, or the old one stays and somebody sees to the goods."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, IllegalStep, Stale
from core.journal import Event
from core.orders.history import keep_versions
from core.orders.hold import place
from core.orders.postpone import postpone, wait_until
from core.orders.rest_on import rest_on
from core.orders.rows import lock
from core.orders.tables import Order
from core.promising.picture import lock_goods
from core.promising.sentences import day_text
from core.watch.book import Kept, Ways, beginning_of, book_of, open_promises
from core.watch.cause_words import sentence
from core.watch.hands import look_again
from core.watch.notice import tell
from core.watch.tables import PromiseSlip
from core.watch.trial import Book, Suspect, Verdict, Way, sooner, verdict, waiting

ZERO = Decimal(0)


def accept(session: Session, slip: PromiseSlip, reason: str = "", *, act: Act) -> Event:
    """The customer gets the new date: a new version of the promise, the first promise stays. Raises Stale when the date
    is not to be had any more."""
    done = journal.done_under(session, slip, "accept", act.key)
    if done is not None:
        return done
    order = session.get_one(Order, slip.order_id)
    lock(session, order)
    lock(session, slip)
    journal.check(slip, "accept")
    journal.check(order, "repromise")
    lock_goods(session, {slip.item_id})
    rows = open_promises(session, {slip.item_id})
    kept = _kept(rows, slip)
    book = book_of(session, rows, {slip.item_id}, now=act.at, lock=True)
    _take(session, slip, kept, book, act)
    look_again(session, kept, act.at)  # promises made later may have planned with what it takes now
    why = reason.strip() or sentence(slip.cause_code, slip.cause_facts)
    keep_versions(session, order, why, act=act)
    days = [slip.promised_date.isoformat(), slip.new_date.isoformat()]
    journal.advance(
        session,
        order,
        "repromise",
        act=act.under(f"slip-{slip.id}"),
        changes={f"line {kept.line.position} arrival": days},
        facts={"number": order.number, "reason": why},
    )
    slip.open_key, slip.decided_by, slip.decided_reason = None, act.actor, reason.strip()
    tell(session, slip, order, act=act)
    told = {"new": slip.new_date.isoformat(), "reason": reason.strip()}
    return journal.advance(session, slip, "accept", act=act, facts=told)


def refuse(
    session: Session, slip: PromiseSlip, reason: str, *, hold: bool = False, act: Act
) -> Event:
    """The date stays: the slip is listed for expediting until the promise holds again. hold: also holds the order, so that
    nothing leaves before somebody has looked."""
    done = journal.done_under(session, slip, "refuse", act.key)
    if done is not None:
        return done
    lock(session, slip)
    journal.check(slip, "refuse")
    if not reason.strip():
        raise BadInput("Say what is done so that the date can be kept.", "reason")
    if hold:
        order = session.get_one(Order, slip.order_id)
        place(session, order, "manual", reason.strip(), act=act.under(f"slip-{slip.id}"))
    slip.decided_by, slip.decided_reason = act.actor, reason.strip()
    facts = {"promised": slip.promised_date.isoformat(), "reason": reason.strip()}
    return journal.advance(session, slip, "refuse", act=act, facts=facts)


def _kept(rows: tuple[Kept, ...], slip: PromiseSlip) -> Kept:
    found = next((row for row in rows if row.schedule.id == slip.schedule_line_id), None)
    if found is None or found.promise.promised_date != slip.promised_date:
        raise Stale("This promise has changed in the meantime; nothing was changed. Look again.")
    return found


def _take(session: Session, slip: PromiseSlip, kept: Kept, book: Book, act: Act) -> None:
    """Writes the new day. What is allocated keeps the old one, unless it waits for the rest of a complete delivery."""
    promise = kept.promise
    quantity = min(waiting(book).get(promise.id, ZERO), promise.quantity)
    way = Ways(session, book, (kept,), beginning_of(session, act.at)).of(kept)
    judged = _judged(slip, kept, book, quantity, way)
    if judged is not None and judged.new_date is not None and judged.new_date > slip.new_date:
        raise Stale(
            f"Now it is {day_text(judged.new_date)} at the soonest; nothing was changed. Look again."
        )
    if kept.together is not None and slip.kind == "slip":
        ship_date = way.delivery.latest(kept.schedule.site_id or 0, slip.new_date)
        wait_until(session, kept.schedule, slip.new_date, ship_date, dict(slip.reason))
        if judged is not None and judged.late:
            rest_on(session, kept.schedule, [replace(p, ship_date=ship_date) for p in judged.parts])
        return
    if judged is None or judged.new_date is None:
        raise Stale("The old date holds again; nothing was changed. Look again.")
    better = slip.kind == "sooner"
    moves = [p for p in judged.parts if better or p.promised_date > slip.promised_date]
    if not moves:
        raise IllegalStep(
            "There is no day on which this can come: nothing is able to make it. Change or cancel the line, or keep its "
            "date and expedite it."
        )
    postpone(session, kept.schedule, moves)
    stays = [part for part in judged.parts if part not in moves]
    if stays:
        rest_on(session, kept.schedule, stays)


def _judged(
    slip: PromiseSlip, kept: Kept, book: Book, quantity: Decimal, way: Way
) -> Verdict | None:
    if quantity <= 0:
        return None
    if slip.kind == "sooner":
        return sooner(book, kept.promise, quantity, way)
    return verdict(book, kept.promise, quantity, Suspect(ZERO), way)
