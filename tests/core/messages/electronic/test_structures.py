"""Whatever is told: the segments stand in the order and number of the standards' segment tables, counted right."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.messages.electronic.facts import (
    Business,
    Echo,
    EchoLine,
    Identifier,
    OrderAnswer,
    PackedUnit,
    Parties,
    ShippedContent,
    Style,
)
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.write import write_despatch, write_invoice, write_order_answer
from core.messages.facts import Asked, Line, OrderFacts, Part
from core.values import Address
from tests.core.messages.electronic.answered import (
    AT,
    DAY,
    EDIFACT_ROUTE,
    ROUTE,
    invoice,
    order_answer,
    shipped,
)
from tests.core.messages.electronic.parsed import edifact_rows, findings, x12_rows

N1 = "(?:N1 (?:N2 ){0,2}(?:N3 ){0,2}(?:N4 )?(?:REF ){0,12}(?:PER ){0,3})"
NOTE = "(?:N9 (?:MSG ){0,1000})"
NAD = "(?:NAD (?:RFF ){0,10}(?:CTA (?:COM ){0,5}){0,5})"

TABLES = {
    "x12/855": rf"BAK (?:CUR )?(?:REF )*(?:FOB )?(?:ITD ){{0,5}}(?:DTM ){{0,10}}(?:TD5 ){{0,12}}{NOTE}*{N1}{{0,200}}"
    rf"(?:PO1 (?:PID ){{0,1000}}(?:DTM ){{0,10}}(?:ACK (?:DTM )?){{0,104}}{NOTE}*)*CTT ",
    "x12/865": rf"BCA (?:CUR )?(?:REF )*(?:FOB )?(?:ITD ){{0,5}}(?:DTM ){{0,10}}(?:TD5 ){{0,12}}{NOTE}*{N1}{{0,200}}"
    rf"(?:POC (?:PID ){{0,1000}}(?:DTM ){{0,10}}(?:ACK (?:DTM )?){{0,104}}{NOTE}*)*CTT ",
    "x12/856": rf"BSN HL (?:TD1 ){{0,20}}(?:TD5 ){{0,12}}(?:REF )*(?:DTM ){{0,10}}{N1}{{0,200}}HL PRF (?:REF )*{N1}{{0,200}}"
    r"(?:HL (?:(?:MEA )?MAN |LIN SN1 (?:PID ){0,200}(?:REF )*(?:DTM ){0,10}))*CTT ",
    "x12/810": rf"BIG (?:NTE ){{0,100}}CUR (?:REF ){{0,12}}{N1}{{0,200}}(?:ITD )*(?:DTM ){{0,10}}"
    r"(?:IT1 (?:TXI ){0,10}(?:PID ){0,1000})*TDS (?:TXI ){0,10}(?:SAC ){0,25}CTT ",
    "edifact/ORDRSP": rf"BGM (?:DTM ){{1,35}}(?:FTX ){{0,5}}(?:RFF (?:DTM ){{0,5}}){{0,10}}{NAD}{{0,20}}(?:CUX ){{0,5}}"
    r"(?:TDT ){0,10}(?:TOD ){0,5}(?:LIN (?:PIA ){0,25}(?:IMD ){0,10}(?:QTY ){0,10}(?:DTM ){0,35}(?:FTX ){0,5}"
    r"(?:PRI ){0,25}(?:SCC (?:QTY (?:DTM ){0,5}){0,10}){0,100})*UNS CNT ",
    "edifact/DESADV": rf"BGM (?:DTM ){{1,10}}(?:RFF ){{0,10}}{NAD}{{0,10}}(?:TDT ){{0,10}}"
    r"(?:CPS (?:PAC (?:MEA ){0,10}(?:PCI (?:GIN ){0,10})*)*"
    r"(?:LIN (?:PIA ){0,10}(?:IMD ){0,25}(?:QTY ){0,10}(?:RFF )*(?:PCI (?:DTM ){0,5}(?:GIN ){0,10})*)*)*CNT ",
    "edifact/INVOIC": rf"BGM (?:DTM ){{1,35}}(?:FTX ){{0,10}}(?:RFF ){{0,99}}{NAD}{{0,20}}(?:CUX ){{0,5}}(?:PAT (?:DTM ){{0,5}}){{0,10}}"
    r"(?:ALC (?:MOA ){0,2})*(?:LIN (?:PIA ){0,25}(?:IMD ){0,10}(?:QTY ){0,5}(?:MOA ){0,5}(?:PRI ){0,25}(?:RFF ){0,10}"
    r"(?:TAX )*)*UNS CNT (?:MOA ){1,100}(?:TAX (?:MOA ){0,2}){0,10}",
}
"""Segments between header and trailer, per segment table: X12 004010, EDIFACT D.96A."""

WORDS = st.text(alphabet="ABCdef ghi-.,äöß'0123*+:?~", max_size=90)
NUMBER = st.text(alphabet="ABC0123456789-", min_size=1, max_size=15)
MAYBE = st.one_of(st.just(""), NUMBER)
IDS = st.lists(
    st.builds(Identifier, st.sampled_from(("gln", "duns", "seller", "buyer", "vat", "0192")), NUMBER), max_size=3
).map(tuple)  # fmt: skip
ADDRESS = st.builds(
    Address, WORDS, st.lists(WORDS, max_size=5).map(tuple), st.sampled_from(("", "28195", "04101-1234"[:9])),
    WORDS, st.sampled_from(("", "ME", "Niedersachsen", "B")), st.sampled_from(("", "DE", "US")),
)  # fmt: skip
BUSINESS = st.builds(Business, WORDS, ADDRESS, IDS, WORDS, st.sampled_from(("", "a@b.example")), st.sampled_from(("", "+49 421")))  # fmt: skip
PARTIES = st.builds(Parties, BUSINESS, BUSINESS, BUSINESS, st.one_of(st.none(), BUSINESS))
FIGURE = st.decimals(min_value=0, max_value=9999, places=2)
DAY_OR_NOT = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2030, 1, 1)))
PARTS = st.lists(st.builds(Part, FIGURE, DAY_OR_NOT), max_size=4).map(tuple)
LINE = st.builds(
    Line, st.sampled_from(("1", "2", "30")), NUMBER, WORDS,
    st.builds(Asked, FIGURE, st.sampled_from(("EA", "CS", "KG")), st.one_of(st.none(), FIGURE), DAY_OR_NOT, MAYBE),
    PARTS, st.one_of(st.none(), FIGURE), FIGURE, st.sampled_from(("", "no longer made")), st.booleans(),
)  # fmt: skip
ECHO_LINE = st.builds(
    EchoLine, st.sampled_from(("", "10")), MAYBE, MAYBE, st.sampled_from(("", "4006381333931", "40063812")), MAYBE,
    WORDS, st.sampled_from(("", "24", "many")), st.sampled_from(("", "PCE", "CA", "CT")),
    st.sampled_from(("", "18.50", "x")), st.sampled_from(("", "100", "12")), st.sampled_from(("", "PE", "HP")),
)  # fmt: skip
ECHO = st.builds(
    Echo, st.sampled_from(("", "x12/850", "edifact/ORDERS", "x12/860")), st.just("K-4471"), st.sampled_from(("", "7")),
    st.sampled_from(("", "00", "01", "04", "1", "9")),
    lines=st.dictionaries(st.sampled_from(("1", "2", "30")), ECHO_LINE, max_size=3),
)  # fmt: skip
ORDER = st.builds(
    OrderFacts, st.just("SO000123"), st.integers(1, 3), st.just("K-4471"), DAY_OR_NOT, st.sampled_from(("", "EUR")),
    st.lists(LINE, max_size=4).map(tuple), ADDRESS, ADDRESS, WORDS, st.sampled_from(("", "FCA Kiel", "frei Haus")),
    WORDS, st.booleans(), WORDS,
)  # fmt: skip
ANSWER = st.builds(
    OrderAnswer, st.just("SO000123-1"), st.just(DAY), ORDER, PARTIES, ECHO, st.booleans()
)


def check(content: bytes, kind: str) -> None:
    assert not findings(content) - {"edi-gtin-check-digit"}
    if kind.startswith("x12"):
        tags = [row[0] for row in x12_rows(content)]
        inside = tags[tags.index("ST") + 1 : tags.index("SE")]
    else:
        tags = [row[0][0] for row in edifact_rows(content)]
        inside = tags[tags.index("UNH") + 1 : tags.index("UNT")]
    told = "".join(f"{tag} " for tag in inside)
    assert re.fullmatch(TABLES[kind], told), told


@pytest.mark.parametrize("kind", ["x12/855", "x12/865", "edifact/ORDRSP"])
@given(answer=ANSWER)
@settings(max_examples=60, deadline=3000)
def test_order_answers(kind: str, answer: OrderAnswer) -> None:
    route = ROUTE if kind.startswith("x12") else EDIFACT_ROUTE
    check(write_order_answer(answer, route, Style(), kind), kind)


@pytest.mark.parametrize("kind", ["x12/856", "edifact/DESADV"])
@given(data=st.data())
@settings(max_examples=60, deadline=3000)
def test_ship_notices(kind: str, data: st.DataObject) -> None:
    quantities = {"1": 30, "2": 5}
    units: list[PackedUnit] = []
    for n in range(data.draw(st.integers(0, 6))):
        contents = []
        for number in data.draw(st.lists(st.sampled_from(("1", "2")), max_size=2, unique=True)):
            most = quantities[number]
            if most:
                taken = data.draw(st.integers(1, most))
                quantities[number] -= taken
                lot = data.draw(st.sampled_from(("", "L-1")))
                contents.append(ShippedContent(number, Decimal(taken), lot, data.draw(DAY_OR_NOT)))
        parent = data.draw(st.sampled_from(["", *(unit.sscc for unit in units)]))
        weight = data.draw(st.one_of(st.none(), FIGURE))
        form = data.draw(st.sampled_from(("pallet", "carton", "crate")))
        units.append(PackedUnit(f"3401234500000{n:05}", form, weight, parent, tuple(contents)))
    answer = shipped(
        units=tuple(units), parties=data.draw(PARTIES), echo=data.draw(ECHO), left_at=AT
    )
    route = ROUTE if kind.startswith("x12") else EDIFACT_ROUTE
    check(write_despatch(answer, route, Style(), kind), kind)


@pytest.mark.parametrize("kind", ["x12/810", "edifact/INVOIC"])
@given(
    parties=PARTIES, echo=ECHO, terms=WORDS, bank=WORDS, due=DAY_OR_NOT, left=DAY_OR_NOT, freight=FIGURE, net=FIGURE,
    credit=st.booleans(), rate=FIGURE, shipment=MAYBE,
)  # fmt: skip
@settings(max_examples=60, deadline=3000)
def test_invoices(kind, parties, echo, terms, bank, due, left, freight, net, credit, rate, shipment) -> None:  # type: ignore[no-untyped-def]  # fmt: skip
    plain = invoice()
    answer = replace(
        plain, parties=parties, echo=echo, payment_terms=terms, bank=bank, due_on=due, shipped_on=left,
        freight=freight, net=net, is_credit=credit, shipment_number=shipment,
        lines=(plain.lines[0], replace(plain.lines[1], tax_percent=rate)),
    )  # fmt: skip
    route = ROUTE if kind.startswith("x12") else EDIFACT_ROUTE
    check(write_invoice(answer, route, Style(), kind), kind)


@pytest.mark.parametrize(
    ("kind", "place"), [("x12/855", "BAK03"), ("x12/865", "BCA03"), ("edifact/ORDRSP", "RFF 1.2")]
)
def test_an_order_without_a_number_cannot_be_answered(kind: str, place: str) -> None:
    plain = order_answer()
    answer = replace(plain, order=replace(plain.order, po_number=""), echo=Echo())
    with pytest.raises(CannotWrite) as error:
        write_order_answer(answer, ROUTE, Style(), kind)
    assert error.value.field == place


ANY = st.text(max_size=40)


@given(
    number=ANY, item=ANY, line_no=ANY, sku=ANY, uom=ANY, unit=ANY, price=ANY, currency=ANY, city=ANY, postal=ANY,
    country=ANY, release=ANY, code=ANY,
    kind=st.sampled_from(("x12/855", "x12/865", "edifact/ORDRSP")),
)  # fmt: skip
@settings(max_examples=150, deadline=3000)
def test_whatever_is_told_only_our_own_error_is_raised(
    number: str, item: str, line_no: str, sku: str, uom: str, unit: str, price: str, currency: str, city: str,
    postal: str, country: str, release: str, code: str, kind: str,
) -> None:  # fmt: skip
    place = Address("", (city,), postal, city, country, country)
    plain = order_answer()
    words = EchoLine(
        line_no, sku, sku, sku, sku, city, number, uom, price, price, code, code, {"gtin": code}
    )
    line = replace(plain.order.lines[0], item=item, asked=Asked(Decimal(1), unit))
    answer = replace(
        plain,
        number=number,
        order=replace(
            plain.order, po_number=number, currency=currency, lines=(line,), incoterms=city
        ),
        echo=Echo(kind, number, release, release, change_number=release, lines={"1": words}),
        parties=replace(
            plain.parties, ship_to=Business(city, place, (Identifier("buyer", number),))
        ),
    )
    try:
        content = write_order_answer(answer, ROUTE, Style(), kind)
    except CannotWrite as error:
        assert error.field
    else:
        assert content.isascii() or kind == "edifact/ORDRSP"
