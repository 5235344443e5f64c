"""The last agreed version of an order becomes a new one, all of it or nothing: revision + 1 and one acknowledgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.catalogue.tables import Item
from core.drafts.tables import Draft, DraftLine
from core.errors import BadInput, Blocked, IllegalStep
from core.journal import Event
from core.orders.amendment import (
    Amendment,
    amendment,
    group_after,
    opened_on,
    what_cancelling_does,
    what_follows,
)
from core.orders.asked_days import days_of_change, only_grows, promise_more
from core.orders.book import field_texts, order_line
from core.orders.cancel import cancel, cancel_line, cancel_rest
from core.orders.days_ahead import DaysAhead, days_ahead
from core.orders.history import keep_versions
from core.orders.quantities import quantities
from core.orders.readdress import new_place, readdress, readdressing
from core.orders.repromise import falls_apart, promise_anew
from core.orders.revise import Consequence, Terms, lessen, revise, terms_of
from core.orders.rows import line_of, lines_of, lock, schedule_of
from core.orders.schedule import plan_new_lines
from core.orders.tables import Order, OrderLine
from core.orders.terms import agree, drop_empty_groups, set_of
from core.parties.tables import Customer, CustomerAddress
from core.promising.ask import Answer, Promised
from core.values import as_decimal, plain
from core.watched import doubted


@dataclass(frozen=True, slots=True)
class LineChange:
    """New terms of one line; None keeps what is. quantity and price are per the line's unit."""

    line_id: int
    quantity: Decimal | None = None
    price: Decimal | None = None
    requested_date: date | None = None


def preview_change(
    session: Session, order: Order, changes: tuple[LineChange, ...]
) -> tuple[Consequence, ...]:
    """What these changes would do, by stage; nothing is changed. Raises BadInput for a quantity that cannot be."""
    return _what_follows(session, order, _asked(session, order, changes), None)


def preview_days(
    session: Session, order: Order, changes: tuple[LineChange, ...], *, now: datetime
) -> tuple[DaysAhead, ...]:
    """What these changes would do to promised days; nothing is changed. Raises as preview_change."""
    return days_ahead(session, order, _asked(session, order, changes), now=now)


def _asked(session: Session, order: Order, changes: tuple[LineChange, ...]) -> Amendment:
    lines = [line_of(session, order, c.line_id) for c in changes]
    revised = tuple((x, revised_terms(x, c), None) for x, c in zip(lines, changes, strict=True))
    return Amendment(revised, (), ())


def preview_change_draft(session: Session, order: Order, draft: Draft) -> tuple[Consequence, ...]:
    """What applying the draft would do to each line of the order, by stage; nothing is changed."""
    found = amendment(session, order, draft)
    if draft.kind == "cancellation":
        return what_cancelling_does(session, order, found)
    return _what_follows(session, order, found, new_place(session, order, draft))


def _what_follows(
    session: Session, order: Order, found: Amendment, place: CustomerAddress | None
) -> tuple[Consequence, ...]:
    moved = readdressing(place, quantities(session, [order.id]))
    return (*moved, *what_follows(session, order, found))


def apply_change_draft(
    session: Session,
    order: Order,
    draft: Draft,
    answer: Answer,
    *,
    give_way: Mapping[int, date] | None = None,
    act: Act,
) -> Event:
    """Applies a confirmed change or cancellation draft to the order that it revises.

    answer: the promise by draft line id. give_way: earlier promises that leave later for it. Raises Blocked with each line that is too far along.
    """
    lock(session, order)
    reason = _reason(session, draft)
    if draft.kind == "cancellation":
        return _cancel(session, order, draft, reason, act)
    done = journal.done_under(session, order, "change", act.key)
    if done is not None:
        return done
    journal.check(order, "change")
    found = amendment(session, order, draft)
    parts = days_of_change(session, order, draft, found, answer, now=act.at, give_way=give_way)
    return _apply(session, order, found, parts, reason, act=act, draft=draft, answer=answer)


def _reason(session: Session, draft: Draft) -> str:
    """What the clerk wrote who changes the order, else the draft that the customer's change became."""
    own = field_texts(session, draft).get((None, "notes"), "") if opened_on(session, draft) else ""
    return own or f"{draft.kind} draft {draft.id}"


def _cancel(session: Session, order: Order, draft: Draft, reason: str, act: Act) -> Event:
    """A cancellation without lines is of the whole order; with lines, of those, as far as it says how much."""
    found = amendment(session, order, draft)
    named = [(line, theirs.stock_quantity) for line, _, theirs in found.revised if theirs]
    named += [(line, None) for line in found.dropped]
    if not named:
        if any(line.shipped_quantity for line in lines_of(session, order)):
            return cancel_rest(session, order, reason, act=act)
        return cancel(session, order, reason, act=act)
    event = None
    for number, (line, quantity) in enumerate(named, start=1):
        step = act.under(f"line-{number}")
        rest = line.stock_quantity - line.cancelled_quantity - line.shipped_quantity
        part = quantity if quantity is not None and quantity < rest else None
        event = cancel_line(session, order, line.id, part, reason, act=step)
    if event is None:
        raise IllegalStep("The cancellation names no line of the order; nothing was changed.")
    return event


def revised_terms(line: OrderLine, wanted: LineChange) -> Terms:
    """Raises BadInput for a quantity or price that cannot be."""
    now = terms_of(line)
    quantity = now.quantity if wanted.quantity is None else wanted.quantity
    stock = as_decimal(Fraction(quantity) * now.numerator / now.denominator)
    if quantity <= 0 or stock is None:
        raise BadInput("Enter a quantity; to drop the line, cancel it.", f"quantity-{line.id}")
    price = now.price if wanted.price is None else wanted.price
    if price < 0:
        raise BadInput("A price cannot be negative.", f"price-{line.id}")
    day = wanted.requested_date or now.requested_date
    return Terms(quantity, now.unit, now.numerator, now.denominator, stock, price, day)


def _apply(
    session: Session,
    order: Order,
    found: Amendment,
    parts: dict[int, tuple[Promised, ...]],
    reason: str,
    *,
    act: Act,
    draft: Draft | None = None,
    answer: Answer | None = None,
) -> Event:
    place = new_place(session, order, draft) if draft is not None else None
    follows = _what_follows(session, order, found, place)
    blocking = tuple(c.sentence for c in follows if c.blocking)
    if blocking:
        raise Blocked(f"The change cannot be made. {' '.join(blocking)}", blocking)
    changes: dict[str, list[str]] = {}
    regrouped: dict[str, list[str]] = {}
    redated = [
        line for line, terms, _ in found.revised if terms.requested_date != line.requested_date
    ]
    # What only grows comes last: it is asked when the others' new promises stand.
    for line, terms, theirs in sorted(found.revised, key=lambda r: only_grows(r[0], r[1])):
        promised = parts.get(line.id, ())
        if only_grows(line, terms):
            one = [(line, terms, promised)]
            promised = promise_more(session, order, one, draft, act.at)[line.id]
        changes |= revise(session, line, terms, promised)
        if theirs is not None:
            line.draft_line_id = theirs.id
            regrouped |= _regroup(session, line, theirs, draft)
    for line in found.dropped:
        changes |= _drop(session, line)
    if len(redated) < len(found.revised) or any(set_of(order, x) is not None for x in redated):
        _doubt(session, redated, act.at)
    if draft is not None:
        changes |= _add(session, order, draft, found, answer or Answer())
    if place is not None:
        changes |= readdress(order, place)
    if draft is not None:
        changes |= regrouped | _under_other_terms(session, order, draft, regrouped, act)
    if not changes:
        raise IllegalStep(f"Order {order.number} is like that already; nothing was changed.")
    if draft is not None and draft.requested_date is not None:
        order.requested_date = draft.requested_date
    order.revision += 1
    keep_versions(session, order, reason, act=act)
    facts = {"number": order.number, "revision": order.revision, "reason": reason}
    return journal.advance(session, order, "change", act=act, changes=changes, facts=facts)


def _doubt(session: Session, redated: Sequence[OrderLine], at: datetime) -> None:
    """Their new days were answered together with lines that keep what they live from."""
    for line in redated:
        for row in schedule_of(session, [line.id]):
            doubted(session, row.id, line.item_id, at)


def _regroup(
    session: Session, line: OrderLine, theirs: DraftLine, draft: Draft | None
) -> dict[str, list[str]]:
    old = line.group_name
    new = group_after(session, draft, line, theirs) if draft is not None else old
    line.group_name = new
    return {f"line {line.position} group": [old, new]} if old != new else {}


def _under_other_terms(
    session: Session, order: Order, draft: Draft, regrouped: dict[str, list[str]], act: Act
) -> dict[str, list[str]]:
    """What of the dates the draft's terms and groups move: the set is promised anew under them, and so is what goes together
    and is not promised for one day any more."""
    kept = dict(order.delivery)
    if draft.delivery:
        agree(order, draft.delivery)
    drop_empty_groups(order, lines_of(session, order))
    session.flush()
    if order.delivery != kept or regrouped:
        return promise_anew(session, order, earlier=True, other=True, act=act)
    return promise_anew(session, order, act=act) if falls_apart(session, order) else {}


def _drop(session: Session, line: OrderLine) -> dict[str, list[str]]:
    """The line stays, cancelled: the acknowledgement says so (lesson 6)."""
    rest = line.stock_quantity - line.cancelled_quantity
    lessen(session, schedule_of(session, [line.id]), rest)
    line.cancelled_quantity = line.stock_quantity
    session.flush()
    return {f"line {line.position}": [f"{plain(line.quantity)} {line.unit}", "cancelled"]}


def _add(
    session: Session, order: Order, draft: Draft, found: Amendment, answer: Answer
) -> dict[str, list[str]]:
    customer = session.get_one(Customer, order.customer_id)
    texts = field_texts(session, draft)
    last = max((line.position for line in lines_of(session, order)), default=0)
    changes = {}
    for position, line in enumerate(found.added, start=last + 1):
        item = session.get(Item, line.item_id) if line.item_id else None
        added = order_line(order, line, item, customer, texts, position)
        session.add(added)
        session.flush()
        plan_new_lines(session, order, [(added, answer.lines.get(line.id, ()), ())])
        changes[f"line {position}"] = ["", f"{plain(added.quantity)} {added.unit}"]
    return changes
