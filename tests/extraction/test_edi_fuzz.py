"""Whatever the bytes: an answer or Unreadable, soon, and every figure and day in plain form."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Unreadable
from extraction.edi import figures, read_any

X12 = (
    b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260914*0815*U*00401*000000001*0*P*>~"
    b"GS*PO*A*B*20260914*0815*1*X*004010~ST*850*0001~BEG*00*SA*77**20260914~N1*ST*Depot*92*4~N4*Troy*NY*12180~"
    b"PO1*1*5*EA*1.25*HP*VN*A-1*UP*036000291452~PID*F****Bolt~SCH*5*EA***002*20261001~CTT*1~SE*9*0001~GE*1*1~IEA*1*000000001~"
)
EDIFACT = (
    b"UNA:+.? 'UNB+UNOC:3+A:14+B:14+260914:0815+1'UNH+1+ORDERS:D:96A:UN'BGM+220+77+9'DTM+137:20260914:102'"
    b"NAD+BY+1::9++Shop'CUX+2:EUR:9'LIN+1++4006381333931:EN'PIA+1+A?+1:SA'QTY+21:5:PCE'PRI+AAA:1,25::: :100:PCE'"
    b"LOC+7+1'QTY+11:5'DTM+2:20261001:102'UNS+S'CNT+2:1'UNT+15+1'UNZ+1+1'"
)
XML = (
    b'<?xml version="1.0"?><Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"><ID>77</ID>'
    b'<IssueDate>2026-09-14</IssueDate><OrderLine><LineItem><ID>1</ID><Quantity unitCode="EA">5</Quantity><Price>'
    b"<PriceAmount>2</PriceAmount><BaseQuantity>0</BaseQuantity></Price></LineItem></OrderLine></Order>"
)
NUMBERS = ("quantity", "unit_price", "amount", "total", "tax", "freight", "subtotal")


def check(content: bytes) -> None:
    try:
        reading = read_any(content, 1)
    except Unreadable as error:
        assert error.code
        return
    if reading is None:
        return
    for order in reading.orders:
        for fields in (order.fields, *order.lines):
            for name, found in fields.items():
                assert found.value.strip() == found.value != ""
                assert found.evidence.at
                if name in NUMBERS:
                    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", found.value), (name, found.value)
                if name.endswith("_date"):
                    assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", found.value)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=2000)
def test_random_bytes(content: bytes) -> None:
    for start in (b"", X12[:120], EDIFACT[:60], b"<cXML>", b"<Order "):
        check(start + content)


@pytest.mark.parametrize("sample", [X12, EDIFACT, XML], ids=["x12", "edifact", "xml"])
@given(data=st.data())
@settings(
    max_examples=250, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_damaged_messages(sample: bytes, data: st.DataObject) -> None:
    content = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        step = data.draw(st.sampled_from(("set", "cut", "copy", "drop")))
        if step == "set":
            content[at] = data.draw(st.sampled_from(list(b"*~'+:?>|\n\r\x00 <&\xff\xe2A9")))
        elif step == "cut":
            del content[at : at + data.draw(st.integers(1, 60))]
        elif step == "copy":
            content[at:at] = content[at : at + data.draw(st.integers(1, 200))]
        else:
            del content[at:]
        if not content:
            break
    check(bytes(content))


@pytest.mark.parametrize(
    "content",
    [
        X12[:105] + b"~" * 300_000,
        X12[:106] + b"GS*PO" + b"*" * 400_000,
        X12[:106] + b"GS*PO*A*B~" + b"ST*850*1~BEG*00*SA*1~" * 20_000,
        b"ISA*" * 60_000,
        b"UNB+UNOA:1+" + b"?" * 190_000,
        b"UNA:+.? '" * 40_000,
        b"UNB+UNOA:1'" * 30_000,
        EDIFACT[:44] + b"UNH+1+ORDERS'" + b"LIN+1'LOC+7'QTY+21:1'" * 15_000,
        b"UNB+UNOA:1'UNH+1+ORDERS'FTX+GEN+++" + b"\nDTM+" * 30_000,
        b"<!--" * 100_000,
        b"<!DOCTYPE [" * 50_000,
        b"<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'>" + b"<a>" * 100_000,
        b"<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'>" + b"<OrderLine/>" * 60_000 + b"</Order>",
        b"<cXML " + b"a='1' " * 30_000 + b">",
    ],
    ids=lambda c: c[:12].decode("latin-1") + str(len(c)),
)  # fmt: skip
def test_floods_end_soon(content: bytes) -> None:
    started = time.process_time()
    check(content)
    assert time.process_time() - started < 8


@given(st.text(alphabet="0123456789.,+- eE", max_size=14))
def test_numbers_are_plain_or_none(text: str) -> None:
    found = figures.number(text)
    assert found is None or re.fullmatch(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", found)


@given(st.text(alphabet="0123456789-T:Z", max_size=20))
def test_days_are_iso_or_none(text: str) -> None:
    for found in (figures.compact_day(text), figures.iso_day(text), figures.week(text)):
        assert found is None or re.fullmatch(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}", found)
