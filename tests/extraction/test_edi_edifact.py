"""EDIFACT orders: separators, release characters, charsets, several interchanges, and what the segments mean."""

from __future__ import annotations

import pytest

from core.inbound.reading import ReadOrder
from extraction.edi import EdiReading, read_any, sniff

ORDER = (
    "BGM+220+HB-9001+9",
    "DTM+137:20260914:102",
    "DTM+2:202610011200:203",
    "FTX+DEL+++Deliver to the back:gate only",
    "RFF+CT:C-55",
    "NAD+BY+4012345000009::9++Hafenbau KG:Einkauf+Kai 7+Bremen++28195+DE",
    "CTA+OC+:Jan Pohl",
    "COM+pohl@hafenbau.example:EM",
    "NAD+SU+4098765000007::9",
    "NAD+DP+4012345000016::9++Lager Nord+Speicherweg 2+Kiel++24103+DE",
    "NAD+IV+++Hafenbau Zentrale+Postfach 1+Bremen++28001+DE",
    "CUX+2:EUR:9",
    "PAT+1++5:3:D:30",
    "TOD+3++DAP:::Lager Kiel",
    "LIN+10++4006381333931:EN",
    "PIA+1+HB-77:IN+ZX-1:SA:::91+8877:MF",
    "IMD+F++:::Spezialschrauben M8:verzinkt",
    "QTY+21:200:PCE",
    "DTM+2:20260928:102",
    "MOA+203:25",
    "PRI+AAA:12.5:CT::100:PCE",
    "LIN+20",
    "PIA+5+ZX-2:SA",
    "QTY+21:3",
    "QTY+59:12",
    "PRI+AAB:7,25",
    "ALC+A+++1",
    "PCD+3:5",
    "UNS+S",
    "CNT+2:2",
    "MOA+86:46,75",
)


def edifact(
    *orders: tuple[str, ...],
    una: str = "UNA:+.? '",
    syntax: str = "UNOC:3",
    kind: str = "ORDERS:D:96A:UN:EAN008",
    end: str = "\n",
    reference: str = "701",
    test: str = "",
) -> bytes:
    rows = [f"UNB+{syntax}+4012345000009:14+4098765000007:14+260914:0815+{reference}++++++{test}"]
    for n, body in enumerate(orders, 1):
        rows += [f"UNH+{n}+{kind}", *body, f"UNT+{len(body) + 2}+{n}"]
    rows.append(f"UNZ+{len(orders)}+{reference}")
    return (una + end + "".join(f"{row}'{end}" for row in rows)).encode("latin-1")


def read(content: bytes) -> EdiReading:
    reading = read_any(content, 2)
    assert reading is not None
    return reading


def order(content: bytes) -> ReadOrder:
    [found] = read(content).orders
    return found


def values(fields: dict[str, object]) -> dict[str, str]:
    return {name: found.value for name, found in fields.items()}  # type: ignore[attr-defined]


def codes(reading: EdiReading) -> set[str]:
    return {f.code for f in reading.findings}


def test_header_fields() -> None:
    assert values(order(edifact(ORDER)).fields) == {
        "po_number": "HB-9001",
        "purpose": "9",
        "order_date": "2026-09-14",
        "requested_date": "2026-10-01",
        "notes": "Deliver to the back gate only",
        "buyer_name": "Hafenbau KG",
        "buyer_id": "4012345000009",
        "buyer_contact": "Jan Pohl",
        "buyer_email": "pohl@hafenbau.example",
        "ship_to_name": "Lager Nord",
        "ship_to_id": "4012345000016",
        "ship_to": "Lager Nord, Speicherweg 2, 24103 Kiel, DE",
        "bill_to": "Hafenbau Zentrale, Postfach 1, 28001 Bremen, DE",
        "currency": "EUR",
        "payment_terms": "30 days",
        "incoterms": "DAP Lager Kiel",
        "contract_number": "C-55",
        "total": "46.75",
    }


def test_lines_with_all_ids_and_the_price_with_its_basis() -> None:
    first, second = order(edifact(ORDER)).lines
    assert values(first) == {
        "line_no": "10",
        "gtin": "4006381333931",
        "buyer_sku": "HB-77",
        "supplier_sku": "ZX-1",
        "manufacturer_sku": "8877",
        "description": "Spezialschrauben M8 verzinkt",
        "quantity": "200",
        "uom": "PCE",
        "requested_date": "2026-09-28",
        "amount": "25",
        "unit_price": "12.5",
        "price_basis": "100",
    }
    assert values(second) == {
        "line_no": "20",
        "supplier_sku": "ZX-2",
        "quantity": "3",
        "unit_price": "7.25",
    }
    assert codes(read(edifact(ORDER))) == {"edi-contract", "edi-price-basis", "edi-price-gross"}


def test_every_value_names_its_segment() -> None:
    found = order(edifact(ORDER)).lines[1]["unit_price"].evidence
    assert (found.part, found.at, found.text) == (2, "28", "PRI+AAB:7,25")


@pytest.mark.parametrize(
    ("una", "change"),
    [
        pytest.param("UNA:+,? '", lambda t: t, id="decimal comma"),
        pytest.param("UNA:+.?*'", lambda t: t, id="repetition separator"),
        pytest.param("", lambda t: t, id="none"),
        pytest.param("UNA|*.! ~", lambda t: t.translate(str.maketrans(":+'", "|*~")), id="others"),
        pytest.param(
            "UNA\x1f\x1d.? \x1c",
            lambda t: t.translate(str.maketrans(":+'", "\x1f\x1d\x1c")),
            id="level B",
        ),
        pytest.param(
            "",
            lambda t: t.translate(str.maketrans(":+'", "\x1f\x1d\x1c")),
            id="level B without UNA",
        ),
        pytest.param("UNA:+.?  '", lambda t: t, id="one blank too many"),
        pytest.param("UNA:+.? \n", lambda t: t.replace("'\n", "\n"), id="line ends"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_separators(una: str, change, end: str) -> None:  # type: ignore[no-untyped-def]
    text = change(edifact(ORDER, una="", end="\n").decode("latin-1")).lstrip("\n")
    found = order((una + text).replace("\n", end).encode("latin-1"))
    assert values(found.fields) == values(order(edifact(ORDER)).fields)
    assert [len(line) for line in found.lines] == [12, 4]


def test_release_characters() -> None:
    body = ("BGM+220+A?+B?:C?'D??+9", "LIN+1++X?:1:SA", "IMD+F++:::20?' pipe ??", "QTY+21:5")
    found = order(edifact(body))
    assert found.fields["po_number"].value == "A+B:C'D?"
    assert found.lines[0]["supplier_sku"].value == "X:1"
    assert found.lines[0]["description"].value == "20' pipe ?"


@pytest.mark.parametrize(
    ("syntax", "charset", "name"),
    [
        ("UNOC:3", "latin-1", "Müller & Söhne"),
        ("UNOD:3", "iso8859-2", "Łódź Śruby"),
        ("UNOE:3", "iso8859-5", "Завод Болт"),
        ("UNOF:3", "iso8859-7", "Ελληνικά"),
        ("UNOL:4", "iso8859-15", "Épée € Šumava"),
        ("UNOY:4", "utf-8", "Zürich 東京"),
        ("UNOC:3", "utf-8", "Müller & Söhne"),
        ("UNOA:2", "latin-1", "Müller"),
    ],
)
def test_charset_by_unb_unless_the_bytes_are_utf8(syntax: str, charset: str, name: str) -> None:
    content = edifact(("BGM+220+1+9", "NAD+BY+1::92++NAME"), syntax=syntax)
    reading = read(content.replace(b"NAME", name.encode(charset)))
    assert reading.orders[0].fields["buyer_name"].value == name
    assert ("edi-charset" in codes(reading)) == (syntax == "UNOC:3" and charset == "utf-8")


def test_two_interchanges_the_second_with_una_lose_nothing() -> None:
    other = edifact(
        ("BGM+220+HB-9002+9", "LIN+1++1:SA", "QTY+21:4"), una="UNA|*.! ~", reference="702"
    )
    other = other[:10] + other[10:].translate(bytes.maketrans(b":+'", b"|*~"))
    reading = read(edifact(ORDER) + other)
    assert [o.fields["po_number"].value for o in reading.orders] == ["HB-9001", "HB-9002"]
    assert [i.control for i in reading.interchanges] == ["701", "702"]


def test_two_interchanges_without_una_stay_two() -> None:
    reading = read(edifact(ORDER, una="") + edifact(ORDER, una="", reference="702"))
    assert [i.control for i in reading.interchanges] == ["701", "702"]
    assert [m.interchange for m in reading.messages] == [0, 1]


def test_groups() -> None:
    text = edifact(ORDER).decode()
    text = text.replace("UNH+1", "UNG+ORDERS+A:14+B:14+260914:0815+9+UN+D:96A'\nUNH+1").replace(
        "UNZ+1", "UNE+1+9'\nUNZ+1"
    )
    reading = read(text.encode())
    assert len(reading.orders) == 1
    assert not codes(reading) & {
        "edi-cut",
        "edi-group-count",
        "edi-interchange-count",
        "edi-stray-segment",
    }


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("UNT+33+1", "UNT+31+1", "edi-message-count"),
        ("UNT+33+1", "UNT+33+2", "edi-message-number"),
        ("UNZ+1+701", "UNZ+2+701", "edi-interchange-count"),
        ("UNZ+1+701", "UNZ+1+700", "edi-interchange-number"),
        ("UNZ+1+701'\n", "", "edi-cut"),
        ("UNT+33+1'\n", "", "edi-message-unclosed"),
        ("701++++++", "701++++++1", "edi-test"),
        ("CNT+2:2", "CNT+2:3", "edi-line-count"),
        ("PCE'\nDTM+2:20260928:102'", "PCE’DTM+2:20260928:102'", "edi-repair-quotes"),
        ("PCE'\nDTM+2:20260928:102'", "PCE\nDTM+2:20260928:102'", "edi-repair-joined"),
        ("DTM+2:202610011200:203", "DTM+2:20261301:102", "edi-date"),
        ("QTY+21:3'", "QTY+21:drei'", "edi-number"),
        ("4006381333931", "4006381333932", "edi-gtin-check-digit"),
        ("4006381333931:EN", "0306406152:IB", "edi-isbn"),
        ("HB-9001+9", "HB-9001+31", "edi-purpose"),
        ("BY+4012345000009::9", "BY+<Buyer GLN>::9", "edi-placeholder"),
        ("MOA+203:25'", "MOA+203:2500'", "edi-amount-mismatch"),
        ("PRI+AAA:12.5:CT::100:PCE", "PRI+AAA:12.5:CT::1:KGM", "edi-price-basis-unit"),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_told(old: str, new: str, code: str) -> None:
    text = edifact(ORDER).decode("latin-1")
    assert old in text
    reading = read(text.replace(old, new).encode("utf-8"))
    assert code in codes(reading)
    assert len(reading.orders[0].lines) == 2
    assert reading.orders[0].lines[0]["quantity"].value == "200"


def test_curly_apostrophes_everywhere() -> None:
    reading = read(edifact(ORDER).decode("latin-1").replace("'", "’").encode("utf-8"))
    assert len(reading.orders[0].lines) == 2


@pytest.mark.parametrize(
    ("function", "lane"),
    [("9", "order"), ("1", "cancellation"), ("4", "change"), ("5", "change"), ("7", "order")],
)
def test_function_decides_the_lane(function: str, lane: str) -> None:
    assert read(edifact((f"BGM+220+7+{function}", "LIN+1++A:SA", "QTY+21:1"))).lane == lane


def test_order_change_is_known_by_the_orders_number() -> None:
    body = (
        "BGM+230+CH-3+4",
        "DTM+137:20260920:102",
        "RFF+ON:HB-9001",
        "LIN+10+3+A:SA",
        "QTY+21:5",
        "LIN+20+2+B:SA",
    )
    reading = read(edifact(body, kind="ORDCHG:D:96A:UN"))
    assert (reading.lane, reading.format) == ("change", "edifact/ORDCHG")
    assert reading.orders[0].fields["po_number"].value == "HB-9001"
    told = [f.text for f in reading.findings if f.code == "edi-line-action"]
    assert told == ["The line is to be: changed (3).", "The line is to be: deleted (2)."]


@pytest.mark.parametrize(
    ("dates", "wanted", "code"),
    [
        (("DTM+64:20261001:102", "DTM+63:20261009:102"), None, "edi-delivery-window"),
        (("DTM+64:20261001:102", "DTM+63:20261001:102"), "2026-10-01", ""),
        (("DTM+2:2026100120261005:718",), None, "edi-delivery-window"),
        (("DTM+2:202641:616",), "2026-10-05", ""),
        (("DTM+2:261001:101",), "2026-10-01", ""),
        (("DTM+2:2610011200:201",), "2026-10-01", ""),
        (("DTM+10:20261001:102",), "2026-10-01", "edi-ship-date"),
        (("DTM+63:20261009:102",), None, "edi-not-after"),
        (("DTM+2:20261001:102", "DTM+61:20261020:102"), "2026-10-01", "edi-not-after"),
    ],
)
def test_requested_dates(dates: tuple[str, ...], wanted: str | None, code: str) -> None:
    reading = read(edifact(("BGM+220+7+9", *dates, "LIN+1++A:SA", "QTY+21:1")))
    found = reading.orders[0].fields.get("requested_date")
    assert (found.value if found else None) == wanted
    assert not code or code in codes(reading)


def test_split_deliveries_are_told_and_stay_one_line() -> None:
    body = ("BGM+220+7+9", "LIN+1++A:SA", "QTY+21:10", "LOC+7+001::92", "QTY+11:4", "DTM+2:20261001:102",
            "LOC+7+002::92", "QTY+11:6", "DTM+2:20261101:102", "UNS+S")  # fmt: skip
    reading = read(edifact(body))
    assert values(reading.orders[0].lines[0]) == {
        "line_no": "1",
        "supplier_sku": "A",
        "quantity": "10",
    }
    [found] = [f for f in reading.findings if f.code == "edi-store-split"]
    assert (
        found.text
        == "The line splits its quantity over 2 destinations: 4 001 2026-10-01; 6 002 2026-11-01."
    )


@pytest.mark.parametrize(("kind", "lane"), [("INVOIC", "other"), ("CONTRL", "automatic"), ("REQOTE", "quote_request"), ("OSTENQ", "status_question"), ("RETANN", "return_request"), ("XYZABC", "other")])  # fmt: skip
def test_other_messages_have_their_lane(kind: str, lane: str) -> None:
    reading = read(edifact(("BGM+1+2+9",), kind=f"{kind}:D:96A:UN"))
    assert (reading.lane, reading.orders) == (lane, ())


def test_sniffing() -> None:
    found = sniff(edifact(ORDER))
    assert found is not None and found.format == "edifact/ORDERS"
    tradacoms = b"STX=ANA:1+5000000000000:SHOP+5010000000000:US+260914:0815+1+P+ORDHDR'MHD=1+ORDHDR:9'MHD=2+ORDERS:9'"
    found = sniff(tradacoms)
    assert found is not None and found.format == "tradacoms/ORDERS"
    for mail in (
        b"UNABLE to come",
        b"Una, please send 5 bolts",
        b"UNA - 5 bolts",
        b"UNB: yes",
        b"UNA",
    ):
        assert sniff(mail) is None


def test_a_format_that_is_not_read_says_so() -> None:
    reading = read(b"EDI_DC40  0010000000000000001740 3012  ORDERS05\nE2EDK01005\n")
    assert (reading.lane, reading.orders) == ("order", ())
    assert codes(reading) == {"edi-flat-unread", "edi-format-unread"}


def test_components_of_a_bundle_are_no_lines() -> None:
    body = (
        "BGM+220+7+9",
        "LIN+1++SET:SA",
        "QTY+21:2",
        "LIN+2++PART:SA+1:1",
        "QTY+21:4",
        "UNS+S",
        "CNT+2:2",
    )
    reading = read(edifact(body))
    assert [line["supplier_sku"].value for line in reading.orders[0].lines] == ["SET"]
    assert {"edi-sublines", "edi-currency-missing"} == codes(reading)


def test_dates_behind_a_reference_and_prices_as_amounts() -> None:
    body = (
        "BGM+220+7+9",
        "RFF+ON:1",
        "DTM+2:20261001:102",
        "LIN+1++A:SA",
        "QTY+21:2",
        "MOA+146:3.50",
    )
    found = order(edifact(body))
    assert found.fields["requested_date"].value == "2026-10-01"
    assert found.lines[0]["unit_price"].value == "3.50"


@pytest.mark.parametrize(
    ("rows", "field", "value"),
    [
        (("DTM+2:202610010900UTC:303",), "requested_date", "2026-10-01"),
        (("DTM+2:2026-10-01:102",), "requested_date", "2026-10-01"),
        (("CUX+3:USD:4", "CUX+2:EUR:9"), "currency", "EUR"),
        (("FTX+GEN+++first\nsecond",), "notes", "first second"),
        (("NAD+BY+1::92++John\u0092s Ltd",), "buyer_name", "John’s Ltd"),
    ],
)
def test_unusual_values(rows: tuple[str, ...], field: str, value: str) -> None:
    found = order(edifact(("BGM+220+7+9", *rows, "LIN+1++A:SA", "QTY+21:1")))
    assert found.fields[field].value == value


def test_the_currency_beside_the_amounts_when_they_agree() -> None:
    body = ("BGM+220+7+9", "LIN+1++A:SA", "QTY+21:2", "MOA+203:5:EUR", "UNS+S", "MOA+86:5:EUR")
    assert order(edifact(body)).fields["currency"].value == "EUR"
    mixed = (*body[:-1], "MOA+86:5:USD")
    assert "currency" not in order(edifact(mixed)).fields
