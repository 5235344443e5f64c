"""Rules about amounts, allowances and tax that orders and their changes share."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extraction.edi.peppol.lists import codes, vat_prefixes
from extraction.edi.peppol.paper import (
    ZERO,
    Element,
    Paper,
    cents,
    child,
    children,
    decimal,
    figure,
    local,
    parent,
    text,
)

SLACK = Decimal("0.02")
_TOTAL = "AnticipatedMonetaryTotal"


def amounts(paper: Paper) -> Iterator[Element]:
    """Every amount that counts; those of the total whatever their name."""
    for total in paper.all(_TOTAL):
        yield from total
    for element in paper.all(
        "Amount", "TaxAmount", "LineExtensionAmount", "PriceAmount", "BaseAmount"
    ):
        if parent(element) != _TOTAL:
            yield element


def other_currencies(paper: Paper) -> Iterator[Element]:
    return (e for e in amounts(paper) if e.get("currencyID", paper.currency) != paper.currency)


def too_many_decimals(paper: Paper) -> Iterator[Element]:
    for element in amounts(paper):
        if len((element.text or "").partition(".")[2]) > 2 and not _in_price(element):
            yield element


def _in_price(element: Element) -> bool:
    return any(local(above) == "Price" for above in element.iterancestors())


def negative_payable(paper: Paper) -> Iterator[Element]:
    return (t for t in paper.all(_TOTAL) if figure(child(t, "PayableAmount"), Decimal(-1)) < 0)


def negative_line_sum(paper: Paper) -> Iterator[Element]:
    return (
        t for t in paper.all(_TOTAL) if figure(child(t, "LineExtensionAmount"), Decimal(-1)) < 0
    )


def line_sum_differs(paper: Paper) -> Iterator[Element]:
    stated = [figure(child(line, "LineExtensionAmount")) for line in paper.lines]
    for total in paper.all(_TOTAL):
        if decimal(child(total, "LineExtensionAmount")) != cents(sum(stated, ZERO)):
            yield total


def sum_of(owner: Element, charge: str) -> Decimal:
    """The allowances ("false") or charges ("true") of a message or a line, added up."""
    found = children(owner, "AllowanceCharge")
    kept = [e for e in found if text(child(e, "ChargeIndicator")) == charge]
    return cents(sum((figure(child(e, "Amount")) for e in kept), ZERO))


def allowance_sum_differs(paper: Paper) -> Iterator[Element]:
    expected = sum_of(paper.root, "false")
    return (t for t in paper.all(_TOTAL) if figure(child(t, "AllowanceTotalAmount")) != expected)


def charge_sum_differs(paper: Paper) -> Iterator[Element]:
    expected = sum_of(paper.root, "true")
    return (t for t in paper.all(_TOTAL) if figure(child(t, "ChargeTotalAmount")) != expected)


def _before_tax(total: Element) -> Decimal:
    lines = figure(child(total, "LineExtensionAmount"))
    less = figure(child(total, "AllowanceTotalAmount"))
    return lines - less + figure(child(total, "ChargeTotalAmount"))


def before_tax_differs(paper: Paper) -> Iterator[Element]:
    for total in paper.all(_TOTAL):
        stated = figure(child(total, "TaxExclusiveAmount"), _before_tax(total))
        if child(total, "LineExtensionAmount") is None or stated != _before_tax(total):
            yield total


def payable_differs(paper: Paper) -> Iterator[Element]:
    for total in paper.all(_TOTAL):
        gross = figure(child(total, "TaxInclusiveAmount"))
        due = gross - figure(child(total, "PrepaidAmount"))
        due += figure(child(total, "PayableRoundingAmount"))
        if gross and decimal(child(total, "PayableAmount")) != due:
            yield total


def with_tax_differs(paper: Paper) -> Iterator[Element]:
    """The published test of T114 reads the tax of an Order and so can never hold; its sentence is followed here."""
    tax = paper.head("TaxTotal")
    for total in paper.all(_TOTAL):
        gross = figure(child(total, "TaxInclusiveAmount"))
        net = figure(child(total, "TaxExclusiveAmount"), _before_tax(total))
        if gross and tax is not None and gross != net + figure(child(tax, "TaxAmount")):
            yield total


# allowances and charges


def percentage_without_base(paper: Paper) -> Iterator[Element]:
    for element in paper.all("AllowanceCharge"):
        if (
            child(element, "MultiplierFactorNumeric") is not None
            and child(element, "BaseAmount") is None
        ):
            yield element


def base_without_percentage(paper: Paper) -> Iterator[Element]:
    for element in paper.allowances:
        if (
            child(element, "BaseAmount") is not None
            and child(element, "MultiplierFactorNumeric") is None
        ):
            yield element


def percentage_differs(paper: Paper) -> Iterator[Element]:
    for element in paper.allowances:
        base = child(element, "BaseAmount")
        percent = child(element, "MultiplierFactorNumeric")
        if base is not None and percent is not None:
            expected = figure(base) * figure(percent) / 100
            if abs(figure(child(element, "Amount")) - expected) > SLACK:
                yield element


def no_reason(paper: Paper) -> Iterator[Element]:
    for element in paper.allowances:
        if not {"AllowanceChargeReason", "AllowanceChargeReasonCode"} & set(map(local, element)):
            yield element


def negative_allowance(paper: Paper) -> Iterator[Element]:
    return (e for e in paper.allowances if figure(child(e, "Amount"), Decimal(-1)) < 0)


def _reason_codes(paper: Paper, charge: str) -> Iterator[Element]:
    for code in paper.all("AllowanceChargeReasonCode"):
        if text(child(code.getparent(), "ChargeIndicator")) == charge:
            yield code


def unknown_allowance_reason(paper: Paper) -> Iterator[Element]:
    return (c for c in _reason_codes(paper, "false") if text(c) not in codes("allowance"))


def unknown_charge_reason(paper: Paper) -> Iterator[Element]:
    return (c for c in _reason_codes(paper, "true") if text(c) not in codes("charge"))


# tax


def rate_missing(paper: Paper) -> Iterator[Element]:
    for category in paper.all("TaxCategory", "ClassifiedTaxCategory"):
        if child(category, "Percent") is None and text(child(category, "ID")) != "O":
            yield category


def standard_rate_zero(paper: Paper) -> Iterator[Element]:
    for category in paper.all("TaxCategory", "ClassifiedTaxCategory"):
        if text(child(category, "ID")) == "S" and figure(child(category, "Percent")) <= 0:
            yield category


def vat_number_without_country(paper: Paper) -> Iterator[Element]:
    for scheme in paper.all("PartyTaxScheme"):
        number = child(scheme, "CompanyID")
        if (
            text(child(scheme, "TaxScheme", "ID")) == "VAT"
            and number is not None
            and text(number)[:2] not in vat_prefixes()
        ):
            yield number
