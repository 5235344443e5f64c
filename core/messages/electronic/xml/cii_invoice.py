"""Cross Industry Invoice in the EN 16931 profile: what Factur-X and ZUGFeRD carry (UN/CEFACT D16B)."""

from __future__ import annotations

from decimal import Decimal

from core.messages.electronic.facts import EchoLine, InvoiceAnswer, InvoicedLine, Route, Style
from core.messages.electronic.xml import cii
from core.messages.electronic.xml.payment import CREDIT_TRANSFER, account
from core.messages.electronic.xml.taxes import (
    CENT,
    Category,
    Sums,
    category,
    positive,
    require,
    sums,
)
from core.messages.electronic.xml.tree import Element, document, first
from core.messages.electronic.xml.units import unece
from core.values import Address

E = cii.maker("urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", "100")

EN_16931 = "urn:cen.eu:en16931:2017"
INVOICE, CREDIT_NOTE = "380", "381"  # UN/CEFACT 1001
FREIGHT = "FC"  # UN/CEFACT 7161


def invoice(answer: InvoiceAnswer, route: Route, style: Style) -> bytes:
    """An invoice or a credit note with positive amounts. Raises CannotWrite where a receiver would refuse it."""
    answer = positive(answer)
    require(answer)
    totals = sums(answer)
    root = E(
        "rsm:CrossIndustryInvoice",
        E(
            "rsm:ExchangedDocumentContext",
            E(
                "ram:GuidelineSpecifiedDocumentContextParameter",
                E("ram:ID", _guideline(style)),
            ),
        ),
        E(
            "rsm:ExchangedDocument",
            E("ram:ID", answer.number),
            E("ram:TypeCode", CREDIT_NOTE if answer.is_credit else INVOICE),
            cii.day(E, "ram:IssueDateTime", answer.day),
        ),
        E(
            "rsm:SupplyChainTradeTransaction",
            [_line(answer, line) for line in answer.lines],
            _agreement(answer, route, totals),
            _delivery(answer),
            _settlement(answer, totals),
        ),
    )
    return document(root, style)


def _guideline(style: Style) -> str:
    """The profile's when it is one of invoices; that of their order (Order-X) is none."""
    return style.guideline if "en16931" in style.guideline else EN_16931


def _line(answer: InvoiceAnswer, line: InvoicedLine) -> Element | None:
    echo = answer.echo.lines.get(line.number, EchoLine())
    unit = unece(line.unit, answer.echo, echo)
    return E(
        "ram:IncludedSupplyChainTradeLineItem",
        E("ram:AssociatedDocumentLineDocument", E("ram:LineID", line.number)),
        cii.product(
            E,
            "ram:SpecifiedTradeProduct",
            gtin=echo.gtin,
            sku=line.item,
            buyer_sku=echo.buyer_sku,
            title=first(line.description, line.item),
        ),
        E(
            "ram:SpecifiedLineTradeAgreement",
            E("ram:BuyerOrderReferencedDocument", E("ram:LineID", echo.line_no or line.number)),
            cii.price(E, line.price, Decimal(1), unit),
        ),
        E("ram:SpecifiedLineTradeDelivery", E("ram:BilledQuantity", line.quantity, unitCode=unit)),
        E(
            "ram:SpecifiedLineTradeSettlement",
            _tax("ram:ApplicableTradeTax", category(answer, line.tax_percent)),
            E(
                "ram:SpecifiedTradeSettlementLineMonetarySummation",
                _money("ram:LineTotalAmount", line.amount),
            ),
        ),
    )


def _money(name: str, amount: Decimal, **attributes: str) -> Element | None:
    return E(name, str(amount.quantize(CENT)), **attributes)


def _tax(name: str, found: Category) -> Element | None:
    return E(
        name,
        E("ram:TypeCode", "VAT"),
        E("ram:CategoryCode", found.code),
        E("ram:RateApplicablePercent", found.percent) if found.code != "O" else None,
    )


def _agreement(answer: InvoiceAnswer, route: Route, totals: Sums) -> Element | None:
    taxed = not totals.is_outside_tax
    parties = answer.parties
    return E(
        "ram:ApplicableHeaderTradeAgreement",
        cii.party(E, "ram:SellerTradeParty", parties.supplier, route.sender, with_tax=taxed),
        cii.party(E, "ram:BuyerTradeParty", parties.buyer, route.receiver, with_tax=taxed),
        cii.document_of(E, "ram:SellerOrderReferencedDocument", answer.order_number),
        cii.document_of(
            E, "ram:BuyerOrderReferencedDocument", answer.echo.po_number or answer.po_number
        ),
    )


def _delivery(answer: InvoiceAnswer) -> Element:
    place = answer.parties.ship_to
    return E.always(
        "ram:ApplicableHeaderTradeDelivery",
        cii.party(E, "ram:ShipToTradeParty", place, with_contact=False, with_tax=False)
        if place.address != Address()
        else None,
        cii.event(E, "ram:ActualDeliverySupplyChainEvent", answer.shipped_on),
        cii.document_of(E, "ram:DespatchAdviceReferencedDocument", answer.shipment_number),
    )


def _settlement(answer: InvoiceAnswer, totals: Sums) -> Element | None:
    return E(
        "ram:ApplicableHeaderTradeSettlement",
        E("ram:PaymentReference", answer.number),
        E("ram:InvoiceCurrencyCode", answer.currency),
        _payment(answer),
        [
            E(
                "ram:ApplicableTradeTax",
                _money("ram:CalculatedAmount", share.tax),
                E("ram:TypeCode", "VAT"),
                E("ram:ExemptionReason", share.category.reason),
                _money("ram:BasisAmount", share.taxable),
                E("ram:CategoryCode", share.category.code),
                E("ram:ExemptionReasonCode", share.category.reason_code),
                E("ram:RateApplicablePercent", share.category.percent)
                if share.category.code != "O"
                else None,
            )
            for share in totals.shares
        ],
        _freight(totals),
        E(
            "ram:SpecifiedTradePaymentTerms",
            E("ram:Description", answer.payment_terms),
            cii.day(E, "ram:DueDateDateTime", answer.due_on),
        ),
        _summation(answer, totals),
    )


def _payment(answer: InvoiceAnswer) -> Element | None:
    found = account(answer.bank)
    if found is None:
        return None
    return E(
        "ram:SpecifiedTradeSettlementPaymentMeans",
        E("ram:TypeCode", CREDIT_TRANSFER),
        E(
            "ram:PayeePartyCreditorFinancialAccount",
            E("ram:IBANID", found.iban),
            E("ram:AccountName", answer.parties.supplier.name),
        ),
        E("ram:PayeeSpecifiedCreditorFinancialInstitution", E("ram:BICID", found.bic)),
    )


def _freight(totals: Sums) -> Element | None:
    if not totals.freight:
        return None
    return E(
        "ram:SpecifiedTradeAllowanceCharge",
        E("ram:ChargeIndicator", E("udt:Indicator", "true")),
        _money("ram:ActualAmount", totals.freight),
        E("ram:ReasonCode", FREIGHT),
        E("ram:Reason", "Freight"),
        _tax("ram:CategoryTradeTax", totals.freight_category),
    )


def _summation(answer: InvoiceAnswer, totals: Sums) -> Element | None:
    return E(
        "ram:SpecifiedTradeSettlementHeaderMonetarySummation",
        _money("ram:LineTotalAmount", totals.lines),
        _money("ram:ChargeTotalAmount", totals.freight) if totals.freight else None,
        _money("ram:TaxBasisTotalAmount", totals.net),
        _money("ram:TaxTotalAmount", totals.tax, currencyID=answer.currency),
        _money("ram:GrandTotalAmount", totals.total),
        _money("ram:DuePayableAmount", totals.total),
    )
