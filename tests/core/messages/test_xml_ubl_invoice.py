"""UBL invoices and credit notes: valid by the schema, sums as stored, tax by rate with its reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree

from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.xml.payment import Account, account
from core.messages.electronic.xml.taxes import sums
from core.messages.electronic.xml.ubl_invoice import invoice as write
from core.values import Address
from tests.core.messages.xml_answers import PARTIES, PLAIN, ROUTE, invoice, invoiced, untaxed
from tests.core.messages.xml_schemas import faults


def texts(root: etree._Element, path: str) -> list[str]:
    steps = [f"*[local-name()='{step}']" for step in path.split("/")]
    return [e.text or "" for e in root.xpath(".//" + "/".join(steps))]


def written(made, schema: str = "ubl/Invoice") -> etree._Element:
    document = write(made, ROUTE, PLAIN)
    assert faults(schema, document) == []
    return etree.fromstring(document)


def test_an_invoice() -> None:
    root = written(invoice())
    assert texts(root, "InvoiceTypeCode") == ["380"]
    assert texts(root, "LegalMonetaryTotal/LineExtensionAmount") == ["45.00"]
    assert texts(root, "ChargeTotalAmount") == ["10.00"]
    assert texts(root, "TaxExclusiveAmount") == ["55.00"]
    assert texts(root, "PayableAmount") == ["68.75"]
    assert texts(root, "TaxSubtotal/TaxableAmount") == ["55.00"]
    assert texts(root, "PayeeFinancialAccount/ID") == ["NO9386011117947"]
    assert texts(root, "OrderLineReference/LineID") == ["10", "20"]
    assert texts(root, "DueDate") == ["2026-04-19"]
    assert texts(root, "DespatchDocumentReference/ID") == ["SH000077"]


def test_a_credit_note() -> None:
    root = written(invoice(is_credit=True), "ubl/CreditNote")
    assert etree.QName(root).localname == "CreditNote"
    assert texts(root, "CreditNoteTypeCode") == ["381"]
    assert texts(root, "CreditedQuantity") == ["300", "50"]
    assert texts(root, "DueDate") == []


def test_two_rates_share_the_stored_tax_and_the_freight() -> None:
    lines = (invoiced("1", "100.00", "25"), invoiced("2", "33.33", "15"))
    made = invoice(lines=lines, tax=Decimal("32.50"), total=Decimal("175.83"), freight=Decimal("10.00"), net=Decimal("133.33"))  # fmt: skip
    shares = {str(s.category.percent): (s.taxable, s.tax) for s in sums(made).shares}
    assert shares == {
        "25": (Decimal("110.00"), Decimal("27.50")),
        "15": (Decimal("33.33"), Decimal("5.00")),
    }
    written(made)


def test_cents_of_rounding_by_line_go_to_the_largest_share() -> None:
    lines = tuple(invoiced(str(n), "0.10", "25") for n in range(1, 5))
    made = invoice(lines=lines, tax=Decimal("0.12"), total=Decimal("0.52"), freight=Decimal(0))
    [share] = sums(made).shares
    assert (share.taxable, share.tax) == (Decimal("0.40"), Decimal("0.12"))


@pytest.mark.parametrize(
    "changes",
    [
        {"total": Decimal("70.00")},
        {"tax": Decimal("20.00"), "total": Decimal("75.00")},
        {"currency": ""},
        {"parties": replace(PARTIES, buyer=replace(PARTIES.buyer, address=Address("x")))},
    ],
)
def test_what_does_not_add_up_or_lacks_its_country_is_not_written(changes) -> None:
    with pytest.raises(CannotWrite):
        write(invoice(**changes), ROUTE, PLAIN)


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (untaxed("SE"), "K"),
        (untaxed("NO"), "G"),
        (untaxed("IE"), "Z"),
        (untaxed("SE", theirs=False), "Z"),
        (untaxed("SE", vat=False), "O"),
        (untaxed("SE", ours="US"), "Z"),
    ],
)
def test_why_no_tax_is_asked(made, code: str) -> None:
    root = written(made)
    assert texts(root, "TaxSubtotal/TaxCategory/ID") == [code]
    assert bool(texts(root, "TaxExemptionReasonCode")) == (code in "KGO")
    assert bool(texts(root, "TaxCategory/Percent")) == (code != "O")
    if code == "O":
        assert texts(root, "PartyTaxScheme") == []


@pytest.mark.parametrize(
    ("bank", "found"),
    [
        ("IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFFXXX", Account("DE89370400440532013000", "COBADEFFXXX")),
        ("GB82WEST12345698765432", Account("GB82WEST12345698765432")),
        ("DE89 3704 0044 0532 0130 01", None),
        ("ABA 021000021 account 12345", None),
        ("", None),
    ],
)  # fmt: skip
def test_accounts_are_told_from_bank_details(bank: str, found: Account | None) -> None:
    assert account(bank) == found


def test_without_an_account_the_terms_still_stand() -> None:
    root = written(invoice(bank="Ask us"))
    assert texts(root, "PaymentMeans") == []
    assert texts(root, "PaymentTerms/Note") == ["30 days net"]
