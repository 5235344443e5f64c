"""A clerk changes a booked order: a change draft like a customer's, so that the same checks, overrides and holds apply.

What nothing stands in the way of is applied at once; the rest waits on the desk, and nothing of the order has changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.assess import assess
from core.drafts.confirm import confirm
from core.drafts.gate import open_problems
from core.drafts.matching.values import CHOSEN
from core.drafts.other_readings import TYPED
from core.drafts.tables import Draft, DraftField, DraftLine
from core.errors import BadInput
from core.orders.amendment import REPLACES
from core.orders.change import LineChange, revised_terms
from core.orders.revise import Terms, terms_of
from core.orders.rows import line_of, lines_of, lock, made_under
from core.orders.tables import Order, OrderLine
from core.values import plain

Texts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """applied: the order is changed; else the draft waits for what still stands in the way."""

    draft: Draft
    applied: bool


def change_order(
    session: Session, order: Order, changes: tuple[LineChange, ...], reason: str, *, act: Act
) -> Changed:
    """Lines get new terms as agreed with the customer. Raises Blocked for what has gone too far to be changed."""
    made = made_under(session, Draft, "open", act)
    if made is not None:
        return Changed(made, made.status == "confirmed")
    lock(session, order)
    journal.check(order, "change")
    if not reason.strip():
        raise BadInput("Say why the order is changed.", "reason")
    lines = [line_of(session, order, c.line_id) for c in changes]
    wanted = [(x, revised_terms(x, c)) for x, c in zip(lines, changes, strict=True)]
    draft = _open(session, order, wanted, {"notes": reason.strip()}, act)
    if open_problems(session, draft, act.at):
        return Changed(draft, False)
    confirm(session, draft, version=draft.version, act=act)
    return Changed(draft, True)


def open_change(session: Session, order: Order, *, act: Act) -> Draft:
    """The whole order as it is agreed, on the desk, to be changed there: lines, goods, prices, days and the place."""
    made = made_under(session, Draft, "open", act)
    if made is not None:
        return made
    lock(session, order)
    journal.check(order, "change")
    wanted = [
        (line, terms_of(line))
        for line in lines_of(session, order)
        if line.stock_quantity > line.cancelled_quantity
    ]
    return _open(session, order, wanted, {"purpose": REPLACES}, act)


def _open(
    session: Session, order: Order, wanted: list[tuple[OrderLine, Terms]], head: Texts, act: Act
) -> Draft:
    draft = Draft(
        kind="change",
        created_at=act.at,
        customer_id=order.customer_id,
        customer_reason={"code": CHOSEN, "facts": {}},
        ship_to_id=order.ship_to_id,
        ship_to_reason={"code": CHOSEN, "facts": {}} if order.ship_to_id else {},
        revision_of_id=order.id,
    )
    facts = {"source": f"on order {order.number}", "order_id": order.id, "lines": len(wanted)}
    journal.advance(session, draft, "open", act=act, without=("receipt-note",), facts=facts)
    texts = {"po_number": order.po_number, "currency": order.currency, **head}
    rows = _fields(draft, None, texts)
    for position, (line, terms) in enumerate(wanted, start=1):
        told = DraftLine(
            draft_id=draft.id,
            position=position,
            item_id=line.item_id,
            item_reason={"code": CHOSEN, "facts": {}},
            group_name=line.group_name,
        )
        session.add(told)
        session.flush()
        rows += _fields(draft, told, _texts(line, terms))
    session.add_all(rows)
    session.flush()
    assess(session, draft, act=act, hold=False)
    return draft


def _texts(line: OrderLine, terms: Terms) -> Texts:
    return {
        "line_no": line.customer_line_no or str(line.position),
        "quantity": plain(terms.quantity),
        "uom": terms.unit,
        "unit_price": plain(terms.price),
        "requested_date": _day(terms.requested_date),
        "revision": line.revision,
        "configuration": " ".join(map(str, line.configuration.values())),
    }


def _fields(draft: Draft, line: DraftLine | None, texts: Texts) -> list[DraftField]:
    return [
        DraftField(
            draft_id=draft.id,
            line_id=line.id if line else None,
            name=name,
            value=value,
            read_value=value,
            confidence=1,
            source=TYPED,
            evidence={},
            alternatives=[],
            accepted=True,
        )
        for name, value in texts.items()
        if value
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
