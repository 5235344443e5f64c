"""One mail for each customer about new dates: drafted when the first is accepted, written anew with each one more."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput
from core.journal import Event
from core.orders.rows import lock
from core.orders.tables import Order
from core.parties.tables import Customer
from core.watch.tables import PromiseNotice, PromiseSlip

LONGEST = 20_000


def tell(session: Session, slip: PromiseSlip, order: Order, *, act: Act) -> PromiseNotice:
    """Puts a slip whose new date was accepted into its customer's drafted mail."""
    key = f"customer:{order.customer_id}"
    notice = session.scalar(select(PromiseNotice).where(PromiseNotice.open_key == key))
    if notice is None:
        notice = PromiseNotice(customer_id=order.customer_id, order_id=order.id, open_key=key)
        customer = session.get_one(Customer, order.customer_id)
        facts = {"customer": customer.name}
        journal.advance(session, notice, "draft", act=act.under(key), facts=facts)
    elif notice.text:
        # A text that was written by hand does not tell the newest date; the clerk looks again.
        notice.text = ""
        journal.advance(
            session,
            notice,
            "edit",
            act=act.under(f"notice-{slip.id}"),
            facts={"why": "another date was accepted"},
        )
    slip.notice_id = notice.id
    return notice


def edit(session: Session, notice: PromiseNotice, text: str, *, act: Act) -> Event:
    """The clerk's own words; "" goes back to the text that is written from the slips."""
    done = journal.done_under(session, notice, "edit", act.key)
    if done is not None:
        return done
    lock(session, notice)
    journal.check(notice, "edit")
    if len(text) > LONGEST:
        raise BadInput(f"A mail has at most {LONGEST} characters.", "text")
    notice.text = text.strip()
    return journal.advance(session, notice, "edit", act=act)


def drop(session: Session, notice: PromiseNotice, reason: str, *, act: Act) -> Event:
    """The customer is told otherwise, or knows already."""
    done = journal.done_under(session, notice, "drop", act.key)
    if done is not None:
        return done
    lock(session, notice)
    journal.check(notice, "drop")
    if not reason.strip():
        raise BadInput("Say why the customer is not told by this mail.", "reason")
    notice.open_key = None
    return journal.advance(session, notice, "drop", act=act, facts={"reason": reason.strip()})
