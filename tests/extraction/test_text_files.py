"""Orders as plain text: reports of old programs and tables typed by hand."""

from __future__ import annotations

from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from tests.extraction.reading import fields, lines

REPORT = """\
ELM LAKE CAMP                              PURCHASE ORDER
RR 2, Ayton MO 65037                       PO No.   20418

SHIP VIA       TERMS         BUYER
YOUR TRUCK     NET 21        JO HALE
---------------------------------------------------------------------
LN   ITEM     DESCRIPTION             QTY  UM     PRICE     EXTENSION
---------------------------------------------------------------------
 1   10417    OAT MIX 6/5 LB            8  CS     31.450       251.60
              DELIVER COLD
 2   81550    PLATE PAPER 9             4  CS     33.000       132.00
                                                           ----------
                                                   TOTAL       383.60
"""


def test_rules_of_dashes_end_no_text() -> None:
    part = Part(1, "body-text", "text/plain", "", REPORT.encode(), REPORT)
    (order,) = extract(Message("upload", parts=(part,)), Context()).orders
    assert [(x["buyer_sku"], x["quantity"], x["amount"]) for x in lines(order)] == [
        ("10417", "8", "251.60"),
        ("81550", "4", "132.00"),
    ]
    assert fields(order)["total"] == "383.60"


def test_what_follows_a_blank_row_is_no_more_of_the_last_line() -> None:
    text = (
        "We order:\n\nSr.  Description        Qty.      Rate       Amount\n"
        "1.   Cable gland        200 Nos.  62.50      12,500/-\n2.   Copper bar         145 Kgs.  882/-      1,27,890/-\n\n"
        "Basic total Rs. 1,40,390/-. GST extra.\nDelivery : on or before 05.08.2026 at our works.\n"
    )
    part = Part(1, "body-text", "text/plain", "", text.encode(), text)
    (order,) = extract(Message("mail", parts=(part,)), Context()).orders
    told = [
        (x["description"], x["unit_price"], x["amount"], x.get("requested_date"))
        for x in lines(order)
    ]
    assert told == [("Cable gland", "62.50", "12500", None), ("Copper bar", "882", "127890", None)]
