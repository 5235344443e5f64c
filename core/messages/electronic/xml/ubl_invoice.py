"""UBL Invoice and CreditNote: Peppol BIS Billing 3, which is EN 16931 in UBL."""

from __future__ import annotations

from decimal import Decimal

from core.messages.electronic.facts import (
    Business,
    EchoLine,
    InvoiceAnswer,
    InvoicedLine,
    Route,
    Style,
)
from core.messages.electronic.xml import ubl
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
from core.messages.electronic.xml.tree import Element, Maker, document
from core.messages.electronic.xml.units import unece

EN_16931 = "urn:cen.eu:en16931:2017"
SPECIFICATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
INVOICE, CREDIT_NOTE = "380", "381"  # UN/CEFACT 1001
FREIGHT = "FC"  # UN/CEFACT 7161


def invoice(answer: InvoiceAnswer, route: Route, style: Style) -> bytes:
    """An Invoice, or a CreditNote with positive amounts. Raises CannotWrite where a receiver would refuse it."""
    e = ubl.maker("CreditNote" if answer.is_credit else "Invoice")
    answer = positive(answer)
    require(answer)
    totals = sums(answer)
    root = e(
        "CreditNote" if answer.is_credit else "Invoice",
        _head(e, answer, style),
        _references(e, answer),
        e("cac:AccountingSupplierParty", _party(e, answer.parties.supplier, route, totals)),
        e(
            "cac:AccountingCustomerParty",
            _party(e, answer.parties.buyer, route, totals, ours=False),
        ),
        _delivery(e, answer),
        _payment(e, answer),
        _freight(e, answer, totals),
        _tax_total(e, answer, totals),
        _monetary_total(e, answer, totals),
        [_line(e, answer, line) for line in answer.lines],
    )
    return document(root, style)


def _head(e: Maker, answer: InvoiceAnswer, style: Style) -> list[Element | None]:
    customization, profile = ubl.process(
        style.guideline, ("invoice", "billing", "en16931"), (SPECIFICATION, PROCESS), EN_16931
    )
    due = None if answer.is_credit else e("cbc:DueDate", answer.due_on)
    kind = ("CreditNoteTypeCode", CREDIT_NOTE) if answer.is_credit else ("InvoiceTypeCode", INVOICE)
    return [
        e("cbc:CustomizationID", customization),
        e("cbc:ProfileID", profile),
        e("cbc:ID", answer.number),
        e("cbc:IssueDate", answer.day),
        due,
        e(f"cbc:{kind[0]}", kind[1]),
        e("cbc:DocumentCurrencyCode", answer.currency),
    ]


def _references(e: Maker, answer: InvoiceAnswer) -> list[Element | None]:
    return [
        e(
            "cac:OrderReference",
            e("cbc:ID", answer.echo.po_number or answer.po_number or answer.order_number),
            e("cbc:SalesOrderID", answer.order_number),
        ),
        e("cac:DespatchDocumentReference", e("cbc:ID", answer.shipment_number)),
    ]


def _party(
    e: Maker, business: Business, route: Route, totals: Sums, *, ours: bool = True
) -> Element | None:
    """Tax numbers are not named on what is outside tax (EN 16931, BR-O-02)."""
    return e(
        "cac:Party",
        ubl.end_point(e, route.sender if ours else route.receiver, business),
        ubl.identifications(e, business, most=9 if ours else 1),
        e("cac:PartyName", e("cbc:Name", business.name)),
        ubl.address(e, "cac:PostalAddress", business.address),
        None if totals.is_outside_tax else ubl.tax_scheme(e, business),
        ubl.legal_entity(e, business),
        ubl.contact(e, business),
    )


def _delivery(e: Maker, answer: InvoiceAnswer) -> Element | None:
    place = answer.parties.ship_to
    number = next((one.id for one in place.ids if one.scheme == "gln"), "")
    return e(
        "cac:Delivery",
        e("cbc:ActualDeliveryDate", answer.shipped_on),
        e(
            "cac:DeliveryLocation",
            e("cbc:ID", number, schemeID="0088"),
            ubl.address(e, "cac:Address", place.address) if place.address.country else None,
        ),
        e("cac:DeliveryParty", e("cac:PartyName", e("cbc:Name", place.name))),
    )


def _payment(e: Maker, answer: InvoiceAnswer) -> list[Element | None]:
    found = account(answer.bank)
    terms = e("cac:PaymentTerms", e("cbc:Note", answer.payment_terms))
    if found is None:
        return [terms]
    means = e(
        "cac:PaymentMeans",
        e("cbc:PaymentMeansCode", CREDIT_TRANSFER),
        e("cbc:PaymentDueDate", answer.due_on) if answer.is_credit else None,
        e("cbc:PaymentID", answer.number),
        e(
            "cac:PayeeFinancialAccount",
            e("cbc:ID", found.iban),
            e("cbc:Name", answer.parties.supplier.name),
            e("cac:FinancialInstitutionBranch", e("cbc:ID", found.bic)),
        ),
    )
    return [means, terms]


def _money(e: Maker, name: str, amount: Decimal, answer: InvoiceAnswer) -> Element | None:
    return e(name, str(amount.quantize(CENT)), currencyID=answer.currency)


def _tax_category(
    e: Maker, name: str, found: Category, *, with_reason: bool = False
) -> Element | None:
    return e(
        name,
        e("cbc:ID", found.code),
        e("cbc:Percent", found.percent) if found.code != "O" else None,
        e("cbc:TaxExemptionReasonCode", found.reason_code) if with_reason else None,
        e("cbc:TaxExemptionReason", found.reason) if with_reason else None,
        e("cac:TaxScheme", e("cbc:ID", "VAT")),
    )


def _freight(e: Maker, answer: InvoiceAnswer, totals: Sums) -> Element | None:
    if not totals.freight:
        return None
    return e(
        "cac:AllowanceCharge",
        e("cbc:ChargeIndicator", "true"),
        e("cbc:AllowanceChargeReasonCode", FREIGHT),
        e("cbc:AllowanceChargeReason", "Freight"),
        _money(e, "cbc:Amount", totals.freight, answer),
        _tax_category(e, "cac:TaxCategory", totals.freight_category),
    )


def _tax_total(e: Maker, answer: InvoiceAnswer, totals: Sums) -> Element | None:
    return e(
        "cac:TaxTotal",
        _money(e, "cbc:TaxAmount", totals.tax, answer),
        [
            e(
                "cac:TaxSubtotal",
                _money(e, "cbc:TaxableAmount", share.taxable, answer),
                _money(e, "cbc:TaxAmount", share.tax, answer),
                _tax_category(e, "cac:TaxCategory", share.category, with_reason=True),
            )
            for share in totals.shares
        ],
    )


def _monetary_total(e: Maker, answer: InvoiceAnswer, totals: Sums) -> Element | None:
    charges = _money(e, "cbc:ChargeTotalAmount", totals.freight, answer)
    return e(
        "cac:LegalMonetaryTotal",
        _money(e, "cbc:LineExtensionAmount", totals.lines, answer),
        _money(e, "cbc:TaxExclusiveAmount", totals.net, answer),
        _money(e, "cbc:TaxInclusiveAmount", totals.total, answer),
        charges if totals.freight else None,
        _money(e, "cbc:PayableAmount", totals.total, answer),
    )


def _line(e: Maker, answer: InvoiceAnswer, line: InvoicedLine) -> Element | None:
    echo = answer.echo.lines.get(line.number, EchoLine())
    unit = unece(line.unit, answer.echo, echo)
    quantity = "cbc:CreditedQuantity" if answer.is_credit else "cbc:InvoicedQuantity"
    return e(
        "cac:CreditNoteLine" if answer.is_credit else "cac:InvoiceLine",
        e("cbc:ID", line.number),
        e(quantity, line.quantity, unitCode=unit),
        _money(e, "cbc:LineExtensionAmount", line.amount, answer),
        e("cac:OrderLineReference", e("cbc:LineID", echo.line_no or line.number)),
        ubl.item(
            e,
            line.description,
            line.item,
            echo,
            _tax_category(e, "cac:ClassifiedTaxCategory", category(answer, line.tax_percent)),
        ),
        e("cac:Price", e("cbc:PriceAmount", line.price, currencyID=answer.currency)),
    )
