"""The days of an order's lines whose terms change: asked for what has not left, or for what is wanted on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.company.policy import company_zone
from core.company.tables import Company
from core.drafts.tables import Draft
from core.orders.amendment import Amendment, opened_on
from core.orders.redate import parts_of, pieces_of, take
from core.orders.revise import Terms, terms_of
from core.orders.rows import lines_of
from core.orders.tables import Order, OrderLine
from core.orders.terms import as_agreed, groups_of, has_sets
from core.parties.tables import CustomerAddress
from core.promising.ask import Answer, Ask, AskLine, Promised
from core.promising.promise import promise_lines

Parts = tuple[Promised, ...]


def days_of_change(
    session: Session,
    order: Order,
    draft: Draft,
    found: Amendment,
    answer: Answer,
    *,
    now: datetime,
    give_way: Mapping[int, date] | None = None,
    lock: bool = True,
) -> dict[int, Parts]:
    """The promise by order line id for all that has not left of the revised lines.

    answer: the promise by draft line id, which a customer's change is given; a clerk's own is asked anew. give_way,
    lock: as of core.promising.promise.promise_lines.
    """
    own = opened_on(session, draft) is not None
    if own or any(theirs is None for *_, theirs in found.revised):
        asked = moved(order, found)
        return promise_revised(
            session, order, asked, now=now, draft=draft, give_way=give_way, lock=lock
        )
    return answered(found, answer)


def moved(order: Order, found: Amendment) -> Amendment:
    """The lines that get other days: the others keep what they live from, so these are asked beside that. Of an order that
    is delivered complete it is every line, for its one day."""
    if has_sets(order):
        return found
    revised = (row for row in found.revised if row[1].requested_date != row[0].requested_date)
    return replace(found, revised=tuple(revised))


def answered(found: Amendment, answer: Answer) -> dict[int, Parts]:
    """By order line what the answer says of its draft line, less what has left."""
    return {
        line.id: _not_shipped(line, answer.lines.get(theirs.id, ()))
        for line, _, theirs in found.revised
        if theirs
    }


def _not_shipped(line: OrderLine, parts: Parts) -> Parts:
    return parts_of(take(pieces_of(parts), line.shipped_quantity)[1])


def promise_revised(
    session: Session,
    order: Order,
    found: Amendment,
    *,
    now: datetime,
    draft: Draft | None = None,
    offers: bool = True,
    give_way: Mapping[int, date] | None = None,
    lock: bool = True,
) -> dict[int, Parts]:
    """The promise by order line id for all that has not left of the revised lines.

    Other lines count as they are promised; of an order that is delivered complete they are asked along. offers: whether
    what drafts hold for a while counts against it; what `draft` holds never does.
    """
    new = {line.id: terms for line, terms, _ in found.revised}
    if not new:
        return {}
    together = has_sets(order)
    lines = [
        (line, new.get(line.id, terms_of(line)))
        for line in lines_of(session, order)
        if line.id in new
        or (together and line.stock_quantity > line.cancelled_quantity + line.shipped_quantity)
    ]
    lines.sort(key=lambda pair: pair[0].id in new)
    answer = promise_lines(
        session,
        _ask_for(session, order, [_ask(line, terms) for line, terms in lines], now),
        now=now,
        leave_out_line_ids=[line.id for line, _ in lines],
        draft_id=draft.id if draft else None,
        offers=offers,
        give_way=give_way,
        lock=lock,
    )
    return {line_id: answer.lines.get(line_id, ()) for line_id in new}


def promise_more(
    session: Session,
    order: Order,
    growing: Sequence[tuple[OrderLine, Terms, Parts]],
    draft: Draft | None,
    now: datetime,
    *,
    lock: bool = True,
) -> dict[int, Parts]:
    """By order line id what is wanted beyond the lines' promises, which stay as they are and count like every other one.

    growing: with the promise of all of the line; of an order that is delivered complete its day is kept to.
    """
    if not growing:
        return {}
    asked = [_beyond(order, line, terms, whole) for line, terms, whole in growing]
    ask = _ask_for(session, order, asked, now)
    draft_id = draft.id if draft else None
    found = promise_lines(session, ask, now=now, draft_id=draft_id, lock=lock)
    return {line.id: found.lines.get(line.id, ()) for line, *_ in growing}


def _beyond(order: Order, line: OrderLine, terms: Terms, whole: Parts) -> AskLine:
    asked = replace(_ask(line, terms), quantity=more_of(line, terms))
    if order.delivery_policy == "complete" and whole:
        last = max(part.promised_date for part in whole)
        asked = replace(asked, requested_date=max(asked.requested_date or last, last))
    return asked


def more_of(line: OrderLine, terms: Terms) -> Decimal:
    """How much more of the line is wanted than now, below zero when it is less."""
    return terms.stock_quantity - (line.stock_quantity - line.cancelled_quantity)


def only_grows(line: OrderLine, terms: Terms) -> bool:
    """Whether what is promised can stay as it is."""
    return terms.requested_date == line.requested_date and more_of(line, terms) > 0


def _ask_for(session: Session, order: Order, lines: list[AskLine], now: datetime) -> Ask:
    place = session.get(CustomerAddress, order.ship_to_id) if order.ship_to_id else None
    by_id = {line.id: line for line in lines_of(session, order)}
    return Ask(
        lines=tuple(as_agreed(order, by_id[asked.key], asked) for asked in lines),
        today=now.astimezone(company_zone(session.get(Company, 1))).date(),
        policy=order.delivery_policy,
        transit_days=place.transit_days if place else 1,
        customer_id=order.customer_id,
        ship_to_id=order.ship_to_id,
        ship_via=order.ship_via,
        country=str(order.ship_to.get("country", "")),
        postal_code=str(order.ship_to.get("postal_code", "")),
        groups=groups_of(order),
    )


def _ask(line: OrderLine, terms: Terms) -> AskLine:
    packed = terms.denominator == 1 and terms.numerator > 1
    return AskLine(
        key=line.id,
        item_id=line.item_id,
        quantity=terms.stock_quantity - line.shipped_quantity,
        requested_date=terms.requested_date,
        position=line.position,
        multiple=Decimal(terms.numerator) if packed else Decimal(0),
    )
