"""X12 orders: separators however they come, envelopes that do not add up, and what the segments mean."""

from __future__ import annotations

import pytest

from core.errors import Unreadable
from core.inbound.reading import ReadOrder
from extraction.edi import EdiReading, read_any, sniff

BODY = (
    "BEG*00*SA*K-4471*7*20260914*C-88",
    "CUR*BY*USD",
    "REF*DP*12",
    "PER*BD*Ida Fold*EM*ida@kestrel.example",
    "FOB*CC*DE**01*FCA**Kiel",
    "ITD*01*3*2**10**30",
    "DTM*002*20261001",
    "DTM*001*20261015",
    "TD5*****Northline Freight",
    "N1*BY*Kestrel Tools*92*K001",
    "PER*AA*Someone Else",
    "N1*ST*Kestrel Depot 4*91*0042",
    "N2*Dock B",
    "N3*9 Harbour Road*Unit 3",
    "N4*Port Ellis*ME*04101*US",
    "N1*BT*Kestrel Finance",
    "N3*1 Ledger Way",
    "PO1*1*24*CA*18.50*PE*IN*000771*VN*FX-22*UP*036000291452*PR*99",
    "PID*F****Flux pens, box",
    "PID*F****of twelve",
    "DTM*002*20260928",
    "PO1*2*1500*EA*4.2*HP*VP*RIVET 3",
    "SCH*500*EA***002*20261101",
    "SCH*1000*EA***002*20261201",
    "SLN*1**I*2*EA",
    "PID*F****a component",
    "CTT*2*1524",
    "AMT*TT*507",
)


def x12(
    *sets: tuple[str, ...],
    kind: str = "850",
    element: str = "*",
    component: str = ">",
    end: str = "~\n",
    test: str = "P",
    group: str = "PO",
) -> bytes:
    """A well-formed interchange around the bodies of its sets."""
    isa = [
        "ISA",
        "00",
        " " * 10,
        "00",
        " " * 10,
        "ZZ",
        "KESTREL".ljust(15),
        "01",
        "OURSELVES".ljust(15),
    ]
    isa += ["260914", "0815", "U", "00401", "000000123", "0", test, component]
    rows = [isa, ["GS", group, "KESTREL", "OURSELVES", "20260914", "0815", "55", "X", "004010"]]
    for n, body in enumerate(sets, 1):
        rows.append(["ST", kind, f"{n:04}"])
        rows += [segment.split("*") for segment in body]
        rows.append(["SE", str(len(body) + 2), f"{n:04}"])
    rows += [["GE", str(len(sets)), "55"], ["IEA", "1", "000000123"]]
    return "".join(element.join(row) + end for row in rows).encode()


def read(content: bytes) -> EdiReading:
    reading = read_any(content, 3)
    assert reading is not None
    return reading


def values(fields: dict[str, object]) -> dict[str, str]:
    return {name: found.value for name, found in fields.items()}  # type: ignore[attr-defined]


def codes(reading: EdiReading) -> set[str]:
    return {f.code for f in reading.findings}


def order(content: bytes) -> ReadOrder:
    [found] = read(content).orders
    return found


def test_header_fields() -> None:
    assert values(order(x12(BODY)).fields) == {
        "purpose": "00",
        "po_number": "K-4471",
        "contract_number": "C-88",
        "order_date": "2026-09-14",
        "currency": "USD",
        "buyer_contact": "Ida Fold",
        "buyer_email": "ida@kestrel.example",
        "incoterms": "FCA Kiel",
        "payment_terms": "2% 10 days, net 30 days",
        "requested_date": "2026-10-01",
        "ship_via": "Northline Freight",
        "buyer_name": "Kestrel Tools",
        "buyer_id": "K001",
        "ship_to_name": "Kestrel Depot 4",
        "ship_to_id": "0042",
        "ship_to": "Kestrel Depot 4, Dock B, 9 Harbour Road, Unit 3, Port Ellis ME 04101, US",
        "bill_to": "Kestrel Finance, 1 Ledger Way",
        "total": "507",
    }


def test_lines_have_the_printed_price_with_its_basis_and_ids_by_owner() -> None:
    first, second = order(x12(BODY)).lines
    assert values(first) == {
        "line_no": "1",
        "quantity": "24",
        "uom": "CA",
        "unit_price": "18.50",
        "buyer_sku": "000771",
        "supplier_sku": "FX-22",
        "gtin": "036000291452",
        "description": "Flux pens, box of twelve",
        "requested_date": "2026-09-28",
    }
    assert values(second) == {
        "line_no": "2",
        "quantity": "1500",
        "uom": "EA",
        "unit_price": "4.2",
        "price_basis": "100",
        "supplier_sku": "RIVET 3",
    }


def test_every_value_names_its_segment() -> None:
    found = order(x12(BODY)).fields["po_number"].evidence
    assert (found.part, found.at, found.text) == (3, "4", "BEG*00*SA*K-4471*7*20260914*C-88")


def test_what_a_clerk_should_know_is_told() -> None:
    reading = read(x12(BODY))
    assert reading.lane == "order"
    assert codes(reading) == {
        "edi-release", "edi-contract", "edi-not-after", "edi-price-basis", "edi-schedule", "edi-sublines",
    }  # fmt: skip
    [interchange] = reading.interchanges
    assert (interchange.sender.id, interchange.sender.qualifier, interchange.control) == (
        "KESTREL",
        "ZZ",
        "000000123",
    )


@pytest.mark.parametrize("element", ["*", "|", "\x1d", "^"])
@pytest.mark.parametrize("component", [">", ":", "\\", "\x1f"])
@pytest.mark.parametrize("end", ["~", "~\n", "~\r\n", "\n", "\r\n", "\x1c", "'", "§\n"])
def test_any_separators(element: str, component: str, end: str) -> None:
    reading = read(x12(BODY, element=element, component=component, end=end))
    assert [values(line)["quantity"] for line in reading.orders[0].lines] == ["24", "1500"]
    assert not codes(reading) & {"edi-cut", "edi-message-count", "edi-repair-joined"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda b: b"\xef\xbb\xbf" + b, id="byte order mark"),
        pytest.param(lambda b: b"\r\n  " + b.replace(b"\n", b"\n\t  "), id="indented"),
        pytest.param(lambda b: b.replace(b"*>~", b"*~"), id="ISA16 missing"),
        pytest.param(lambda b: b.replace(b"*P*>~", b"*P~"), id="ISA16 and its separator missing"),
        pytest.param(lambda b: b.replace(b"KESTREL        ", b"KESTREL"), id="short ISA06"),
        pytest.param(lambda b: b.replace(b"~\nGS", b"~~~\n\nGS"), id="empty segments"),
        pytest.param(lambda b: b.replace(b"*>~", b"*> ~"), id="blank before the segment end"),
        pytest.param(lambda b: b.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(lambda b: b + b"\x1a\x00", id="end-of-file marks"),
        pytest.param(lambda b: b.replace(b"~\n", b"~"), id="one row"),
    ],
)
def test_unusual_files_read_the_same(change) -> None:  # type: ignore[no-untyped-def]
    plain, unusual = order(x12(BODY)), order(change(x12(BODY)))
    assert values(plain.fields) == values(unusual.fields)
    assert list(map(values, plain.lines)) == list(map(values, unusual.lines))


def test_wrapped_at_eighty_columns() -> None:
    text = x12(BODY, end="~").decode()
    wrapped = "\n".join(text[n : n + 80] for n in range(0, len(text), 80))
    found = order(wrapped.encode())
    assert found.fields["ship_to_name"].value == "Kestrel Depot 4"
    assert [values(line)["quantity"] for line in found.lines] == ["24", "1500"]


def test_a_lost_segment_end_loses_no_line() -> None:
    broken = x12(BODY).replace(b"DTM*002*20260928~", b"DTM*002*20260928")
    reading = read(broken)
    assert len(reading.orders[0].lines) == 2
    assert reading.orders[0].lines[0]["requested_date"].value == "2026-09-28"
    assert "edi-repair-joined" in codes(reading)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("SE*30*0001", "SE*29*0001", "edi-message-count"),
        ("SE*30*0001", "SE*30*0009", "edi-message-number"),
        ("GE*1*55", "GE*2*55", "edi-group-count"),
        ("GE*1*55", "GE*1*56", "edi-group-number"),
        ("IEA*1*000000123", "IEA*1*000000124", "edi-interchange-number"),
        ("IEA*1*000000123", "IEA*3*000000123", "edi-interchange-count"),
        ("IEA*1*000000123~\n", "", "edi-cut"),
        ("SE*30*0001~\n", "", "edi-message-unclosed"),
        ("GS*PO*", "GS*IN*", "edi-group-kind"),
        ("*0*P*>", "*0*T*>", "edi-test"),
        ("CTT*2*1524", "CTT*3*1524", "edi-line-count"),
        ("CTT*2*1524", "CTT*2*1500", "edi-quantity-sum"),
        ("UP*036000291452", "UP*036000291453", "edi-gtin-check-digit"),
        ("DTM*002*20261001", "DTM*002*20261301", "edi-date"),
        ("*24*CA*", "*two*CA*", "edi-number"),
        ("K-4471", "<PO NUMBER>", "edi-placeholder"),
        ("BEG*00*", "BEG*07*", "edi-purpose"),
        ("BEG*00*", "BEG*77*", "edi-purpose-unknown"),
        ("REF*DP*12", "QQQ*DP*12", "edi-segment-unknown"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_told(old: str, new: str, code: str) -> None:
    content = x12(BODY).decode()
    assert old in content
    reading = read(content.replace(old, new).encode())
    assert code in codes(reading)
    assert len(reading.orders) == 1


def test_findings_carry_the_standards_code_and_the_place() -> None:
    reading = read(x12(BODY).replace(b"SE*30*", b"SE*31*"))
    [found] = [f for f in reading.findings if f.code == "edi-message-count"]
    assert found.text == "SE01 counts 31 segments, there are 30 [AK502 code 4]."
    assert found.place == "segment 32"


@pytest.mark.parametrize(
    ("purpose", "lane"),
    [
        ("00", "order"),
        ("01", "cancellation"),
        ("03", "cancellation"),
        ("04", "change"),
        ("05", "change"),
        ("06", "order"),
    ],
)
def test_purpose_decides_the_lane(purpose: str, lane: str) -> None:
    assert read(x12((f"BEG*{purpose}*SA*77**20260101", "PO1*1*1*EA"))).lane == lane


def test_new_orders_and_a_cancellation_in_one_file_need_a_person() -> None:
    reading = read(
        x12(("BEG*00*SA*1**20260101", "PO1*1*1*EA"), ("BEG*01*SA*2**20260101", "PO1*1*1*EA"))
    )
    assert reading.lane == "cancellation"
    assert "edi-mixed-purposes" in codes(reading)
    assert [m.lane for m in reading.messages] == ["order", "cancellation"]


def test_an_invoice_beside_an_order_becomes_no_order() -> None:
    invoice = x12(("BIG*20260101*1",), kind="810", group="IN")
    reading = read(invoice + x12(BODY).replace(b"000000123", b"000000124"))
    assert [m.format for m in reading.messages] == ["x12/810", "x12/850"]
    assert len(reading.orders) == 1
    assert (reading.lane, reading.format) == ("order", "x12/850")
    assert "edi-other-message" in codes(reading)
    assert len(reading.interchanges) == 2


def test_two_interchanges_with_different_separators() -> None:
    other = x12(("BEG*00*SA*B-2**20260101", "PO1*1*7*EA"), element="|", component="^", end="\n")
    reading = read(x12(BODY) + other)
    assert [o.fields["po_number"].value for o in reading.orders] == ["K-4471", "B-2"]


@pytest.mark.parametrize(("kind", "lane"), [("997", "automatic"), ("810", "other"), ("840", "quote_request"), ("180", "return_request"), ("869", "status_question")])  # fmt: skip
def test_other_messages_have_their_lane(kind: str, lane: str) -> None:
    reading = read(x12(("XX*1",), kind=kind))
    assert (reading.lane, reading.orders) == (lane, ())


def test_change_order() -> None:
    body = (
        "BCH*04*SA*K-4471**3*20260914*****20260920",
        "POC*1*QI*30*6*CA*18.5*PE*VN*FX-22",
        "POC*2*DI*0**EA**PE*VN*RIVET 3",
    )
    reading = read(x12(body, kind="860", group="PC"))
    [found] = reading.orders
    assert reading.lane == "change"
    assert values(found.fields) == {
        "purpose": "04",
        "po_number": "K-4471",
        "order_date": "2026-09-14",
    }
    assert values(found.lines[0]) == {
        "line_no": "1",
        "quantity": "30",
        "uom": "CA",
        "unit_price": "18.5",
        "supplier_sku": "FX-22",
    }
    assert "edi-line-action" in codes(reading)


def test_grocery_order() -> None:
    body = ("G50*N*20260914*77120", "G62*02*20260920", "N1*ST*Store 9*9*0012345670000", "G68*12*CA*24.60*036000291452*VN*77", "G69*Oat bars", "G76*12*CA")  # fmt: skip
    [found] = read(x12(body, kind="875", group="OG")).orders
    assert values(found.fields)["po_number"] == "77120"
    assert values(found.fields)["requested_date"] == "2026-09-20"
    assert values(found.lines[0]) == {
        "quantity": "12", "uom": "CA", "unit_price": "24.60", "gtin": "036000291452", "supplier_sku": "77",
        "description": "Oat bars",
    }  # fmt: skip


def test_stores_and_line_destinations_are_told() -> None:
    body = ("BEG*00*SA*1**20260101", "PO1*1*10*EA", "SDQ*EA*92*0001*4*0002*6", "N1*ST*Shop*92*7")
    assert {"edi-store-split", "edi-line-ship-to"} <= codes(read(x12(body)))


def test_an_envelope_that_cannot_be_trusted_is_refused() -> None:
    with pytest.raises(Unreadable) as error:
        read_any(b"ISA*00*nothing like it*" + b"x" * 200, 1)
    assert error.value.code == "edi-delimiters"


def test_an_empty_set_is_no_order() -> None:
    reading = read(x12(("XYZ*1",)))
    assert reading.orders == ()
    assert "edi-po-number-missing" in codes(reading)


def test_duplicate_set_and_interchange_numbers() -> None:
    twice = x12(("BEG*00*SA*1**20260101", "PO1*1*1*EA")) * 2
    found = [f for f in read(twice).findings if f.code == "edi-duplicate-number"]
    assert [f.place for f in found] == ["segment 9"]


def test_sniffing_names_format_and_reasons() -> None:
    found = sniff(x12(BODY))
    assert found is not None
    assert (found.format, found.family) == ("x12/850", "x12")
    assert found.reasons[-1] == "Its ST segment says 850."
    for mail in (
        b"Dear all, ISA will be there.",
        b"Isa, please send\n5 x bolt, 3 x nut\nAnn",
        b"ISA: 5 bolts",
        b"ISA",
    ):
        assert sniff(mail) is None


def test_freight_has_implied_decimals() -> None:
    body = ("BEG*00*SA*1**20260101", "SAC*C*D240***12550", "PO1*1*1*EA")
    assert order(x12(body)).fields["freight"].value == "125.50"


def test_a_ship_to_that_all_lines_share_is_the_orders() -> None:
    line = ("PO1*1*10*EA", "N1*ST*Shop 7*92*7", "N4*Troy*NY*12180")
    found = order(x12(("BEG*00*SA*1**20260101", *line, *line))).fields
    assert (found["ship_to_name"].value, found["ship_to_id"].value) == ("Shop 7", "7")
    other = tuple(s.replace("Shop 7*92*7", "Shop 8*92*8") for s in line)
    assert "ship_to" not in order(x12(("BEG*00*SA*1**20260101", *line, *other))).fields


def test_dates_in_their_later_form() -> None:
    day = x12(("BEG*00*SA*1**20260101", "DTM*002****D8*20261001", "PO1*1*1*EA"))
    assert order(day).fields["requested_date"].value == "2026-10-01"
    span = read(x12(("BEG*00*SA*1**20260101", "DTM*002****RD8*20261001-20261009", "PO1*1*1*EA")))
    assert "requested_date" not in span.orders[0].fields
    assert "edi-delivery-window" in codes(span)


def test_a_ship_date_is_taken_with_doubt() -> None:
    reading = read(x12(("BEG*00*SA*1**20260101", "DTM*010*20261001", "PO1*1*1*EA")))
    found = reading.orders[0].fields["requested_date"]
    assert (found.value, found.confidence < 0.9) == ("2026-10-01", True)
    assert "edi-ship-date" in codes(reading)


def test_grouping_commas_are_no_decimals() -> None:
    found = order(x12(("BEG*00*SA*1**20260101", "PO1*1*1,200*EA*1,050.25", "CTT*1*1200")))
    assert values(found.lines[0]) == {
        "line_no": "1",
        "quantity": "1200",
        "uom": "EA",
        "unit_price": "1050.25",
    }


def test_iso_days_are_taken_too() -> None:
    body = ("BEG*00*SA*1**2026-09-14", "DTM*002*2026-10-01", "PO1*1*1*EA", "SCH*1*EA***002*2026-10-02")  # fmt: skip
    found = order(x12(body))
    assert found.fields["order_date"].value == "2026-09-14"
    assert found.fields["requested_date"].value == "2026-10-01"
    assert found.lines[0]["requested_date"].value == "2026-10-02"


def test_characters_lost_on_the_way_are_told() -> None:
    reading = read(x12(("BEG*00*SA*1**20260914", "N1*BY*M\ufffdller", "PO1*1*1*EA")))
    assert reading.orders[0].fields["buyer_name"].value == "M\ufffdller"
    assert "edi-characters-lost" in codes(reading)
