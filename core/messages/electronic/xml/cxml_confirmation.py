"""cXML ConfirmationRequest: accept or reject the order as a whole, else each line with its parts (User's Guide, chapter Order Confirmation).

cXML has no word for an offer: its lines are told in detail, never as accepted or backordered, and a comment says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.messages.electronic.asked import is_offered
from core.messages.electronic.facts import EchoLine, OrderAnswer, Route, Style
from core.messages.electronic.xml.answered import (
    ACCEPTED,
    REJECTED,
    Promise,
    echo_of,
    line_id,
    priced,
    promises,
    remark,
    remarks,
    status,
    whole,
)
from core.messages.electronic.xml.cxml import (
    LANGUAGE,
    E,
    comments,
    instant,
    noon,
    order_reference,
    request,
)
from core.messages.electronic.xml.tree import Element, first, said
from core.messages.electronic.xml.units import unece
from core.messages.facts import Line
from core.messages.outcome import confirmed_quantity, outcome

ALL_DETAIL, EXCEPT, DETAIL = "allDetail", "except", "detail"
"""How lines are told: with all that we know; only those that differ; all lines with what differs (the default)."""


def confirmation(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    """style.guideline: one of ALL_DETAIL, EXCEPT, DETAIL where lines are told."""
    kind = _kind(answer, style)
    told = answer.order.lines if kind in (ALL_DETAIL, EXCEPT, DETAIL) else ()
    if kind == EXCEPT:
        told = tuple(line for line in told if status(line) != ACCEPTED)
    content = E(
        "ConfirmationRequest",
        E.always(
            "ConfirmationHeader",
            comments(_note(answer, kind)),
            _extrinsic("supplierOrderNumber", answer.order.number),
            confirmID=answer.number,
            type=kind,
            noticeDate=instant(route.at),
        ),
        order_reference(answer.echo.po_number or answer.order.po_number, answer.echo.payload_id),
        [_item(answer, line, kind) for line in told],
    )
    return request(content, route, style, answer.parties.supplier, "confirmation")


def _extrinsic(name: str, value: str) -> Element | None:
    return E("Extrinsic", value, name=name)


def _kind(answer: OrderAnswer, style: Style) -> str:
    decided = whole(answer)
    if decided in (ACCEPTED, ""):
        return "accept"
    if decided == REJECTED:
        return "reject"
    is_offer = answer.order.is_offer
    if not is_offer and all(outcome(x).all_codes == ("backordered",) for x in answer.order.lines):
        return "backordered"
    return style.guideline if style.guideline in (ALL_DETAIL, EXCEPT) else DETAIL


def _note(answer: OrderAnswer, kind: str) -> str:
    reasons = list(remarks(answer)) if kind == "reject" else []
    return "\n".join([note for note in (answer.order.notes, *reasons) if note])


def _item(answer: OrderAnswer, line: Line, kind: str) -> Element | None:
    echo = echo_of(answer.echo, line)
    unit = unece(line.asked.unit, answer.echo, echo)
    whole_quantity = max(line.asked.quantity, confirmed_quantity(line))
    return E(
        "ConfirmationItem",
        E("UnitOfMeasure", unit),
        [*_statuses(answer, line, echo, kind, unit)],
        lineNumber=line_id(line, echo),
        quantity=said(whole_quantity),
    )


def _statuses(
    answer: OrderAnswer, line: Line, echo: EchoLine, kind: str, unit: str
) -> Iterator[Element | None]:
    """Parts whose quantities add up to that of the line: promised, without a day yet, not coming."""
    state = status(line)
    if state == REJECTED:
        yield _status("reject", line.asked.quantity, unit, comments(remark(answer, line)))
        return
    if state == ACCEPTED and kind != ALL_DETAIL:
        yield _status("accept", line.asked.quantity, unit)
        return
    for promise in promises(line):
        yield from _of_promise(answer, line, echo, kind, unit, promise)
    missing = line.asked.quantity - confirmed_quantity(line)
    if missing > 0:
        yield _status("reject", missing, unit, comments("Not delivered."))


def _of_promise(
    answer: OrderAnswer, line: Line, echo: EchoLine, kind: str, unit: str, promise: Promise
) -> Iterator[Element | None]:
    if promise.quantity:
        detail = _detail(answer, line, echo, unit, promise, all_of_it=kind == ALL_DETAIL)
        name = ALL_DETAIL if kind == ALL_DETAIL else DETAIL
        told = comments(remark(answer, line)) if is_offered(answer, line) else None
        yield _status(name, promise.quantity, unit, detail, told, day=noon(promise.day))
    if promise.open:
        is_known = kind != ALL_DETAIL and not is_offered(answer, line)
        name = "backordered" if is_known else "unknown"
        yield _status(name, promise.open, unit, comments("The date follows."))


def _status(
    kind: str, quantity: Decimal, unit: str, *content: Element | None, day: str = ""
) -> Element | None:
    return E(
        "ConfirmationStatus",
        E("UnitOfMeasure", unit),
        content,
        quantity=said(quantity),
        type=kind,
        deliveryDate=day,
    )


def _detail(
    answer: OrderAnswer, line: Line, echo: EchoLine, unit: str, promise: Promise, *, all_of_it: bool
) -> Element | None:
    """The item that comes instead, or the price where it differs."""
    price = _unit_price(answer, line, echo)
    if line.substituted:
        return E(
            "ItemIn",
            E("ItemID", E("SupplierPartID", line.item), E("BuyerPartID", echo.buyer_sku)),
            E(
                "ItemDetail",
                price,
                E("Description", first(line.description, line.item), lang=LANGUAGE),
                E("UnitOfMeasure", unit),
                E("Classification", line.item, domain="supplier"),
            ),
            quantity=said(promise.quantity),
            lineNumber=line_id(line, echo),
        )
    differs = all_of_it or "price-changed" in outcome(line).all_codes
    return price if differs else None


def _unit_price(answer: OrderAnswer, line: Line, echo: EchoLine) -> Element | None:
    found = priced(line, echo)
    if found is None or not answer.order.currency:
        return None
    return E("UnitPrice", E("Money", found[0], currency=answer.order.currency))
