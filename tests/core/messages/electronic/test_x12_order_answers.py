"""855 and 865: segments written by hand from the standard, and every quantity, day and price read back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
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
    LATER,
    PARTIES,
    ROUTE,
    WANTED,
    WORDS,
    line,
    order,
    order_answer,
    words,
)
from tests.core.messages.electronic.parsed import body, findings, loops, x12_rows

ROWS = Style(newline="\n")


def written(answer: OrderAnswer, kind: str = "x12/855", style: Style = ROWS) -> list[str]:
    content = write_order_answer(answer, ROUTE, style, kind)
    assert not findings(content)
    return body(content)


def acks(*lines: Line, **given: object) -> list[str]:
    return [row for row in written(order_answer(*lines, **given)) if row.startswith("ACK")]


def parts(*found: tuple[str, date | None]) -> tuple[Part, ...]:
    return tuple(Part(Decimal(quantity), day) for quantity, day in found)


def test_an_accepted_order() -> None:
    assert written(order_answer()) == [
        "BAK*00*AD*K-4471*20260914****SO000123*20260915",
        "CUR*SE*USD",
        "REF*VN*SO000123",
        "REF*TN*SO000123-1",
        "N1*BY*Kestrel Tools*92*K001",
        "N3*4 Foundry Lane",
        "N4*Port Ellis*ME*04101*US",
        "N1*SE*Flux Works*UL*4098765000007",
        "N3*9 Mill Row",
        "N4*Bremen**28195*DE",
        "REF*VX*DE123456788",
        "PER*IC*Ida Fold*TE*+49 421 5550*EM*ida@flux.example",
        "N1*ST*Kestrel Depot 4*92*0042",
        "N3*9 Harbour Road*Unit 3",
        "N4*Port Ellis*ME*04102*US",
        "PO1*10*24.0*CA*18.50*CT*IN*000771*VN*FX-22*UP*036000291452",
        "PID*F****Flux pens, box of twelve",
        "ACK*IA*24*CA*067*20261001",
        "CTT*1",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ["ACK*IA*24*CA*067*20261001"]),
        ({"parts": parts(("20", WANTED))}, ["ACK*IQ*20*CA*067*20261001"]),
        ({"price": Decimal("19")}, ["ACK*IP*24*CA*067*20261001"]),
        ({"price": Decimal("19"), "parts": parts(("20", LATER))}, ["ACK*IC*20*CA*067*20261022"]),
        ({"parts": parts(("24", LATER))}, ["ACK*DR*24*CA*067*20261022"]),
        ({"parts": parts(("10", WANTED), ("14", LATER))}, ["ACK*IA*10*CA*067*20261001", "ACK*DR*14*CA*067*20261022"]),
        ({"parts": parts(("10", WANTED), ("14", None))}, ["ACK*BP*10*CA*067*20261001", "ACK*IB*14*CA"]),
        ({"parts": parts(("24", None))}, ["ACK*IB*24*CA"]),
        ({"parts": (), "cancelled": Decimal(24)}, ["ACK*ID*24*CA"]),
        ({"parts": ()}, ["ACK*ID*24*CA"]),
        ({"parts": (), "rejected_reason": "no longer made"}, ["ACK*IR*24*CA"]),
        ({"item": "FX-23", "substituted": True}, ["ACK*IS*24*CA*067*20261001**VN*FX-23"]),
    ],
)  # fmt: skip
def test_each_outcome_has_its_code(change: dict[str, object], expected: list[str]) -> None:
    assert acks(line(**change)) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (order_answer(), "AD"),
        (order_answer(line(price=Decimal(19))), "AC"),
        (order_answer(line(), line(parts=(), rejected_reason="no")), "AC"),
        (order_answer(line(parts=(), rejected_reason="no")), "RD"),
        (order_answer(order=order(cancelled=True)), "RD"),
        (order_answer(order=replace(order(), lines=())), "AK"),
        (order_answer(order=replace(order(), lines=(), cancelled=True)), "RJ"),
        (order_answer(order=order(cancelled=True), echo=Echo("x12/850", purpose="01")), "AD"),
        (order_answer(line(), line(parts=(), cancelled=Decimal(24))), "AC"),
        (order_answer(line(), line(parts=(), cancelled=Decimal(24)), is_change=True), "AD"),
        (order_answer(line(parts=(), cancelled=Decimal(24)), is_change=True), "AD"),
        (order_answer(line(parts=(), rejected_reason="no"), is_change=True), "RD"),
        (order_answer(echo=Echo("x12/850", purpose="01")), "RD"),
    ],
)
def test_the_order_as_a_whole(answer: OrderAnswer, expected: str) -> None:
    assert written(answer)[0].split("*")[2] == expected


def test_a_later_answer_replaces_and_a_release_is_part_of_the_number() -> None:
    answer = order_answer(order=order(revision=2), echo=Echo("x12/850", "K-4471", "007"))
    assert written(answer)[0] == "BAK*05*AD*K-4471*20260914*007***SO000123*20260915"


def test_without_a_day_of_the_order_the_day_it_came_is_told() -> None:
    undated = order(order_date=None)
    came = Echo("x12/850", "K-4471", received_on=date(2026, 9, 13))
    assert written(order_answer(order=undated, echo=came))[0].split("*")[4] == "20260913"
    assert written(order_answer(order=undated))[0].split("*")[4] == "20260915"


def test_terms_notes_and_who_pays() -> None:
    facts = order(
        incoterms="fca Kiel", payment_terms="30 days net", ship_via="Northline", notes="Call before delivery."
    )  # fmt: skip
    payer = Business("Kestrel Finance", Address(lines=("1 Ledger Way",)), (Identifier("duns", "987654321"),))  # fmt: skip
    rows = written(order_answer(order=facts, parties=replace(PARTIES, bill_to=payer)))
    assert rows[4:9] == [
        "FOB*DF***01*FCA*ZZ*Kiel",
        "ITD************30 days net",
        "TD5*****Northline",
        "N9*L1*NOTE",
        "MSG*Call before delivery.",
    ]
    assert "N1*BT*Kestrel Finance*1*987654321" in rows


def test_the_reason_of_a_rejection_stands_behind_its_line() -> None:
    rows = written(order_answer(line(parts=(), rejected_reason="no longer made")))
    assert rows[-4:] == ["ACK*IR*24*CA", "N9*L1*NOTE", "MSG*no longer made", "CTT*1"]


@pytest.mark.parametrize(
    ("given_words", "facts", "expected"),
    [
        (words(), {}, "24.0*CA*18.50*CT"),
        (words(price="1850", price_basis="100", price_code="HP"), {}, "24.0*CA*1850*HP"),
        (words(price="1850", price_basis="100", price_code="HP"), {"price": Decimal("19.005")}, "24.0*CA*1900.5*HP"),
        (words(price="222", price_basis="12", price_code=""), {}, "24.0*CA*18.5*"),
        (words(uom="EA"), {}, "24.0*CA*18.5*"),
        (words(uom="CT"), {}, "24.0*CT*18.50*CT"),
        (words(quantity="25"), {}, "24*CA*18.50*CT"),
        (words(quantity="two", price="x"), {}, "24*CA*18.5*CT"),
        (words(price=""), {"price": None}, "24.0*CA**"),
        (words(), {"price": None}, "24.0*CA*18.50*CT"),
    ],
)  # fmt: skip
def test_their_words_stand_as_long_as_they_mean_ours(
    given_words, facts: dict[str, object], expected: str
) -> None:  # type: ignore[no-untyped-def]
    echo = Echo("x12/850", "K-4471", lines={"1": given_words})
    [row] = [r for r in written(order_answer(line(**facts), echo=echo)) if r.startswith("PO1")]
    assert row.split("*IN*")[0] == f"PO1*10*{expected}"


def test_numbers_stand_under_their_own_qualifiers() -> None:
    codes = {"buyer_sku": "BP", "supplier_sku": "VP", "gtin": "UI"}
    theirs = replace(WORDS, codes=codes)
    [row] = [
        r
        for r in written(order_answer(echo=Echo("x12/850", lines={"1": theirs})))
        if r.startswith("PO1")
    ]
    assert row == "PO1*10*24.0*CA*18.50*CT*BP*000771*VP*FX-22*UI*036000291452"
    [row] = [
        r
        for r in written(order_answer(echo=Echo("edifact/ORDERS", lines={"1": theirs})))
        if r.startswith("PO1")
    ]
    assert row.endswith("*IN*000771*VN*FX-22*UP*036000291452")


def test_words_of_another_family_are_not_given_back_as_codes() -> None:
    echo = Echo("edifact/ORDERS", "K-4471", lines={"1": words(uom="CT", price_code="CT", gtin="4006381333931")})  # fmt: skip
    [row] = [r for r in written(order_answer(echo=echo)) if r.startswith("PO1")]
    assert row == "PO1*10*24.0*CA*18.50**IN*000771*VN*FX-22*EN*4006381333931"


def test_without_words_of_theirs_the_line_is_told_in_ours() -> None:
    [row] = [r for r in written(order_answer(echo=Echo())) if r.startswith("PO1")]
    assert row == "PO1*1*24*CA*18.5**IN*000771*VN*FX-22"


def test_a_substitute_stands_in_the_acknowledgement_only() -> None:
    echo = Echo("x12/850", lines={"1": words(supplier_sku="")})
    rows = written(order_answer(line(item="FX-23", substituted=True), echo=echo))
    assert [r for r in rows if "FX-23" in r] == ["ACK*IS*24*CA*067*20261001**VN*FX-23"]


def test_an_answer_to_a_change() -> None:
    echo = Echo("x12/860", "K-4471", "7", "04", change_number="3", lines={"1": words(action="CA")})
    answer = order_answer(echo=echo, is_change=True)
    rows = written(answer, "x12/865")
    assert rows[0] == "BCA*04*AD*K-4471*7*3*20260914***SO000123*20260915"
    assert rows[-4:] == [
        "POC*10*CA*24.0**CA*18.50*CT*IN*000771*VN*FX-22*UP*036000291452",
        "PID*F****Flux pens, box of twelve",
        "ACK*IA*24*CA*067*20261001",
        "CTT*1",
    ]


@pytest.mark.parametrize(("asked_for", "told"), [("CA", "CA"), ("QI", "QI"), ("DI", "NC"), ("", "NC"), ("3", "NC")])  # fmt: skip
def test_what_was_asked_of_an_accepted_line_is_said_again(asked_for: str, told: str) -> None:
    echo = Echo("x12/860", "K-4471", purpose="04", lines={"1": words(action=asked_for)})
    rows = written(order_answer(echo=echo, is_change=True), "x12/865")
    assert next(r for r in rows if r.startswith("POC")).split("*")[2] == told


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "NC"),
        ({"parts": parts(("20", WANTED))}, "QD"),
        ({"parts": parts(("30", WANTED))}, "QI"),
        ({"price": Decimal(19)}, "PC"),
        ({"price": Decimal(19), "parts": parts(("20", WANTED))}, "PQ"),
        ({"parts": parts(("24", LATER))}, "RS"),
        ({"parts": parts(("24", None))}, "RS"),
        ({"parts": (), "cancelled": Decimal(24)}, "DI"),
        ({"parts": (), "rejected_reason": "no"}, "DI"),
        ({"substituted": True}, "RE"),
    ],
)
def test_what_became_of_a_changed_line(change: dict[str, object], expected: str) -> None:
    rows = written(order_answer(line(**change)), "x12/865")
    assert next(r for r in rows if r.startswith("POC")).split("*")[2] == expected


def told(content: bytes) -> list[tuple[str, Decimal, Decimal, list[tuple[str, Decimal, str]]]]:
    """Number, quantity, price for one and acknowledgements of each line, as a customer's system reads them."""
    found = []
    rows = [r for r in x12_rows(content) if r[0] in ("PO1", "ACK")]
    for first, *acknowledged in loops(rows, "PO1", lambda r: r[0]):
        basis = {"HP": 100, "TP": 1000}.get(first[5], 1)
        days = [(a[1], Decimal(a[2]), a[5] if len(a) > 5 else "") for a in acknowledged]
        found.append((first[1], Decimal(first[2]), Decimal(first[4]) / basis, days))
    return found


FIGURE = st.decimals(min_value="0.001", max_value="99999", places=3)
DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2049, 12, 31)))
PART = st.builds(Part, FIGURE, DAYS)
LINES = st.builds(
    lambda n, quantity, price, confirmed, parts: Line(
        str(n), f"IT-{n}", "", Asked(quantity, "CS", price, WANTED), tuple(parts), confirmed
    ),
    st.integers(1, 99999), FIGURE, FIGURE, FIGURE, st.lists(PART, min_size=1, max_size=4),
)  # fmt: skip


@given(
    st.lists(LINES, min_size=1, max_size=6, unique_by=lambda found: found.number),
    st.sampled_from(("1", "100", "1000")),
)
@settings(max_examples=150, deadline=3000)
def test_no_quantity_day_or_price_is_lost(lines: list[Line], basis: str) -> None:
    echo = Echo(
        "x12/850", "K-4471",
        lines={one.number: replace(WORDS, line_no=one.number, uom="CA", price_basis=basis, price="") for one in lines},
    )  # fmt: skip
    answer = order_answer(order=order(*lines), echo=echo)
    content = write_order_answer(answer, ROUTE, Style(), "x12/855")
    found = told(content)
    assert [(n, q, p) for n, q, p, _ in found] == [
        (one.number, one.asked.quantity, one.price) for one in lines
    ]
    for one, (_, _, _, days) in zip(lines, found, strict=True):
        assert [(q, d) for _, q, d in days] == [
            (p.quantity, p.promised_date.strftime("%Y%m%d") if p.promised_date else "")
            for p in one.parts
        ]
        assert ({code for code, _, _ in days} == {"IA"}) == (outcome(one).code == "accepted")


@pytest.mark.parametrize("uom", ["PCE", "EACH", "E"])
def test_a_unit_that_x12_cannot_hold_is_given_in_ours(uom: str) -> None:
    asked = replace(line().asked, unit="EA")
    echo = Echo("x12/850", lines={"1": words(uom=uom)})
    [row] = [r for r in written(order_answer(line(asked=asked), echo=echo)) if r.startswith("PO1")]
    assert row.split("*")[3] == "EA"
