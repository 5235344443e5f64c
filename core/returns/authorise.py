"""A return is asked for, allowed, refused or given up. Its number is what the customer writes on the parcel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.company.policy import policy_of
from core.company.tables import Company
from core.errors import BadInput, NotEnough
from core.journal import Event
from core.numbers import next_number
from core.orders.rows import locked_order, made_under
from core.orders.tables import Order
from core.returns.eligibility import cases, refusal
from core.returns.rows import lock_with_order, return_lines
from core.returns.tables import ReturnAuthorization, ReturnLine

RESOLUTIONS = ("credit", "replace", "repair")


@dataclass(frozen=True, slots=True)
class ReturnAsk:
    """quantity in the item's stock unit."""

    order_line_id: int
    quantity: Decimal


def request(
    session: Session,
    order: Order,
    lines: tuple[ReturnAsk, ...],
    reason: str,
    *,
    act: Act,
    document_id: int | None = None,
    resolution: str = "credit",
) -> ReturnAuthorization:
    """Notes that a customer wants to return goods; nobody has decided yet."""
    made = made_under(session, ReturnAuthorization, "request", act)
    if made is not None:
        return made
    rma = _new(session, order, lines, reason, document_id, resolution)
    facts = {"number": rma.number, "order": order.number, "reason": rma.reason}
    journal.advance(session, rma, "request", act=act, facts=facts)
    return rma


def authorise(
    session: Session,
    order: Order,
    lines: tuple[ReturnAsk, ...],
    reason: str,
    *,
    act: Act,
    document_id: int | None = None,
    resolution: str = "credit",
) -> ReturnAuthorization:
    """Allows a return at once. Raises NotEnough when more would come back than was delivered and is still there."""
    made = made_under(session, ReturnAuthorization, "authorise", act)
    if made is not None:
        return made
    rma = _new(session, order, lines, reason, document_id, resolution)
    _authorise(session, rma, order, act)
    return rma


def authorise_requested(session: Session, rma: ReturnAuthorization, *, act: Act) -> Event:
    """Allows a return that was asked for; what may come back is checked again."""
    done = journal.done_under(session, rma, "authorise", act.key)
    if done is not None:
        return done
    order = lock_with_order(session, rma)
    journal.check(rma, "authorise")
    asked = {line.order_line_id: line.quantity for line in return_lines(session, rma)}
    _require_eligible(session, order, asked, rma.id)
    return _authorise(session, rma, order, act)


def _authorise(session: Session, rma: ReturnAuthorization, order: Order, act: Act) -> Event:
    company = session.scalar(select(Company).order_by(Company.id))
    rma.expires_on = act.at.date() + timedelta(days=policy_of(company).return_days)
    facts = {
        "number": rma.number,
        "order": order.number,
        "reason": rma.reason,
        "expires_on": rma.expires_on.isoformat(),
    }
    return journal.advance(session, rma, "authorise", act=act, facts=facts)


def _new(
    session: Session,
    order: Order,
    asks: tuple[ReturnAsk, ...],
    reason: str,
    document_id: int | None,
    resolution: str,
) -> ReturnAuthorization:
    order = locked_order(session, order.id)
    asked = {ask.order_line_id: ask.quantity for ask in asks}
    if not asks or len(asked) != len(asks):
        raise BadInput("Choose what comes back, each line once.", "lines")
    if resolution not in RESOLUTIONS:
        raise BadInput(f"A return ends in {', '.join(RESOLUTIONS)}.", "resolution")
    if not reason.strip():
        raise BadInput("Say why the goods come back.", "reason")
    _require_eligible(session, order, asked)
    rma = ReturnAuthorization(
        number=next_number(session, "return", "RMA"),
        order_id=order.id,
        document_id=document_id,
        reason=reason.strip(),
        resolution=resolution,
    )
    session.add(rma)
    session.flush()
    session.add_all(
        ReturnLine(return_id=rma.id, order_line_id=line_id, quantity=quantity)
        for line_id, quantity in asked.items()
    )
    session.flush()
    return rma


def _require_eligible(
    session: Session,
    order: Order,
    asked: dict[int, Decimal],
    leave_out_return_id: int | None = None,
) -> None:
    known = cases(session, order, asked, leave_out_return_id)
    for line_id in asked:
        if line_id not in known:
            raise BadInput(f"Order {order.number} has no such line.", "lines")
        found = refusal(known[line_id])
        if found:
            raise NotEnough(found)
