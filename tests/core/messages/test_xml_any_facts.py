"""Whatever the facts: every XML answer is valid by its schema, breaks no rule of Peppol, and adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from core.inbound.envelopes import Endpoint
from core.messages.electronic.echoed import UNKNOWN_ITEM
from core.messages.electronic.facts import EchoLine, InvoicedLine
from core.messages.electronic.write import write_invoice, write_order_answer
from core.messages.facts import Asked, Line, Part
from extraction.edi.peppol import broken
from tests.core.messages.test_xml_cxml import DTD as CXML_DTD
from tests.core.messages.test_xml_gs1 import DTD as GS1_DTD
from tests.core.messages.test_xml_idoc import valid as valid_idoc
from tests.core.messages.test_xml_oagis import DTD as OAGIS_DTD
from tests.core.messages.test_xml_opentrans import DTD as OPENTRANS_DTD
from tests.core.messages.xml_answers import ECHO, PLAIN, ROUTE, answer, invoice
from tests.core.messages.xml_schemas import faults

CENT = Decimal("0.01")
OUR_NUMBER = (
    "SellerAssignedID",
    "SUPPLIER_PID",
    "IDTNR",
    "ID",
    "additionalTradeItemIdentification",
)

texts = st.text(max_size=40)
names = st.text(min_size=1, max_size=40).filter(lambda t: t.strip())
numbers = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./ ", min_size=1, max_size=20).filter(
    lambda t: t.strip()
)
quantities = st.decimals("0.001", "99999", places=3)
prices = st.decimals("0.0001", "99999", places=4)
days = st.one_of(st.none(), st.integers(0, 400).map(lambda n: date(2026, 1, 1) + timedelta(days=n)))
units = st.sampled_from(["EA", "BX", "KG", "M", "RO", "CS", "PAL"])


@st.composite
def order_lines(draw: st.DrawFn, number: str) -> Line:
    asked = draw(quantities)
    parts = draw(st.lists(st.builds(Part, quantities, days), max_size=4).map(tuple))
    rejected = draw(st.sampled_from(["", "", "", "Not sold any more"]))
    price = draw(prices)
    return Line(
        number,
        draw(st.one_of(numbers.map(str.strip), st.just(UNKNOWN_ITEM))),
        draw(texts),
        Asked(
            asked, draw(units), draw(st.one_of(st.just(price), prices)), draw(days), draw(numbers)
        ),
        () if rejected or not parts else parts,
        price,
        rejected_reason=rejected or ("" if parts else "Nothing left"),
        substituted=draw(st.booleans()),
        offered=draw(st.sampled_from([(), (), ("date-changed",), ("quantity-changed", "split")])),
    )


@st.composite
def echoes(draw: st.DrawFn, number: str) -> EchoLine:
    return EchoLine(
        draw(st.sampled_from(["", number, f"{number}0"])),
        draw(texts).strip(),
        draw(texts).strip(),
        draw(st.sampled_from(["", "4006381333931"])),
        "",
        draw(texts),
        "",
        draw(st.sampled_from(["", "H87", "C62", "KGM", "EA"])),
        "",
        draw(st.sampled_from(["", "1", "100", "0", "x"])),
    )


@st.composite
def answers(draw: st.DrawFn):
    count = draw(st.integers(1, 4))
    found = [str(n) for n in range(1, count + 1)]
    made = answer(*[draw(order_lines(number)) for number in found], is_change=draw(st.booleans()))
    echo = replace(
        ECHO,
        format=draw(st.sampled_from(["ubl/Order", "x12/850", ""])),
        lines={number: draw(echoes(number)) for number in found},
        change_number="",
    )
    order = replace(
        made.order,
        notes=draw(texts),
        po_number=draw(numbers).strip(),
        is_offer=draw(st.sampled_from([False, False, True])),
    )
    return replace(made, order=order, echo=replace(echo, po_number=""))


@settings(max_examples=30, deadline=None)
@given(answers())
def test_no_answer_names_an_item_that_nobody_knows(made) -> None:
    for format in (
        "ubl/OrderResponse",
        "cii/OrderResponse",
        "opentrans/ORDERRESPONSE",
        "idoc/ORDRSP",
        "gs1/orderResponse",
        "oagis/AcknowledgePurchaseOrder",
    ):
        root = etree.fromstring(write_order_answer(made, ROUTE, PLAIN, format))
        own = [e for e in root.iter() if etree.QName(e).localname in OUR_NUMBER]
        assert all(e.text != UNKNOWN_ITEM for e in own)


@settings(max_examples=30, deadline=None)
@given(answers())
def test_ubl_responses_are_valid_and_break_no_rule(made) -> None:
    document = write_order_answer(made, ROUTE, PLAIN, "ubl/OrderResponse")
    assert faults("ubl/OrderResponse", document) == []
    assert [found.rule.id for found in broken(etree.fromstring(document))] == []


@settings(max_examples=30, deadline=None)
@given(answers())
def test_order_x_responses_are_valid(made) -> None:
    document = write_order_answer(made, ROUTE, PLAIN, "cii/OrderResponse")
    profile = "extended" if b"1p0:extended" in document else "comfort"
    assert faults(f"cii/{profile}", document) == []


@settings(max_examples=30, deadline=None)
@given(answers())
def test_cxml_confirmations_are_valid_and_their_parts_add_up(made) -> None:
    route = replace(ROUTE, sender=Endpoint("AN02"), receiver=Endpoint("AN01"))
    root = etree.fromstring(write_order_answer(made, route, PLAIN, "cxml/ConfirmationRequest"))
    assert CXML_DTD.validate(root), CXML_DTD.error_log
    for item in root.iter("ConfirmationItem"):
        parts = [Decimal(s.get("quantity")) for s in item.iter("ConfirmationStatus")]
        assert sum(parts) == Decimal(item.get("quantity"))


@settings(max_examples=30, deadline=None)
@given(answers())
def test_opentrans_responses_are_valid(made) -> None:
    root = etree.fromstring(write_order_answer(made, ROUTE, PLAIN, "opentrans/ORDERRESPONSE"))
    assert OPENTRANS_DTD.validate(root), OPENTRANS_DTD.error_log


@settings(max_examples=30, deadline=None)
@given(answers())
def test_gs1_and_oagis_answers_keep_the_order_of_their_elements(made) -> None:
    for format, model in (
        ("gs1/orderResponse", GS1_DTD),
        ("oagis/AcknowledgePurchaseOrder", OAGIS_DTD),
    ):
        root = etree.fromstring(write_order_answer(made, ROUTE, PLAIN, format))
        assert model.validate(root), model.error_log


@settings(max_examples=30, deadline=None)
@given(answers())
def test_idocs_have_their_segments_in_order_and_no_field_is_too_long(made) -> None:
    root = valid_idoc(write_order_answer(made, ROUTE, PLAIN, "idoc/ORDRSP"))
    for item in root.iter("E1EDP01"):
        scheduled = sum((Decimal(e.text or "") for e in item.iter("WMENG")), Decimal(0))
        is_refused = item.findtext("ACTION") == "003"
        assert scheduled == (0 if is_refused else Decimal(item.findtext("MENGE") or ""))


@st.composite
def invoices(draw: st.DrawFn):
    lines = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        quantity, price = draw(quantities), draw(prices)
        percent = draw(st.sampled_from([Decimal("25"), Decimal("12.5"), Decimal("7")]))
        amount = (quantity * price).quantize(CENT)
        lines.append(
            InvoicedLine(
                str(number),
                draw(numbers).strip(),
                draw(texts),
                quantity,
                "EA",
                price,
                amount,
                percent,
            )
        )
    net = sum((line.amount for line in lines), Decimal(0))
    tax = sum(((line.amount * line.tax_percent / 100).quantize(CENT) for line in lines), Decimal(0))
    return invoice(
        lines=tuple(lines),
        net=net,
        tax=tax,
        total=net + tax,
        freight=Decimal(0),
        is_credit=draw(st.booleans()),
    )


@settings(max_examples=30, deadline=None)
@given(invoices())
def test_invoices_are_valid_and_their_shares_add_up(made) -> None:
    kind = "CreditNote" if made.is_credit else "Invoice"
    document = write_invoice(made, ROUTE, PLAIN, "ubl/Invoice")
    assert faults(f"ubl/{kind}", document) == []
    root = etree.fromstring(document)
    shares = root.xpath(".//*[local-name()='TaxSubtotal']/*[local-name()='TaxAmount']")
    assert sum(Decimal(share.text) for share in shares) == made.tax
    assert faults("cii/Invoice", write_invoice(made, ROUTE, PLAIN, "cii/Invoice")) == []
