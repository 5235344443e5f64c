"""856 from the real packing and 810 from the stored invoice: segments by hand, and everything read back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from core.messages.electronic.facts import (
    DespatchAnswer,
    Echo,
    InvoiceAnswer,
    PackedUnit,
    ShippedContent,
    Style,
)
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.write import write_despatch, write_invoice
from core.messages.electronic.x12.totals import totals
from tests.core.messages.electronic.answered import ROUTE, SSCCS, invoice, shipped
from tests.core.messages.electronic.parsed import body, findings, x12_rows

ROWS = Style(newline="\n")


def noticed(answer: DespatchAnswer) -> list[str]:
    content = write_despatch(answer, ROUTE, ROWS, "x12/856")
    assert not findings(content)
    return body(content)


def billed(answer: InvoiceAnswer) -> list[str]:
    content = write_invoice(answer, ROUTE, ROWS, "x12/810")
    assert not findings(content)
    return body(content)


def test_the_shipment_and_the_order() -> None:
    rows = noticed(shipped())
    assert rows[:8] == [
        "BSN*00*SH000031*20260915*0930*0001",
        "HL*1**S*1",
        "TD1*PLT*1****G*212.5*KG",
        "TD5*****Northline Freight",
        "REF*BM*SH000031",
        "REF*CN*NL-0099812",
        "DTM*011*20260929",
        "DTM*017*20261001",
    ]
    at = rows.index("HL*2*1*O*1")
    assert rows[at : at + 4] == [
        "HL*2*1*O*1",
        "PRF*K-4471*7",
        "REF*VN*SO000123",
        "N1*BY*Kestrel Tools*92*K001",
    ]


def test_a_carrier_with_a_code_of_the_partner_s_profile() -> None:
    rows = noticed(replace(shipped(), carrier_code="NRLF"))
    assert "TD5*B*2*NRLF**Northline Freight" in rows


@pytest.mark.parametrize(
    ("quantities", "segment"),
    [
        (["10", "5"], ("CTT", "2", "15")),
        (["1.5", "2"], ("CTT", "2")),
        (["24.0"], ("CTT", "1")),
        (["9999999999", "1"], ("CTT", "2")),
        ([], ("CTT", "0")),
    ],
)
def test_a_hash_total_stands_where_it_can_be_read_one_way_only(
    quantities: list[str], segment: tuple[str, ...]
) -> None:
    assert totals(len(quantities), quantities) == segment


def test_pallet_cartons_and_what_is_loose() -> None:
    rows = noticed(shipped())
    assert rows[rows.index("HL*3*2*T*1") :] == [
        "HL*3*2*T*1",
        "MEA*PD*G*212.5*KG",
        "MAN*GM*00340123450000000018",
        "HL*4*3*P*1",
        "MEA*PD*G*12.25*KG",
        "MAN*GM*00340123450000000025",
        "HL*5*4*I*0",
        "LIN*10*IN*000771*VN*FX-22*UP*036000291452",
        "SN1*10*12*CA**40*CA",
        "PID*F****Flux pens, box of twelve",
        "HL*6*3*P*1",
        "MEA*PD*G*9*KG",
        "MAN*GM*00340123450000000032",
        "HL*7*6*I*0",
        "LIN*10*IN*000771*VN*FX-22*UP*036000291452",
        "SN1*10*8*CA**40*CA",
        "PID*F****Flux pens, box of twelve",
        "HL*8*6*I*0",
        "LIN*2*VN*CAN-5",
        "SN1*2*5*CI**5*CI",
        "PID*F****Oil, 5 l",
        "REF*LT*L-77",
        "DTM*036*20270331",
        "HL*9*2*I*0",
        "LIN*10*IN*000771*VN*FX-22*UP*036000291452",
        "SN1*10*10*CA**40*CA",
        "PID*F****Flux pens, box of twelve",
        "CTT*9*35",
    ]


def test_without_packing_the_items_stand_under_the_order() -> None:
    rows = noticed(shipped(units=()))
    assert rows[0].endswith("*0004")
    assert not [r for r in rows if r.startswith(("MAN", "TD1"))]
    assert [r for r in rows if r.startswith(("HL", "SN1", "REF*LT"))] == [
        "HL*1**S*1", "HL*2*1*O*1", "HL*3*2*I*0", "SN1*10*30*CA**40*CA", "HL*4*2*I*0", "SN1*2*5*CI**5*CI",
        "REF*LT*L-77",
    ]  # fmt: skip


def test_a_line_from_two_lots_is_told_twice() -> None:
    facts = shipped(units=())
    first = facts.shipment.lines[0]
    lots = (replace(first, quantity=Decimal(18), lot="A"), replace(first, quantity=Decimal(12), lot="B"))  # fmt: skip
    rows = noticed(replace(facts, shipment=replace(facts.shipment, lines=lots)))
    assert [r for r in rows if r.startswith(("SN1", "REF*LT"))] == [
        "SN1*10*18*CA**40*CA", "REF*LT*A", "SN1*10*12*CA**40*CA", "REF*LT*B",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("units", "sentence"),
    [
        ((PackedUnit("1" * 18, contents=(ShippedContent("1", Decimal(31)),)),), "More of line 1"),
        ((PackedUnit("1" * 18, contents=(ShippedContent("9", Decimal(1)),)),), "Line 9"),
        ((PackedUnit("1" * 18, parent="2" * 18),), "not listed"),
        ((PackedUnit("1" * 18, parent="1" * 18),), "stands on itself"),
        ((PackedUnit(""),), "18 digits"),
        ((PackedUnit("12345"),), "18 digits"),
        ((PackedUnit("1" * 18), PackedUnit("1" * 18)), "same code"),
    ],
)
def test_packing_that_cannot_be_is_refused(units: tuple[PackedUnit, ...], sentence: str) -> None:
    with pytest.raises(CannotWrite) as error:
        noticed(shipped(units=units))
    assert sentence in error.value.sentence


def test_nothing_shipped_is_lost() -> None:
    """Read back through the hierarchy: every quantity under its package, every package on its pallet."""
    level: dict[str, tuple[str, str]] = {}
    sscc: dict[str, str] = {}
    packed: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    here = ""
    for row in x12_rows(write_despatch(shipped(), ROUTE, Style(), "x12/856")):
        if row[0] == "HL":
            here = row[1]
            level[here] = (row[2], row[3])
        elif row[0] == "MAN":
            sscc[here] = row[2][2:]
        elif row[0] == "SN1":
            packed[sscc.get(level[here][0], ""), row[1]] += Decimal(row[2])
    assert packed == {
        (SSCCS[1], "10"): 12, (SSCCS[2], "10"): 8, (SSCCS[2], "2"): 5, ("", "10"): 10,
    }  # fmt: skip
    assert {sscc[n]: sscc.get(level[n][0], "") for n in sscc} == {
        SSCCS[0]: "", SSCCS[1]: SSCCS[0], SSCCS[2]: SSCCS[0],
    }  # fmt: skip


def test_an_invoice() -> None:
    rows = billed(invoice())
    assert rows[:5] == [
        "BIG*20260930*IN000077**K-4471***DI",
        "NTE*PMT*Bank of Bremen, IBAN DE02 1203 0000 0000 2020 51",
        "CUR*SE*USD",
        "REF*VN*SO000123",
        "REF*SI*SH000031",
    ]
    assert rows[rows.index("N1*BT*Kestrel Tools*92*K001") + 3 :] == [
        "ITD*05*3****20261030******30 days net",
        "DTM*011*20260929",
        "IT1*10*30*CA*18.50*CT*IN*000771*VN*FX-22*UP*036000291452",
        "TXI*TX**19",
        "PID*F****Flux pens",
        "IT1*2*5*CI*41.125**VN*CAN-5",
        "TXI*TX**19",
        "PID*F****Oil, 5 l",
        "TDS*92002",
        "TXI*TX*146.89*19",
        "SAC*C*D240***1250",
        "CTT*2*35",
    ]


def test_a_credit_has_its_kind_and_positive_figures() -> None:
    given = invoice(is_credit=True)
    negative = replace(
        given, net=-given.net, tax=-given.tax, total=-given.total, freight=-given.freight,
        lines=tuple(replace(one, quantity=-one.quantity, amount=-one.amount) for one in given.lines),
    )  # fmt: skip
    assert billed(negative) == billed(given)
    assert billed(given)[0] == "BIG*20260930*IN000077**K-4471***CR"
    assert "TDS*92002" in billed(given)


def test_rates_that_differ_stand_with_their_lines_only() -> None:
    given = invoice()
    mixed = replace(given, lines=(given.lines[0], replace(given.lines[1], tax_percent=Decimal(7))))
    assert [r for r in billed(mixed) if r.startswith("TXI")] == [
        "TXI*TX**19", "TXI*TX**7", "TXI*TX*146.89",
    ]  # fmt: skip


def test_implied_decimals_are_never_rounded() -> None:
    assert "TDS*5" in billed(invoice(total=Decimal("0.05"), freight=Decimal(0)))
    assert "TDS*100000" in billed(invoice(total=Decimal("1E+3")))
    with pytest.raises(CannotWrite) as error:
        billed(invoice(total=Decimal("920.025")))
    assert error.value.field == "TDS01"


def test_an_invoice_in_our_own_words() -> None:
    rows = billed(invoice(echo=Echo(), payment_terms="", due_on=None, bank="", shipment_number="", shipped_on=None))  # fmt: skip
    assert [r for r in rows if r.startswith(("ITD", "NTE", "REF*SI", "DTM"))] == []
    assert "IT1*1*30*CA*18.5**VN*FX-22" in rows
