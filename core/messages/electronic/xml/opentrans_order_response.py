"""openTRANS 2.1 ORDERRESPONSE: each line as it will be delivered; one that does not come has quantity 0 and a remark.

There is no status: that it is an offer stands in the remarks of the header and of each line.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from core.messages.electronic.facts import OrderAnswer, Route, Style
from core.messages.electronic.xml.answered import (
    REJECTED,
    echo_of,
    line_id,
    priced,
    promises,
    remark,
    sku,
    status,
)
from core.messages.electronic.xml.opentrans import (
    VERSION,
    E,
    delivery_day,
    parties,
    product,
    reference,
    remarks,
)
from core.messages.electronic.xml.tree import Element, document
from core.messages.electronic.xml.units import unece
from core.messages.facts import Line

CENT = Decimal("0.01")


def order_response(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    order = answer.order
    total = sum((_amount(line) for line in order.lines), Decimal(0))
    root = E(
        "ORDERRESPONSE",
        E(
            "ORDERRESPONSE_HEADER",
            E("CONTROL_INFO", E("GENERATION_DATE", f"{route.at:%Y-%m-%dT%H:%M:%S}")),
            _info(answer),
        ),
        E("ORDERRESPONSE_ITEM_LIST", [_item(answer, line) for line in order.lines]),
        E(
            "ORDERRESPONSE_SUMMARY",
            E("TOTAL_ITEM_NUM", str(len(order.lines))),
            E("TOTAL_AMOUNT", str(total)) if all(line.price for line in order.lines) else None,
        ),
        version=VERSION,
    )
    return document(root, style)


def _info(answer: OrderAnswer) -> Element | None:
    order, found = answer.order, answer.parties
    return E(
        "ORDERRESPONSE_INFO",
        E("ORDER_ID", answer.echo.po_number or order.po_number),
        E("ORDERRESPONSE_DATE", answer.day),
        E("ORDER_DATE", order.order_date),
        E("SUPPLIER_ORDER_ID", order.number),
        E("ORDERCHANGE_SEQUENCE_ID", answer.echo.change_number)
        if answer.echo.change_number.isdigit()
        else None,
        parties(found),
        E(
            "ORDER_PARTIES_REFERENCE",
            reference("bmecat:BUYER_IDREF", found.buyer),
            reference("bmecat:SUPPLIER_IDREF", found.supplier),
            E("SHIPMENT_PARTIES_REFERENCE", reference("DELIVERY_IDREF", found.ship_to)),
        ),
        E("bmecat:CURRENCY", order.currency),
        remarks(order.notes),
    )


def _coming(line: Line) -> Decimal:
    if status(line) == REJECTED:
        return Decimal(0)
    return sum((p.quantity + p.open for p in promises(line)), Decimal(0))


def _amount(line: Line) -> Decimal:
    return (_coming(line) * (line.price or Decimal(0))).quantize(CENT, ROUND_HALF_UP)


def _item(answer: OrderAnswer, line: Line) -> Element | None:
    echo = echo_of(answer.echo, line)
    price = priced(line, echo)
    return E(
        "ORDERRESPONSE_ITEM",
        E("LINE_ITEM_ID", line_id(line, echo)),
        product(sku(line, echo), line.description, echo, is_substitute=line.substituted),
        E("QUANTITY", _coming(line)),
        E("bmecat:ORDER_UNIT", unece(line.asked.unit, answer.echo, echo)),
        E(
            "PRODUCT_PRICE_FIX",
            E("bmecat:PRICE_AMOUNT", price[0]),
            E("bmecat:PRICE_QUANTITY", price[1]),
        )
        if price
        else None,
        E("PRICE_LINE_AMOUNT", str(_amount(line))) if line.price is not None else None,
        _when(line),
        remarks(remark(answer, line)),
    )


def _when(line: Line) -> Element | None:
    """One day, or a list of parts; a part without a day has none yet."""
    found = () if status(line) == REJECTED else promises(line)
    parts = [(p.quantity, p.day) for p in found if p.quantity]
    parts += [(p.open, None) for p in found if p.open]
    if len(parts) == 1:
        return delivery_day(parts[0][1])
    return E(
        "PARTIAL_DELIVERY_LIST",
        [
            E("PARTIAL_DELIVERY", E("QUANTITY", quantity), delivery_day(day))
            for quantity, day in parts
        ],
    )
