"""Order-X order response: SCRDMCCBDACIOMessageStructure with type 231, in the profile that its content needs."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from core.messages.electronic.asked import is_offered
from core.messages.electronic.echoed import UNKNOWN_ITEM
from core.messages.electronic.facts import EchoLine, OrderAnswer, Route, Style
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.xml import cii
from core.messages.electronic.xml.answered import (
    ACCEPTED,
    CHANGED,
    REJECTED,
    echo_of,
    line_id,
    priced,
    promises,
    remark,
    sku,
    status,
    whole,
)
from core.messages.electronic.xml.tree import Element, document, first
from core.messages.electronic.xml.units import unece
from core.messages.facts import Line
from core.messages.outcome import confirmed_quantity

E = cii.maker("urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100", "128")

COMFORT, EXTENDED = "urn:order-x.eu:1p0:comfort", "urn:order-x.eu:1p0:extended"
RESPONSE = "231"  # UN/CEFACT 1001

PURPOSE = {"": "11", ACCEPTED: "29", CHANGED: "30", REJECTED: "27"}
"""UN/CEFACT 1225: response, accepted without amendment, accepted with amendment in the lines, not accepted."""

STATUS = {ACCEPTED: "1", CHANGED: "3", REJECTED: "8"}
"""UN/CEFACT 1373: accepted, conditionally accepted, rejected."""

LINE_STATUS = {ACCEPTED: "5", CHANGED: "6", REJECTED: "7"}
"""UN/CEFACT 1229: accepted without amendment, accepted with amendment, not accepted."""

PROPOSAL, PROPOSED = "52", "23"
"""Of an offer, 1225 and 1229 say a proposed amendment instead of an accepted one."""


def order_response(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    order, said = answer.order, whole(answer)
    if not order.currency:
        raise CannotWrite("OrderCurrencyCode", "the order has no currency")
    root = E(
        "rsm:SCRDMCCBDACIOMessageStructure",
        E(
            "rsm:ExchangedDocumentContext",
            E("ram:TestIndicator", E("udt:Indicator", "true")) if route.test else None,
            E(
                "ram:GuidelineSpecifiedDocumentContextParameter",
                E("ram:ID", _guideline(answer, style)),
            ),
        ),
        E(
            "rsm:ExchangedDocument",
            E("ram:ID", answer.number),
            E("ram:TypeCode", RESPONSE),
            E("ram:StatusCode", STATUS.get(said, "")),
            cii.day(E, "ram:IssueDateTime", answer.day),
            E("ram:PurposeCode", PROPOSAL if order.is_offer else PURPOSE[said]),
            E("ram:IncludedNote", E("ram:Content", order.notes)),
        ),
        E(
            "rsm:SupplyChainTradeTransaction",
            [_line(answer, line) for line in order.lines],
            _agreement(answer, route),
            E.always(
                "ram:ApplicableHeaderTradeDelivery",
                cii.party(E, "ram:ShipToTradeParty", answer.parties.ship_to, with_contact=False),
            ),
            _settlement(answer),
        ),
    )
    return document(root, style)


def _guideline(answer: OrderAnswer, style: Style) -> str:
    """Several days for one line need the extended profile; else comfort is enough."""
    is_split = any(len(promises(line)) > 1 for line in answer.order.lines)
    return EXTENDED if is_split or style.guideline == EXTENDED else COMFORT


def _agreement(answer: OrderAnswer, route: Route) -> Element | None:
    order, parties = answer.order, answer.parties
    return E(
        "ram:ApplicableHeaderTradeAgreement",
        cii.party(E, "ram:SellerTradeParty", parties.supplier, route.sender),
        cii.party(E, "ram:BuyerTradeParty", parties.buyer, route.receiver),
        E(
            "ram:ApplicableTradeDeliveryTerms",
            E("ram:DeliveryTypeCode", order.incoterms[:3].upper()),
        )
        if order.incoterms
        else None,
        cii.document_of(E, "ram:SellerOrderReferencedDocument", order.number),
        cii.document_of(
            E, "ram:BuyerOrderReferencedDocument", answer.echo.po_number or order.po_number
        ),
        cii.document_of(E, "ram:PreviousOrderChangeReferencedDocument", answer.echo.change_number),
    )


def _settlement(answer: OrderAnswer) -> Element | None:
    total = sum((_amount(line) for line in answer.order.lines), Decimal(0))
    return E(
        "ram:ApplicableHeaderTradeSettlement",
        E("ram:OrderCurrencyCode", answer.order.currency),
        E("ram:SpecifiedTradePaymentTerms", E("ram:Description", answer.order.payment_terms)),
        E(
            "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
            E("ram:LineTotalAmount", str(total)),
            E("ram:TaxBasisTotalAmount", str(total)),
        ),
    )


def _amount(line: Line) -> Decimal:
    """What we confirm of a line, in money."""
    amount = confirmed_quantity(line) * (line.price or Decimal(0))
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _line(answer: OrderAnswer, line: Line) -> Element | None:
    echo = echo_of(answer.echo, line)
    unit = unece(line.asked.unit, answer.echo, echo)
    return E(
        "ram:IncludedSupplyChainTradeLineItem",
        E(
            "ram:AssociatedDocumentLineDocument",
            E("ram:LineID", line_id(line, echo)),
            E(
                "ram:LineStatusCode",
                PROPOSED if is_offered(answer, line) else LINE_STATUS[status(line)],
            ),
            E("ram:IncludedNote", E("ram:Content", remark(answer, line))),
        ),
        *_products(line, echo),
        E("ram:SpecifiedLineTradeAgreement", _price(line, echo, unit)),
        _delivery(line, unit),
        E(
            "ram:SpecifiedLineTradeSettlement",
            E(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                E("ram:LineTotalAmount", str(_amount(line))),
            ),
        ),
    )


def _products(line: Line, echo: EchoLine) -> tuple[Element | None, Element | None]:
    """The item that comes, and the ordered one when it stands in for it."""
    number = sku(line, echo)
    title = first(line.description, echo.description, number, echo.buyer_sku, UNKNOWN_ITEM)
    if not line.substituted or status(line) == REJECTED:
        own = cii.product(
            E,
            "ram:SpecifiedTradeProduct",
            gtin=echo.gtin,
            sku=number,
            buyer_sku=echo.buyer_sku,
            title=title,
        )
        return own, None
    comes = cii.product(
        E, "ram:SpecifiedTradeProduct", sku=number, buyer_sku=echo.buyer_sku, title=title
    )
    ordered = cii.product(
        E,
        "ram:SubstitutedReferencedProduct",
        gtin=echo.gtin,
        sku=echo.supplier_sku,
        buyer_sku=echo.buyer_sku,
        title=echo.description,
    )
    return comes, ordered


def _price(line: Line, echo: EchoLine, unit: str) -> Element | None:
    """The confirmed price; of a line that does not come, the asked one."""
    found = priced(line, echo)
    if found is None and (status(line) == REJECTED or line.asked.price is not None):
        found = (line.asked.price or Decimal(0), Decimal(1))
    if found is None:
        raise CannotWrite("NetPriceProductTradePrice", f"line {line.number} has no price")
    return cii.price(E, *found, unit)


def _delivery(line: Line, unit: str) -> Element | None:
    found = () if status(line) == REJECTED else promises(line)
    is_split = len(found) > 1
    return E(
        "ram:SpecifiedLineTradeDelivery",
        E("ram:RequestedQuantity", line.asked.quantity, unitCode=unit),
        E("ram:AgreedQuantity", sum((p.quantity for p in found), Decimal(0)), unitCode=unit),
        [
            cii.event(
                E,
                "ram:RequestedDeliverySupplyChainEvent",
                one.day,
                E("ram:UnitQuantity", one.quantity, unitCode=unit) if is_split else None,
            )
            for one in found
            if one.day
        ],
    )
