"""SAP IDocs as flat files: fixed widths read into the same orders as their XML, and never guessed at."""

from __future__ import annotations

import contextlib
import random

import pytest

from core.errors import Unreadable
from extraction.edi import EdiReading, read_any, sniff
from extraction.edi.xml.flat_idoc import CONTROL, SEGMENTS, Widths


def laid(widths: Widths, **values: str) -> str:
    return "".join(values.get(name, "")[:width].ljust(width) for name, width in widths)


def control(**values: str) -> str:
    known = {"TABNAM": "EDI_DC40", "MANDT": "100", "DOCNUM": "0000000000004711", "IDOCTYP": "ORDERS05", "MESTYP": "ORDERS", "SNDPRN": "HERON", "RCVPRN": "OURS", "CREDAT": "20261001"}  # fmt: skip
    return laid(CONTROL, **{**known, **values}).ljust(524)


def record(name: str, number: int, version: str = "", **values: str) -> str:
    base = f"E1{name[2:7]}"
    head = (
        f"{name}{version}".ljust(30) + "100" + "0000000000004711" + f"{number:06}" + "000000" + "01"
    )
    return (head + laid(SEGMENTS.get(base, ()), **values)).ljust(1063)


def flat(**changes: str) -> list[str]:
    return [
        control(**changes),
        record("E2EDK01", 1, "005", CURCY="EUR", ZTERM="30 days", BELNR="H-1"),
        record("E2EDKA1", 2, "003", PARVW="AG", PARTN="10042", NAME1="Heron Pumps"),
        record("E2EDKA1", 3, "003", PARVW="WE", PARTN="10043", NAME1="Heron Depot", STRAS="Kai 7", PSTLZ="28195", ORT01="Bremen", LAND1="DE"),
        record("E2EDK02", 4, QUALF="001", BELNR="H-1", DATUM="20261001"),
        record("E2EDK03", 5, IDDAT="012", DATUM="20261001"),
        record("Z1OWN", 6),
        record("E2EDP01", 7, "008", POSEX="000010", MENGE="5.000", MENEE="PCE", VPREI="12.50", PEINH="1"),
        record("E2EDP20", 8, WMENG="5.000", EDATU="20261102"),
        record("E2EDP19", 9, "001", QUALF="002", IDTNR="A-1", KTEXT="Pump seal"),
        record("E2EDP01", 10, "008", POSEX="000020", MENGE="2.000", MENEE="PCE"),
        record("E2EDP19", 11, "001", QUALF="001", IDTNR="HX-2"),
    ]  # fmt: skip


def read(content: str) -> EdiReading:
    reading = read_any(content.encode(), 1)
    assert reading is not None
    return reading


@pytest.mark.parametrize("between", ["\n", "\r\n", ""])
def test_a_flat_idoc_is_the_order_that_its_xml_is(between: str) -> None:
    reading = read(between.join(flat()))
    (order,) = reading.orders
    assert (reading.format, reading.lane) == ("idoc/ORDERS", "order")
    head = {name: c.value for name, c in order.fields.items()}
    assert head["po_number"] == "H-1"
    assert (head["order_date"], head["currency"], head["buyer_id"]) == (
        "2026-10-01",
        "EUR",
        "10042",
    )
    assert head["ship_to"] == "Heron Depot, Kai 7, 28195 Bremen, DE"
    lines = [{name: c.value for name, c in line.items()} for line in order.lines]
    assert [(x["line_no"], x["quantity"], x["uom"]) for x in lines] == [
        ("000010", "5.000", "PCE"), ("000020", "2.000", "PCE"),
    ]  # fmt: skip
    assert (lines[0]["supplier_sku"], lines[0]["description"]) == ("A-1", "Pump seal")
    assert (lines[0]["unit_price"], lines[0]["requested_date"]) == ("12.50", "2026-11-02")
    assert lines[1]["buyer_sku"] == "HX-2"
    (interchange,) = reading.interchanges
    assert (interchange.standard, interchange.control, interchange.sender.id) == (
        "idoc", "0000000000004711", "HERON",
    )  # fmt: skip


def test_each_idoc_of_a_file_is_an_interchange() -> None:
    second = [row.replace("0000000000004711", "0000000000004712") for row in flat()]
    reading = read("\n".join([*flat(), *second]))
    assert [i.control for i in reading.interchanges] == ["0000000000004711", "0000000000004712"]
    assert [m.format for m in reading.messages] == ["idoc/ORDERS", "idoc/ORDERS"]
    assert len(reading.orders) == 2


def test_a_test_flag_is_seen() -> None:
    assert read("\n".join(flat(TEST="X"))).interchanges[0].test


@pytest.mark.parametrize(
    "broken",
    [
        lambda rows: [rows[0], *(row[:63] + " " + row[63:] for row in rows[1:])],
        lambda rows: [rows[0], *(row[1:] for row in rows[1:])],
        lambda rows: [rows[0][:90] + "?" * 400, *rows[1:]],
    ],
)
def test_another_layout_is_told_and_not_guessed_at(broken) -> None:  # type: ignore[no-untyped-def]
    reading = read("\n".join(broken(flat())))
    assert reading.orders == ()
    assert "edi-flat-unread" in {f.code for f in reading.findings}


def test_it_is_recognised_by_its_control_record() -> None:
    found = sniff("\n".join(flat()).encode())
    assert found is not None and found.format == "idoc/flat"
    assert read("\n".join(flat(MESTYP="INVOIC"))).messages[0].format == "idoc/INVOIC"


def test_whatever_stands_in_it_only_our_own_errors_come() -> None:
    whole = bytearray("\n".join(flat()).encode())
    rng = random.Random(7)
    for _ in range(400):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 12)):
            content[rng.randrange(8, len(content))] = rng.choice(b"\x00\x0b\xff\xfe<&9A \n")
        with contextlib.suppress(Unreadable):
            assert read_any(bytes(content[: rng.randint(100, len(content))]), 1) is not None
