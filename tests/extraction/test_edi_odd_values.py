"""Odd ways of saying an order's values: whose contact, grocery status codes, times with a zone, lines of another name."""

from __future__ import annotations

import pytest

from core.inbound.reading import ReadOrder
from extraction.edi import EdiReading
from extraction.edi.read import read_any
from tests.extraction.test_edi_envelopes import edifact, x12


def _read(text: str) -> EdiReading:
    found = read_any(text.encode(), 1)
    assert found is not None
    return found


def _order(text: str) -> ReadOrder:
    (order,) = _read(text).orders
    return order


def test_a_contact_behind_a_party_is_that_party_s() -> None:
    of_another = ("BEG*00*SA*K-7**20260914", "N1*SF*Warehouse", "PER*IC*Wilma Ware*EM*w@ware.example", "PO1*1*2*EA*1.00**VN*A-1", "CTT*1")  # fmt: skip
    assert "buyer_contact" not in _order(x12(body=of_another)).fields
    of_buyer = ("BEG*00*SA*K-7**20260914", "PER*BD*Berta Buys", "N1*SF*Warehouse", "PER*IC*Wilma Ware", "PO1*1*2*EA*1.00**VN*A-1", "CTT*1")  # fmt: skip
    assert _order(x12(body=of_buyer)).fields["buyer_contact"].value == "Berta Buys"


@pytest.mark.parametrize(
    ("code", "lane"),
    [("N", "order"), ("B", "order"), ("R", "change"), ("F", "cancellation"), ("X", "other")],
)
def test_a_grocery_order_has_status_codes_of_its_own(code: str, lane: str) -> None:
    body = (f"G50*{code}*20260914*K-8", "G62*02*20260921", "N1*ST*Store*9*0012345", "G68*10*CA*1.57*004012345678", "G69*Peas", "G76*10*CA")  # fmt: skip
    read = _read(x12(body=body, kind="875"))
    assert read.messages[0].lane == lane
    assert "edi-purpose-unknown" not in {f.code for f in read.findings}


def test_order_lines_in_a_change_are_read_and_told() -> None:
    body = ("BCH*04*SA*K-9***20260914", "PO1*1*15*EA*2.50**VN*A-1", "CTT*1")
    read = _read(x12(body=body, kind="860"))
    assert read.orders[0].lines[0]["quantity"].value == "15"
    assert "edi-segment-unknown" in {f.code for f in read.findings}


@pytest.mark.parametrize("value", ["202609140815?+00", "202609140815?+0200", "202609140815CET"])
def test_a_time_with_its_zone_is_a_day(value: str) -> None:
    body = ("BGM+220+H-3+9", f"DTM+137:{value}:303", "LIN+1++A-1:SA", "QTY+21:3:PCE")
    read = _read(edifact(body=body))
    assert read.orders[0].fields["order_date"].value == "2026-09-14"
    assert "edi-date" not in {f.code for f in read.findings}


def test_a_book_s_title_describes_its_line() -> None:
    body = ("BGM+220+H-4+9", "LIN+1++9780000000002:EN", "QTY+21:3", "FTX+AFM+1++The sea:and its ships")  # fmt: skip
    assert _order(edifact(body=body)).lines[0]["description"].value == "The sea and its ships"


@pytest.mark.parametrize(
    ("total", "is_told"), [("3.50", False), ("35", False), ("3.5", False), ("36", True)]
)
def test_a_hash_total_may_count_the_decimal_point_or_not(total: str, is_told: bool) -> None:
    body = ("BEG*00*SA*K-7**20260914", "PO1*1*1.5*EA*1.00**VN*A-1", "PO1*2*20*EA*1.00**VN*A-2", f"CTT*2*{total}")  # fmt: skip
    body = tuple(row.replace("*20*EA", "*2.0*EA") for row in body)
    told = {f.code for f in _read(x12(body=body)).findings}
    assert ("edi-quantity-sum" in told) is is_told
