"""Orders told in mails: lists, sentences, what the mail itself says, and which part carries the order."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from core.inbound.values import Message, Part
from extraction.context import Context, OwnCompany
from extraction.extract import extract
from tests.extraction.reading import fields, lines, pdf, read_mail

MONDAY = Context(received=datetime(2026, 4, 20, 9, tzinfo=timezone.utc))


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (
            "- 200 ea hex cap screws, zinc plated",
            {"quantity": "200", "uom": "ea", "description": "hex cap screws, zinc plated"},
        ),
        (
            "12 x HY-120 hydraulic hose",
            {"quantity": "12", "supplier_sku": "HY-120", "description": "hydraulic hose"},
        ),
        (
            "HY-120 - hydraulic hose - 12 m",
            {
                "quantity": "12",
                "uom": "m",
                "supplier_sku": "HY-120",
                "description": "hydraulic hose",
            },
        ),
        (
            "6 Schachteln HB-1206-88, Sechskantschraube M12, zu je 18,20 EUR",
            {
                "quantity": "6",
                "uom": "Schachteln",
                "supplier_sku": "HB-1206-88",
                "unit_price": "18.20",
                "description": "Sechskantschraube M12",
            },
        ),
        (
            "Part RVN15010, cable ties black, 250 sets, 59.90 USD/ea",
            {
                "quantity": "250",
                "uom": "sets",
                "supplier_sku": "RVN15010",
                "unit_price": "59.90",
                "description": "cable ties black",
            },
        ),
        (
            "SKU: AB-77, Description: Blue crate, Qty: 7, UOM: EA, Unit Price: 38.00",
            {
                "quantity": "7",
                "uom": "EA",
                "supplier_sku": "AB-77",
                "unit_price": "38.00",
                "description": "Blue crate",
            },
        ),
        (
            "25 pcs of the ball valves (BV-25-SS)",
            {
                "quantity": "25",
                "uom": "pcs",
                "supplier_sku": "BV-25-SS",
                "description": "ball valves",
            },
        ),
    ],
)
def test_one_row_of_a_list(row: str, line: dict[str, str]) -> None:
    (order,) = read_mail(f"Hello,\n\nplease send:\n\n{row}\n\nThanks\nAnn").orders
    (found,) = lines(order)
    assert {k: v for k, v in found.items() if k in line} == line


def test_sentences_that_order_something() -> None:
    body = "Hi,\n\nWe need 150 of the blue crates (CR-BL-01). We also need 25 large wooden panels.\n\nThanks,\nJo Dow"
    (order,) = read_mail(body).orders
    assert [(x["quantity"], x["description"]) for x in lines(order)] == [
        ("150", "blue crates"),
        ("25", "large wooden panels"),
    ]


def test_sizes_dates_and_addresses_are_no_quantities() -> None:
    body = "Please send 4 boxes of 3/8 x 1 screws to 12 Mill Road, door 9, Ayton by 12 May 2026. Our order number is 4711."
    (order,) = read_mail(body).orders
    assert [x["quantity"] for x in lines(order)] == ["4"]


def test_an_open_choice_leaves_the_quantity_open() -> None:
    (order,) = read_mail("- 5 or 6 grey jackets\n- 2 caps\n").orders
    assert [x.get("quantity") for x in lines(order)] == [None, "2"]


def test_numbers_written_out() -> None:
    (order,) = read_mail("Please send a dozen blue shirts and two rolls of tape.").orders
    assert [x["quantity"] for x in lines(order)] == ["12", "2"]


def test_every_value_points_to_its_words() -> None:
    body = "Please send:\n- 200 ea hex nuts (HN-10)\n"
    (order,) = read_mail(body).orders
    for name, text in (("quantity", "200"), ("supplier_sku", "HN-10")):
        span = order.lines[0][name].evidence.span
        assert span is not None and body[span[0] : span[1]] == text


def test_the_subject_the_sender_and_the_sentences_fill_the_header() -> None:
    body = "We need it by tomorrow, deliver to our shop at 12 Mill Road, Ayton, OH 43998.\n\n- 2 rolls of tape\n\nNet 30 as always.\n\nThanks,\nTom Reed\nReed Tools LLC"
    (order,) = read_mail(
        body, subject="PO 77-120", sender="tom@reedtools.example", context=MONDAY
    ).orders
    assert fields(order) == {
        "po_number": "77-120",
        "buyer_name": "Reed Tools LLC",
        "buyer_contact": "Tom Reed",
        "buyer_email": "tom@reedtools.example",
        "ship_to": "12 Mill Road, Ayton, OH 43998",
        "requested_date": "2026-04-21",
        "payment_terms": "Net 30",
    }


def test_our_own_company_is_never_the_buyer() -> None:
    own = OwnCompany(names=("Halden Fixings GmbH",), mail_domains=("halden.example",))
    page = [
        (40.0, 60.0, "Halden Fixings GmbH"),
        (40.0, 100.0, "Invoice to:"),
        (40.0, 114.0, "Reed Tools LLC"),
        (40.0, 128.0, "12 Mill Road"),
        (40.0, 160.0, "orders@halden.example"),
    ]
    part = Part(2, "attachment", "application/pdf", "po.pdf", pdf(page))
    (order,) = read_mail("see attached", part, context=Context(own=own)).orders
    assert fields(order)["buyer_name"] == "Reed Tools LLC"
    assert "buyer_email" not in fields(order)


def test_a_quoted_order_is_not_ordered_again() -> None:
    body = "Thank you, received.\n\nOn 9 January 2026 Ann Lee wrote:\n> please send\n> - 50 pcs of CF-12L\n> - 100 m of HH-12\n"
    assert all(not order.lines for order in read_mail(body).orders)


HEAD = [
    (40.0, 200.0, "Item"),
    (120.0, 200.0, "Description"),
    (380.0, 200.0, "Qty"),
    (470.0, 200.0, "Price"),
]


def order_page(number: str, quantity: str) -> bytes:
    cells = [
        (40.0, 216.0, "AB-77"),
        (120.0, 216.0, "Blue crate"),
        (380.0, 216.0, quantity),
        (470.0, 216.0, "2.50"),
    ]
    return pdf([(40.0, 80.0, f"PO number: {number}"), *HEAD, *cells])


def test_the_attachment_carries_the_order_and_the_body_adds_to_it() -> None:
    part = Part(2, "attachment", "application/pdf", "po.pdf", order_page("77-120", "12"))
    (order,) = read_mail("Please deliver by 12 May 2026.\n\n- 1 extra note", part).orders
    assert [x["quantity"] for x in lines(order)] == ["12"]
    assert (fields(order)["po_number"], fields(order)["requested_date"]) == ("77-120", "2026-05-12")


def test_two_attached_orders_are_two_orders() -> None:
    parts = [
        Part(n, "attachment", "application/pdf", f"{n}.pdf", order_page(f"77-{n}", "5"))
        for n in (2, 3)
    ]
    orders = read_mail("two orders attached", *parts).orders
    assert [fields(o)["po_number"] for o in orders] == ["77-2", "77-3"]


def test_the_same_order_attached_twice_is_one() -> None:
    parts = [
        Part(n, "attachment", "application/pdf", f"{n}.pdf", order_page("77-1", "5"))
        for n in (2, 3)
    ]
    assert len(read_mail("order attached", *parts).orders) == 1


def test_a_table_drawn_with_bars() -> None:
    body = "Item no. | Description | Qty | Price\nAB-11 | blue crate | 3 | 4.00\nAB-12 | red crate, large | 7 | 5.00\n"
    (order,) = read_mail(body).orders
    assert [(x["quantity"], x["unit_price"], x["description"]) for x in lines(order)] == [
        ("3", "4.00", "blue crate"),
        ("7", "5.00", "red crate, large"),
    ]


def test_the_order_a_change_names_is_no_quantity() -> None:
    mail = "One change to our order QX/318802, please: make it 75 pcs of CF-12L instead of 50."
    message = Message("mail", parts=(Part(1, "body-text", "text/plain", "", mail.encode(), mail),))
    found = extract(message, Context()).orders[0].lines
    assert [line["quantity"].value for line in found] == ["75"]
