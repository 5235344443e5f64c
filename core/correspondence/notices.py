"""A clerk sends what customers are told about new dates: by the customer's own electronic way, else in one mail."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal, outbox
from core.act import Act
from core.correspondence.compose import preview
from core.correspondence.electronic.channel import channel_of
from core.correspondence.electronic.source import draft_behind, source_of
from core.correspondence.notice_facts import notice_facts
from core.errors import IllegalStep
from core.journal import Event
from core.messages.facts import Recipient
from core.messages.render import Rendered
from core.orders.rows import lines_of, lock
from core.orders.tables import Order
from core.parties.tables import Customer
from core.watch.notice import drop
from core.watch.tables import PromiseNotice, PromiseSlip

TASK = "promise-notice"
NOTHING_NEW = "Every date is again what was promised."


def send_all(session: Session, notices: Iterable[PromiseNotice], *, act: Act) -> list[Event]:
    """The whole batch in one transaction; what has nothing to tell any more is dropped and not among the events."""
    sent = []
    for notice in notices:
        by = act.under(f"notice-{notice.id}")
        if notice.status == "drafted" and not notice_facts(session, notice).dates:
            drop(session, notice, NOTHING_NEW, act=by)
        else:
            sent.append(send(session, notice, act=by))
    return sent


def send(session: Session, notice: PromiseNotice, *, act: Act) -> Event:
    """Owes the customer the news. An order that is answered electronically gets its acknowledgement anew that way (855,
    865, ORDRSP ...) and is not told of twice; all others are in one mail."""
    done = journal.done_under(session, notice, "send", act.key)
    if done is not None:
        return done
    lock(session, notice)
    journal.check(notice, "send")
    orders = noticed_orders(session, notice)
    if not notice_facts(session, notice).dates:
        raise IllegalStep(f"{NOTHING_NEW} Drop this mail instead.")
    electronic = [order for order in orders if _owe_electronic(session, order, notice)]
    mailed = [order.id for order in orders if order not in electronic]
    notice.open_key = None
    customer = session.get_one(Customer, notice.customer_id)
    return journal.advance(
        session,
        notice,
        "send",
        act=act,
        facts={
            "customer": customer.name,
            "orders": str(len(orders)),
            "electronic": [order.number for order in electronic],
        },
        tasks={TASK: {"orders": mailed, "by_person": act.actor}},
        without=() if mailed else (TASK,),
    )


def noticed_orders(session: Session, notice: PromiseNotice) -> list[Order]:
    ids = select(PromiseSlip.order_id).where(
        PromiseSlip.notice_id == notice.id, PromiseSlip.status == "accepted"
    )
    return list(session.scalars(select(Order).where(Order.id.in_(ids)).order_by(Order.id)))


def goes_electronically(session: Session, order: Order) -> bool:
    """Whether the order's partner gets new dates as a message."""
    event = _last_repromise(session, order)
    draft, is_change = draft_behind(session, order, event.id if event else None)
    source = source_of(session, draft)
    kind = "change" if is_change else "order"
    return bool(channel_of(session, source, order.customer_id, kind).formats)


def preview_notice(
    session: Session, notice: PromiseNotice, overrides: Path | None = None
) -> tuple[Recipient, Rendered]:
    """The mail as it would go now, and to whom."""
    return preview(session, TASK, notice_facts(session, notice), notice.order_id, overrides)


def _owe_electronic(session: Session, order: Order, notice: PromiseNotice) -> bool:
    event = _last_repromise(session, order)
    if event is None or not goes_electronically(session, order):
        return False
    outbox.put(
        session,
        "order-acknowledgement",
        subject=Order.SUBJECT,
        subject_id=order.id,
        key=f"order-acknowledgement:order:{order.id}:notice-{notice.id}",
        event_id=event.id,
        facts={"moved": _moved(session, order, notice)},
    )
    return True


def _moved(session: Session, order: Order, notice: PromiseNotice) -> dict[str, str]:
    """By place among the order's lines the day that the customer knows."""
    places = {line.id: number for number, line in enumerate(lines_of(session, order), start=1)}
    slips = session.scalars(
        select(PromiseSlip)
        .where(
            PromiseSlip.notice_id == notice.id,
            PromiseSlip.order_id == order.id,
            PromiseSlip.status == "accepted",
        )
        .order_by(PromiseSlip.id.desc())
    )
    return {str(places[slip.line_id]): slip.promised_date.isoformat() for slip in slips}


def _last_repromise(session: Session, order: Order) -> Event | None:
    return session.scalar(
        select(Event)
        .where(
            Event.subject == Order.SUBJECT,
            Event.subject_id == order.id,
            Event.name == "order.repromised",
        )
        .order_by(Event.sequence.desc())
        .limit(1)
    )
