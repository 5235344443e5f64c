"""ORDRSP: segments written by hand from the directory, and every quantity, day and price read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.messages.electronic.facts import Business, Echo, Identifier, OrderAnswer, Style
from core.messages.electronic.write import write_order_answer
from core.messages.facts import Asked, Line, Part
from core.messages.outcome import outcome
from core.values import Address
from tests.core.messages.electronic.answered import (
    EDIFACT_ROUTE,
    LATER,
    PARTIES,
    WANTED,
    WORDS,
    line,
    order,
    order_answer,
    words,
)
from tests.core.messages.electronic.parsed import body, edifact_rows, findings, loops

ROWS = Style(newline="\n")
THEIRS = words(uom="CT", gtin="4006381333931", price_code="")
ECHO = Echo("edifact/ORDERS", "H-9", lines={"1": THEIRS})


def written(*lines: Line, style: Style = ROWS, **given: object) -> list[str]:
    answer = order_answer(*lines, **{"echo": ECHO, **given})
    content = write_order_answer(answer, EDIFACT_ROUTE, style, "edifact/ORDRSP")
    assert not findings(content)
    return body(content)


def parts(*found: tuple[str, date | None]) -> tuple[Part, ...]:
    return tuple(Part(Decimal(quantity), day) for quantity, day in found)


def test_an_accepted_order() -> None:
    assert written() == [
        "BGM+231+SO000123-1+29",
        "DTM+137:20260915:102",
        "RFF+ON:H-9",
        "DTM+171:20260914:102",
        "RFF+VN:SO000123",
        "NAD+BY+4012345000009::9++Kestrel Tools+4 Foundry Lane+Port Ellis+ME+04101+US",
        "NAD+SU+4098765000007::9++Flux Works+9 Mill Row+Bremen++28195+DE",
        "RFF+VA:DE123456788",
        "CTA+IC+:Ida Fold",
        "COM+?+49 421 5550:TE",
        "COM+ida@flux.example:EM",
        "NAD+DP+0042::92++Kestrel Depot 4+9 Harbour Road:Unit 3+Port Ellis+ME+04102+US",
        "CUX+2:USD:9",
        "LIN+10+5+4006381333931:EN",
        "PIA+1+FX-22:SA+000771:IN",
        "IMD+F++:::Flux pens, box of twelve",
        "QTY+21:24.0:CT",
        "QTY+12:24:CT",
        "DTM+2:20261001:102",
        "DTM+69:20261001:102",
        "PRI+AAA:18.50",
        "UNS+S",
        "CNT+2:1",
    ]


def of_line(**change: object) -> list[str]:
    rows = written(line(**change))
    found = rows[rows.index("CUX+2:USD:9") + 1 : rows.index("UNS+S")]
    return [r for r in found if r.startswith(("LIN", "QTY", "DTM+69", "SCC", "FTX", "PRI", "PIA+3"))]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"parts": parts(("20", WANTED))},
         ["LIN+10+3+4006381333931:EN", "QTY+21:24.0:CT", "QTY+12:20:CT", "DTM+69:20261001:102",
          "FTX+CHG+++quantity-changed", "PRI+AAA:18.50"]),
        ({"price": Decimal("19.125")},
         ["LIN+10+3+4006381333931:EN", "QTY+21:24.0:CT", "QTY+12:24:CT", "DTM+69:20261001:102",
          "FTX+CHG+++price-changed", "PRI+AAA:19.125"]),
        ({"parts": parts(("24", LATER))},
         ["LIN+10+3+4006381333931:EN", "QTY+21:24.0:CT", "QTY+12:24:CT", "DTM+69:20261022:102",
          "FTX+CHG+++date-changed", "PRI+AAA:18.50"]),
        ({"parts": parts(("10", WANTED), ("8", LATER), ("6", None))},
         ["LIN+10+3+4006381333931:EN", "QTY+21:24.0:CT", "QTY+12:18:CT", "QTY+83:6:CT",
          "FTX+CHG+++split, date-changed", "PRI+AAA:18.50",
          "SCC+1", "QTY+12:10:CT", "DTM+69:20261001:102", "SCC+1", "QTY+12:8:CT", "DTM+69:20261022:102"]),
        ({"parts": parts(("24", None))},
         ["LIN+10+3+4006381333931:EN", "QTY+21:24.0:CT", "QTY+83:24:CT", "FTX+CHG+++backordered", "PRI+AAA:18.50"]),
        ({"parts": (), "cancelled": Decimal(24)},
         ["LIN+10+2+4006381333931:EN", "QTY+21:24.0:CT", "FTX+CHG+++cancelled", "PRI+AAA:18.50"]),
        ({"parts": (), "rejected_reason": "no longer made"},
         ["LIN+10+7+4006381333931:EN", "QTY+21:24.0:CT", "FTX+ACD+++no longer made", "PRI+AAA:18.50"]),
        ({"parts": ()},
         ["LIN+10+3+4006381333931:EN", "QTY+21:24.0:CT", "QTY+12:0:CT", "FTX+CHG+++quantity-changed", "PRI+AAA:18.50"]),
        ({"item": "FX-23", "substituted": True},
         ["LIN+10+3+4006381333931:EN", "PIA+3+FX-23:SA", "QTY+21:24.0:CT", "QTY+12:24:CT", "DTM+69:20261001:102",
          "FTX+CHG+++substituted", "PRI+AAA:18.50"]),
    ],
)  # fmt: skip
def test_each_outcome_has_its_segments(change: dict[str, object], expected: list[str]) -> None:
    assert of_line(**change) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (order_answer(), "29"),
        (order_answer(line(price=Decimal(19))), "4"),
        (order_answer(line(), line(parts=(), rejected_reason="no")), "4"),
        (order_answer(line(parts=(), rejected_reason="no")), "27"),
        (order_answer(order=order(cancelled=True)), "27"),
        (order_answer(line(), line(parts=(), cancelled=Decimal(24))), "4"),
        (order_answer(line(), line(parts=(), cancelled=Decimal(24)), is_change=True), "29"),
        (order_answer(order=order(cancelled=True), echo=Echo("edifact/ORDCHG", purpose="1")), "29"),
        (order_answer(echo=Echo("edifact/ORDCHG", purpose="1")), "27"),
    ],
)
def test_the_order_as_a_whole(answer: OrderAnswer, expected: str) -> None:
    content = write_order_answer(answer, EDIFACT_ROUTE, ROWS, "edifact/ORDRSP")
    assert body(content)[0] == f"BGM+231+SO000123-1+{expected}"


def test_an_answer_to_a_change_names_it() -> None:
    rows = written(echo=replace(ECHO, change_number="H-9/2"), is_change=True)
    assert rows[2:6] == ["RFF+ON:H-9", "DTM+171:20260914:102", "RFF+PP:H-9/2", "RFF+VN:SO000123"]


def test_terms_notes_and_who_pays() -> None:
    facts = order(incoterms="FCA Kiel", payment_terms="30 days net", ship_via="Northline", notes="Call before.")  # fmt: skip
    payer = Business("Kestrel Finance", Address(lines=("1 Ledger Way",), city="Hausen", region="Oberfranken"), (Identifier("duns", "987654321"),))  # fmt: skip
    rows = written(order=facts, parties=replace(PARTIES, bill_to=payer))
    assert rows[2:4] == ["FTX+AAI+++Call before.", "FTX+AAB+++30 days net"]
    assert "NAD+IV+987654321::16++Kestrel Finance+1 Ledger Way+Hausen, Oberfranken" in rows
    at = rows.index("CUX+2:USD:9")
    assert rows[at + 1 : at + 3] == ["TDT+20++++:::Northline", "TOD+3++FCA:::Kiel"]


@pytest.mark.parametrize(
    ("given_words", "facts", "expected"),
    [
        (replace(THEIRS, price="1850", price_basis="100"), {}, ["QTY+21:24.0:CT", "PRI+AAA:1850:::100:CT"]),
        (replace(THEIRS, price="1850", price_basis="100", price_code="CT"), {}, ["QTY+21:24.0:CT", "PRI+AAA:1850:CT::100:CT"]),
        (replace(THEIRS, price_code="CA"), {}, ["QTY+21:24.0:CT", "PRI+AAA:18.50:CA"]),
        (replace(THEIRS, uom="PCE"), {}, ["QTY+21:24.0:CS", "PRI+AAA:18.5"]),
        (replace(THEIRS, quantity="25"), {}, ["QTY+21:24:CT", "PRI+AAA:18.50"]),
        (replace(THEIRS, price=""), {"price": None}, ["QTY+21:24.0:CT"]),
    ],
)  # fmt: skip
def test_their_words_stand_as_long_as_they_mean_ours(
    given_words, facts: dict[str, object], expected: list[str]
) -> None:  # type: ignore[no-untyped-def]
    rows = written(line(**facts), echo=replace(ECHO, lines={"1": given_words}))
    assert [r for r in rows if r.startswith(("QTY+21", "PRI"))] == expected


def test_pieces_without_a_unit_stay_without_one() -> None:
    asked = replace(line().asked, unit="EA")
    echo = replace(ECHO, lines={"1": replace(THEIRS, uom="")})
    rows = written(line(asked=asked), echo=echo)
    assert [r for r in rows if r.startswith("QTY")] == ["QTY+21:24.0", "QTY+12:24"]


def test_a_line_without_a_global_number_is_named_by_ours() -> None:
    rows = written(echo=Echo())
    assert rows[rows.index("LIN+1+5") + 1] == "PIA+5+FX-22:SA+000771:IN"


def test_numbers_stand_under_their_own_qualifiers() -> None:
    codes = {"buyer_sku": "BP", "supplier_sku": "VN", "gtin": "SRV"}
    rows = written(echo=replace(ECHO, lines={"1": replace(THEIRS, codes=codes)}))
    assert rows[rows.index("LIN+10+5+4006381333931:SRV") + 1] == "PIA+1+FX-22:VN+000771:BP"


@pytest.mark.parametrize(
    ("version", "gtin", "expected"),
    [
        ("D:96A:UN", "036000291452", "036000291452:UP"),
        ("D:96A:UN:EAN005", "4006381333931", "4006381333931:EN"),
        ("D:01B:UN:EAN009", "4006381333931", "4006381333931:SRV"),
        ("D:93A:UN", "4006381333931", "4006381333931:EN"),
    ],
)
def test_the_kind_of_global_number_follows_the_directory(
    version: str, gtin: str, expected: str
) -> None:
    rows = written(
        style=Style(version, newline="\n"), echo=replace(ECHO, lines={"1": words(gtin=gtin)})
    )
    assert f"LIN+10+5+{expected}" in rows


def test_figures_have_the_decimal_mark_in_force() -> None:
    style = Style(separators=":+,?'", newline="\n")
    content = write_order_answer(
        order_answer(line(price=Decimal("19.125")), echo=ECHO), EDIFACT_ROUTE, style, "edifact/ORDRSP"
    )  # fmt: skip
    assert [r for r in body(content) if r.startswith(("QTY+21", "PRI"))] == [
        "QTY+21:24,0:CT", "PRI+AAA:19,125",
    ]  # fmt: skip


Told = tuple[str, Decimal, Decimal, list[tuple[Decimal, date]], Decimal]


def told(content: bytes) -> list[Told]:
    """Number, asked, price for one, deliveries and backorder of each line, as a customer's system reads them."""
    found: list[Told] = []
    rows = edifact_rows(content)
    rows = rows[: rows.index((("UNS",), ("S",)))]
    for row in loops(rows, "LIN", lambda r: r[0][0]):
        quantities: dict[str, list[Decimal]] = {}
        days = [_day(r) for r in row if r[0][0] == "DTM" and r[1][0] == "69"]
        for r in row:
            if r[0][0] == "QTY":
                quantities.setdefault(r[1][0], []).append(Decimal(r[1][1]))
        [price] = [r[1] for r in row if r[0][0] == "PRI"]
        basis = Decimal(price[4]) if len(price) > 4 else Decimal(1)
        coming = quantities.get("12", [])
        single = coming if len(coming) == 1 else coming[1:]
        assert len(coming) < 2 or coming[0] == sum(coming[1:])
        found.append(
            (
                row[0][1][0], quantities["21"][0], Decimal(price[1]) / basis,
                list(zip(single, days, strict=True)), sum(quantities.get("83", []), Decimal(0)),
            )
        )  # fmt: skip
    return found


def _day(row: tuple[tuple[str, ...], ...]) -> date:
    assert row[1][2] == "102"
    return datetime.strptime(row[1][1], "%Y%m%d").date()


FIGURE = st.decimals(min_value="0.001", max_value="99999", places=3)
DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2049, 12, 31)))
LINES = st.builds(
    lambda n, quantity, price, confirmed, parts: Line(
        str(n), f"IT-{n}", "", Asked(quantity, "CS", price, WANTED), tuple(parts), confirmed
    ),
    st.integers(1, 99999), FIGURE, FIGURE, FIGURE,
    st.lists(st.builds(Part, FIGURE, DAYS), min_size=1, max_size=4),
)  # fmt: skip


@given(
    st.lists(LINES, min_size=1, max_size=6, unique_by=lambda found: found.number),
    st.sampled_from(("1", "100", "12")),
)
@settings(max_examples=150, deadline=3000)
def test_no_quantity_day_or_price_is_lost(lines: list[Line], basis: str) -> None:
    given_words = {
        one.number: replace(WORDS, line_no=one.number, uom="CT", price_basis=basis, price="")
        for one in lines
    }
    answer = order_answer(order=order(*lines), echo=replace(ECHO, lines=given_words))
    content = write_order_answer(answer, EDIFACT_ROUTE, Style(), "edifact/ORDRSP")
    for one, (number, asked, price, deliveries, backordered) in zip(
        lines, told(content), strict=True
    ):
        assert (number, asked, price) == (one.number, one.asked.quantity, one.price)
        assert deliveries == [
            (p.quantity, p.promised_date) for p in one.parts if p.promised_date is not None
        ]
        assert backordered == sum(
            (p.quantity for p in one.parts if p.promised_date is None), Decimal(0)
        )
    accepted = all(outcome(one).code == "accepted" for one in lines)
    assert (body(write_order_answer(answer, EDIFACT_ROUTE, ROWS, "edifact/ORDRSP"))[0][-2:] == "29") == accepted  # fmt: skip
