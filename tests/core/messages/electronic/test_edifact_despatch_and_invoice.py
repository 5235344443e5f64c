"""DESADV from the real packing and INVOIC from the stored invoice: segments by hand, and everything read back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest

from core.messages.electronic.facts import Echo, InvoiceAnswer, PackedUnit, ShippedContent, Style
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.write import write_despatch, write_invoice
from tests.core.messages.electronic.answered import (
    EDIFACT_ROUTE,
    SSCCS,
    invoice,
    shipped,
    words,
)
from tests.core.messages.electronic.parsed import body, edifact_rows, findings, loops

ROWS = Style(newline="\n")
ECHO = Echo("edifact/ORDERS", "H-9", lines={"1": words(uom="CT", gtin="4006381333931")})


def noticed(**given: object) -> list[str]:
    content = write_despatch(shipped(**{"echo": ECHO, **given}), EDIFACT_ROUTE, ROWS, "edifact/DESADV")  # fmt: skip
    assert not findings(content)
    return body(content)


def billed(answer: InvoiceAnswer) -> list[str]:
    content = write_invoice(replace(answer, echo=ECHO), EDIFACT_ROUTE, ROWS, "edifact/INVOIC")
    assert not findings(content)
    return body(content)


def test_the_shipment() -> None:
    rows = noticed()
    assert rows[:7] == [
        "BGM+351+SH000031+9",
        "DTM+137:20260915:102",
        "DTM+11:20260929:102",
        "DTM+17:20261001:102",
        "RFF+ON:H-9",
        "RFF+VN:SO000123",
        "RFF+CN:NL-0099812",
    ]
    assert "TDT+20++++:::Northline Freight" in rows


def test_a_carrier_with_a_code_of_the_partner_s_profile() -> None:
    assert "TDT+20++++NRLF:172:182:Northline Freight" in noticed(carrier_code="NRLF")


def test_pallet_cartons_and_what_is_loose() -> None:
    rows = noticed()
    assert rows[rows.index("CPS+1") :] == [
        "CPS+1",
        "PAC+1++PX",
        "MEA+PD+AAB+KGM:212.5",
        "LIN+1++4006381333931:EN",
        "PIA+1+FX-22:SA+000771:IN",
        "IMD+F++:::Flux pens, box of twelve",
        "QTY+12:10:CT",
        "QTY+21:40:CT",
        "RFF+ON:H-9:10",
        "CPS+2+1",
        "PAC+1++PX",
        "MEA+PD+AAB+KGM:212.5",
        "PCI+33E",
        "GIN+BJ+340123450000000018",
        "CPS+3+2",
        "PAC+1++CT",
        "MEA+PD+AAB+KGM:12.25",
        "PCI+33E",
        "GIN+BJ+340123450000000025",
        "LIN+2++4006381333931:EN",
        "PIA+1+FX-22:SA+000771:IN",
        "IMD+F++:::Flux pens, box of twelve",
        "QTY+12:12:CT",
        "QTY+21:40:CT",
        "RFF+ON:H-9:10",
        "CPS+4+2",
        "PAC+1++CT",
        "MEA+PD+AAB+KGM:9",
        "PCI+33E",
        "GIN+BJ+340123450000000032",
        "LIN+3++4006381333931:EN",
        "PIA+1+FX-22:SA+000771:IN",
        "IMD+F++:::Flux pens, box of twelve",
        "QTY+12:8:CT",
        "QTY+21:40:CT",
        "RFF+ON:H-9:10",
        "LIN+4",
        "PIA+5+CAN-5:SA",
        "IMD+F++:::Oil, 5 l",
        "QTY+12:5:CI",
        "QTY+21:5:CI",
        "RFF+ON:H-9:2",
        "PCI+36E",
        "DTM+36:20270331:102",
        "GIN+BX+L-77",
        "CNT+2:4",
    ]


def test_without_packing_all_lines_stand_in_the_shipment() -> None:
    rows = noticed(units=())
    assert [r for r in rows if r.startswith(("CPS", "PAC", "QTY+12", "GIN", "CNT"))] == [
        "CPS+1", "QTY+12:30:CT", "QTY+12:5:CI", "GIN+BX+L-77", "CNT+2:2",
    ]  # fmt: skip


def test_packing_that_cannot_be_is_refused() -> None:
    with pytest.raises(CannotWrite):
        noticed(units=(PackedUnit("1" * 18, contents=(ShippedContent("1", Decimal(31)),)),))


def test_nothing_shipped_is_lost() -> None:
    """Read back through the hierarchy: every quantity under its package, every package on its pallet."""
    parent: dict[str, str] = {}
    sscc: dict[str, str] = {}
    packed: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    content = write_despatch(shipped(echo=ECHO), EDIFACT_ROUTE, Style(), "edifact/DESADV")
    for level in loops(edifact_rows(content), "CPS", lambda r: r[0][0]):
        number = level[0][1][0]
        parent[number] = level[0][2][0] if len(level[0]) > 2 else ""
        for row in level:
            if row[0][0] == "GIN" and row[1][0] == "BJ":
                sscc[number] = row[2][0]
        for line in loops(level, "LIN", lambda r: r[0][0]):
            [quantity] = [r[1][1] for r in line if r[0][0] == "QTY" and r[1][0] == "12"]
            [about] = [r[1][2] for r in line if r[0][0] == "RFF"]
            packed[sscc.get(number, ""), about] += Decimal(quantity)
    assert packed == {
        (SSCCS[1], "10"): 12, (SSCCS[2], "10"): 8, (SSCCS[2], "2"): 5, ("", "10"): 10,
    }  # fmt: skip
    assert {sscc[n]: sscc.get(parent[n], "") for n in sscc} == {
        SSCCS[0]: "", SSCCS[1]: SSCCS[0], SSCCS[2]: SSCCS[0],
    }  # fmt: skip


def test_an_invoice() -> None:
    rows = billed(invoice())
    assert rows[:8] == [
        "BGM+380+IN000077+9",
        "DTM+137:20260930:102",
        "DTM+11:20260929:102",
        "FTX+AAB+++30 days net",
        "FTX+PMD+++Bank of Bremen, IBAN DE02 1203 0000 0000 2020 51",
        "RFF+ON:H-9",
        "RFF+VN:SO000123",
        "RFF+DQ:SH000031",
    ]
    assert rows[rows.index("CUX+2:USD:4") :] == [
        "CUX+2:USD:4",
        "PAT+3",
        "DTM+13:20261030:102",
        "ALC+C++++FC",
        "MOA+23:12.5",
        "LIN+1++4006381333931:EN",
        "PIA+1+FX-22:SA+000771:IN",
        "IMD+F++:::Flux pens",
        "QTY+47:30:CT",
        "MOA+203:555",
        "PRI+AAA:18.50:CT",
        "RFF+ON:H-9:10",
        "TAX+7+VAT+++:::19+S",
        "LIN+2",
        "PIA+5+CAN-5:SA",
        "IMD+F++:::Oil, 5 l",
        "QTY+47:5:CI",
        "MOA+203:205.63",
        "PRI+AAA:41.125",
        "RFF+ON:H-9:2",
        "TAX+7+VAT+++:::19+S",
        "UNS+S",
        "CNT+2:2",
        "MOA+79:760.63",
        "MOA+125:773.13",
        "MOA+176:146.89",
        "MOA+77:920.02",
        "MOA+86:920.02",
        "TAX+7+VAT+++:::19+S",
        "MOA+125:773.13",
        "MOA+124:146.89",
    ]


def test_who_pays_is_the_buyer_unless_another_is_named() -> None:
    given = invoice()
    assert any(r.startswith("NAD+IV+4012345000009::9") for r in billed(given))
    other = replace(given.parties, bill_to=given.parties.ship_to)
    rows = billed(replace(given, parties=other))
    assert [r[:17] for r in rows if r.startswith("NAD+IV")] == ["NAD+IV+0042::92++"]


def test_a_credit_note_has_its_kind_and_positive_figures() -> None:
    given = invoice(is_credit=True)
    negative = replace(
        given, net=-given.net, tax=-given.tax, total=-given.total, freight=-given.freight,
        lines=tuple(replace(one, price=-one.price, amount=-one.amount) for one in given.lines),
    )  # fmt: skip
    assert billed(negative) == billed(given)
    assert billed(given)[0] == "BGM+381+IN000077+9"


def test_several_rates_have_no_sum_of_their_own() -> None:
    given = invoice()
    mixed = replace(given, lines=(given.lines[0], replace(given.lines[1], tax_percent=Decimal(0))))
    rows = billed(mixed)
    assert [r for r in rows if r.startswith("TAX")] == ["TAX+7+VAT+++:::19+S", "TAX+7+VAT+++:::0+Z"]
    assert rows[-1] == "MOA+86:920.02"


def test_no_figure_of_an_invoice_is_lost() -> None:
    given = invoice()
    rows = edifact_rows(write_invoice(given, EDIFACT_ROUTE, Style(), "edifact/INVOIC"))
    sums = {r[1][0]: Decimal(r[1][1]) for r in rows if r[0][0] == "MOA"}
    assert (sums["125"], sums["176"], sums["77"], sums["23"]) == (
        given.net, given.tax, given.total, given.freight,
    )  # fmt: skip
    head = rows[: rows.index((("UNS",), ("S",)))]
    for line, found in zip(given.lines, loops(head, "LIN", lambda r: r[0][0]), strict=True):
        values = {r[0][0]: r[1] for r in found}
        assert Decimal(values["QTY"][1]) == line.quantity
        assert Decimal(values["MOA"][1]) == line.amount
        assert Decimal(values["PRI"][1]) == line.price
