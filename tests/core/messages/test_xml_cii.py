"""UN/CEFACT: Order-X responses and EN 16931 invoices, valid by the schema of the profile that they name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from core.messages.electronic.facts import Style
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.xml.cii_invoice import invoice as write_invoice
from core.messages.electronic.xml.cii_order_response import order_response
from core.values import Address
from extraction.edi import read_any
from tests.core.messages.xml_answers import (
    LATER,
    ORDER,
    PARTIES,
    PLAIN,
    ROUTE,
    SOON,
    answer,
    changed,
    invoice,
    line,
    parts,
    untaxed,
)
from tests.core.messages.xml_schemas import faults


def texts(root: etree._Element, path: str) -> list[str]:
    steps = [f"*[local-name()='{step}']" for step in path.split("/")]
    return [e.text or "" for e in root.xpath(".//" + "/".join(steps))]


def written(made) -> etree._Element:
    document = order_response(made, ROUTE, PLAIN)
    root = etree.fromstring(document)
    profile = texts(root, "GuidelineSpecifiedDocumentContextParameter/ID")[0].rpartition(":")[2]
    assert faults(f"cii/{profile}", document) == []
    return root


def test_an_accepted_order() -> None:
    root = written(answer())
    assert texts(root, "ExchangedDocument/TypeCode") == ["231"]
    assert texts(root, "PurposeCode") == ["29"]
    assert texts(root, "ExchangedDocument/StatusCode") == ["1"]
    assert texts(root, "BuyerOrderReferencedDocument/IssuerAssignedID") == ["PO-300"]
    assert texts(root, "LineStatusCode") == ["5", "5", "5"]


def test_a_changed_order() -> None:
    root = written(changed())
    assert texts(root, "PurposeCode") == ["30"]
    assert texts(root, "LineStatusCode") == ["6", "6", "7"]
    assert texts(root, "RequestedQuantity") == ["400", "50", "6"]
    assert texts(root, "AgreedQuantity") == ["400", "20", "0"]
    days = [f"{SOON:%Y%m%d}", f"{LATER:%Y%m%d}", f"{LATER:%Y%m%d}"]
    assert texts(root, "OccurrenceDateTime/DateTimeString") == days
    assert texts(root, "UnitQuantity") == ["300", "100"]
    assert texts(root, "ChargeAmount") == ["12.5", "0.15", "0.125"]


def test_several_days_need_the_extended_profile_and_nothing_else_does() -> None:
    assert texts(written(answer()), "GuidelineSpecifiedDocumentContextParameter/ID") == [
        "urn:order-x.eu:1p0:comfort"
    ]
    root = written(answer(line(parts=parts(("300", SOON), ("100", LATER)))))
    assert texts(root, "GuidelineSpecifiedDocumentContextParameter/ID") == [
        "urn:order-x.eu:1p0:extended"
    ]


@pytest.mark.parametrize(
    ("made", "purpose", "state"),
    [
        (answer(line(parts=(), rejected_reason="No.")), "27", "8"),
        (replace(answer(), order=replace(ORDER, cancelled=True)), "27", "8"),
        (answer(line(parts=parts(("300", SOON)))), "30", "3"),
    ],
)
def test_purposes(made, purpose: str, state: str) -> None:
    root = written(made)
    assert texts(root, "PurposeCode") == [purpose]
    assert texts(root, "ExchangedDocument/StatusCode") == [state]


def test_a_substitute_names_the_ordered_item() -> None:
    root = written(answer(line(substituted=True, item="WX-8-A2", description="Washer M8 A2")))
    assert texts(root, "SpecifiedTradeProduct/SellerAssignedID") == ["WX-8-A2"]
    assert texts(root, "SubstitutedReferencedProduct/SellerAssignedID") == ["WX-8"]


def test_our_own_reader_takes_the_response_for_an_answer() -> None:
    reading = read_any(order_response(changed(), ROUTE, PLAIN), 1)
    assert reading is not None
    assert reading.format == "cii/OrderResponse"
    assert reading.orders == ()


def test_a_test_says_so() -> None:
    document = order_response(answer(), replace(ROUTE, test=True), PLAIN)
    assert faults("cii/comfort", document) == []
    assert texts(etree.fromstring(document), "TestIndicator/Indicator") == ["true"]


def test_prices_and_currencies_are_never_made_up() -> None:
    asked = replace(line().asked, price=None)
    with pytest.raises(CannotWrite):
        order_response(answer(line("9", price=None, asked=asked)), ROUTE, PLAIN)
    with pytest.raises(CannotWrite):
        order_response(replace(answer(), order=replace(ORDER, currency="")), ROUTE, PLAIN)


# invoices


@pytest.mark.parametrize(
    "made", [invoice(), invoice(is_credit=True), untaxed("SE"), untaxed("SE", vat=False)]
)
def test_invoices_pass_the_profile(made) -> None:
    document = write_invoice(made, ROUTE, PLAIN)
    assert faults("cii/Invoice", document) == []


def test_an_invoice_says_the_stored_sums() -> None:
    root = etree.fromstring(write_invoice(invoice(), ROUTE, PLAIN))
    assert texts(root, "ExchangedDocument/TypeCode") == ["380"]
    assert texts(root, "GrandTotalAmount") == ["68.75"]
    assert texts(root, "TaxTotalAmount") == ["13.75"]
    assert texts(root, "ChargeTotalAmount") == ["10.00"]
    assert texts(root, "BilledQuantity") == ["300", "50"]
    assert texts(root, "IBANID") == ["NO9386011117947"]


def test_an_invoice_needs_countries_and_sums_that_close() -> None:
    with pytest.raises(CannotWrite):
        write_invoice(invoice(total=Decimal("1.00")), ROUTE, PLAIN)
    nowhere = replace(PARTIES, supplier=replace(PARTIES.supplier, address=Address("x")))
    with pytest.raises(CannotWrite):
        write_invoice(invoice(parties=nowhere), ROUTE, Style())


def test_the_guideline_of_their_order_is_not_the_invoices() -> None:
    document = write_invoice(invoice(), ROUTE, Style(guideline="urn:order-x.eu:1p0:comfort"))
    root = etree.fromstring(document)
    assert texts(root, "GuidelineSpecifiedDocumentContextParameter/ID") == [
        "urn:cen.eu:en16931:2017"
    ]
