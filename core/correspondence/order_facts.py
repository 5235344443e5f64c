"""An order, booked or still a draft, as its acknowledgement tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.catalogue.tables import Item
from core.correspondence.as_written import Written, as_asked, written_of
from core.correspondence.line_numbers import distinct_numbers, order_line_numbers
from core.correspondence.ours import kept_address, place_address
from core.drafts.tables import Draft, Problem
from core.errors import NotFound
from core.messages.facts import Asked, Line, OrderFacts, Part
from core.messages.offer import Differing, of_text
from core.orders.restated import CONSENT
from core.orders.tables import Hold, Order, OrderLine
from core.parties.tables import Customer, CustomerAddress
from core.promising.promise import answer_of_json
from core.values import Address, Parameters, as_decimal


def in_ordered_unit(stock_quantity: Decimal, numerator: int, denominator: int) -> Decimal:
    """Stock units as the ordered unit; what does not come out even is shown with six decimals."""
    exact = Fraction(stock_quantity) * Fraction(denominator, numerator)
    found = as_decimal(exact)
    return found if found is not None else round(Decimal(exact.numerator) / exact.denominator, 6)


def order_facts(session: Session, order_id: int) -> OrderFacts:
    order = session.scalar(
        select(Order)
        .where(Order.id == order_id)
        .options(selectinload(Order.lines).selectinload(OrderLine.schedule))
        .execution_options(populate_existing=True)
    )
    if order is None:
        raise NotFound(f"There is no order {order_id}.")
    items = _item_numbers(
        session,
        {line.item_id for line in order.lines}
        | {line.ordered_item_id for line in order.lines if line.ordered_item_id},
    )
    named = order_line_numbers(session, order.id)
    offer = _offered(session, order)
    written = written_of(session, offer.by_line)
    return OrderFacts(
        number=order.number,
        revision=order.revision,
        po_number=order.po_number,
        order_date=order.order_date,
        currency=order.currency,
        lines=tuple(
            _booked_line(
                line,
                named[line.id],
                items,
                offer.of(line.draft_line_id),
                written.get(line.draft_line_id or 0, {}),
            )
            for line in order.lines
        ),
        ship_to=kept_address(order.ship_to),
        bill_to=kept_address(order.bill_to),
        payment_terms=order.payment_terms,
        incoterms=order.incoterms,
        ship_via=order.ship_via,
        cancelled=order.status == "cancelled",
        is_offer=offer.stands,
        differing=offer.differing,
    )


@dataclass(frozen=True, slots=True)
class _Offer:
    """What the customer has yet to agree to, as told and by draft line id. stands: whether anything waits for their word."""

    stands: bool = False
    differing: Differing = ()
    by_line: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def of(self, draft_line_id: int | None) -> tuple[str, ...]:
        return self.by_line.get(draft_line_id or 0, ())


def _offer_of(found: Sequence[dict[str, Any]]) -> _Offer:
    """found: what the check found, oldest first; the newest is what is told."""
    if not found:
        return _Offer()
    named = (pair for facts in found for pair in of_text(str(facts.get("ids", ""))))
    told = of_text(str(found[-1].get("lines", "")))
    return _Offer(True, told, {int(line_id): codes for line_id, codes in named})


def _offered(session: Session, order: Order) -> _Offer:
    if order.status == "cancelled":
        return _Offer()
    return _offer_of(
        session.scalars(
            select(Hold.facts)
            .where(Hold.order_id == order.id, Hold.kind == CONSENT, Hold.status == "active")
            .order_by(Hold.id)
        ).all()
    )


def _will_be_offered(session: Session, draft: Draft) -> _Offer:
    """The same of a draft that would be booked with a hold for it."""
    return _offer_of(
        session.scalars(
            select(Problem.facts).where(
                Problem.draft_id == draft.id,
                Problem.code == "acceptance-differs",
                Problem.severity == "hold",
                Problem.accepted_by == "",
            )
        ).all()
    )


def _booked_line(
    line: OrderLine,
    number: str,
    items: dict[int, str],
    offered: tuple[str, ...],
    written: Written,
) -> Line:
    factor = (line.factor_numerator, line.factor_denominator)
    asked = Asked(
        line.quantity,
        line.unit,
        line.ordered_price,
        line.requested_date,
        line.customer_sku,
        items.get(line.ordered_item_id or 0, ""),
    )
    return Line(
        number=number,
        item=items[line.item_id],
        description=line.description,
        asked=as_asked(asked, offered, written),
        parts=tuple(
            Part(
                in_ordered_unit(part.quantity, *factor),
                part.promised_date,
                Parameters(part.reason.get("code", ""), part.reason.get("facts", {})),
            )
            for part in line.schedule
            if part.quantity > 0
        ),
        price=line.price,
        substituted=line.ordered_item_id is not None,
        cancelled=in_ordered_unit(line.cancelled_quantity, *factor),
        offered=offered,
    )


def draft_facts(session: Session, draft_id: int) -> OrderFacts:
    """The acknowledgement that confirming this draft would send."""
    draft = session.scalar(
        select(Draft)
        .where(Draft.id == draft_id)
        .options(selectinload(Draft.lines), selectinload(Draft.fields))
    )
    if draft is None:
        raise NotFound(f"There is no draft {draft_id}.")
    texts = {(f.line_id, f.name): f.value for f in draft.fields}
    lines = [line for line in draft.lines if not line.removed]
    numbers = _item_numbers(
        session, {i for line in lines for i in (line.item_id, line.ordered_item_id) if i}
    )
    named = distinct_numbers(
        (line.id, texts.get((line.id, "line_no"), ""), line.position) for line in lines
    )
    promised = answer_of_json(draft.promise).lines
    customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    offer = _will_be_offered(session, draft)
    written = written_of(session, offer.by_line)
    return OrderFacts(
        number="",
        revision=1,
        po_number=draft.po_number,
        order_date=draft.order_date,
        currency=draft.currency or (customer.currency if customer else "EUR"),
        lines=tuple(
            Line(
                number=named[line.id],
                item=numbers.get(line.item_id or 0, "?"),
                description=texts.get((line.id, "description"), ""),
                asked=as_asked(
                    Asked(
                        line.quantity or Decimal(0),
                        line.unit,
                        line.unit_price,
                        line.requested_date or draft.requested_date,
                        texts.get((line.id, "buyer_sku"), ""),
                        numbers.get(line.ordered_item_id or 0, ""),
                    ),
                    offer.of(line.id),
                    written.get(line.id, {}),
                ),
                parts=tuple(
                    Part(
                        in_ordered_unit(p.quantity, line.factor_numerator, line.factor_denominator),
                        p.promised_date,
                        p.reason,
                    )
                    for p in promised.get(line.id, ())
                ),
                price=line.unit_price if line.unit_price is not None else line.agreed_price,
                substituted=line.ordered_item_id is not None,
                offered=offer.of(line.id),
            )
            for line in lines
        ),
        ship_to=_address(session, draft.ship_to_id, texts.get((None, "ship_to"), "")),
        bill_to=_address(session, draft.bill_to_id, ""),
        payment_terms=texts.get((None, "payment_terms"), ""),
        incoterms=texts.get((None, "incoterms"), ""),
        ship_via=texts.get((None, "ship_via"), ""),
        is_offer=offer.stands,
        differing=offer.differing,
    )


def _address(session: Session, address_id: int | None, as_written: str) -> Address:
    found = session.get(CustomerAddress, address_id) if address_id else None
    return place_address(found) if found else Address(lines=tuple(p for p in (as_written,) if p))


def _item_numbers(session: Session, ids: set[int]) -> dict[int, str]:
    rows = session.execute(select(Item.id, Item.number).where(Item.id.in_(ids)))
    return {item_id: number for item_id, number in rows}  # noqa: C416 (rows are not tuples to mypy)
