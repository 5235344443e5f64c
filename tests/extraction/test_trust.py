"""Stated confidence drawn to how often values with such signals are right."""

from __future__ import annotations

import json

from core.inbound.reading import Candidate, ReadOrder
from extraction.weighing.signals import Whole, of_cell, of_field
from extraction.weighing.trust import TABLE, Table, Weights, calibrated, of_json, trusted

STATED = Table(
    {"header": Weights(0.5, {"stated": 1.0}), "total": Weights(2.0, {"sums close": 1.5})},
    frozenset({"label"}),
    {"header": (1.0, 0.0)},
)


def order(total: str = "110.00", amount: str = "100.00") -> ReadOrder:
    fields = {"subtotal": "100.00", "tax": "10.00", "total": total}
    line = {"quantity": "4", "unit_price": "25.00", "amount": amount}
    return ReadOrder(
        {name: Candidate(value, 0.8, source="label") for name, value in fields.items()},
        ({name: Candidate(value, 0.8, source="table") for name, value in line.items()},),
    )


def test_the_field_goes_before_what_holds_for_all_and_unmeasured_sources_stay() -> None:
    assert calibrated("total", "label", {"sums close": 1.0}, STATED) == 0.9707
    assert calibrated("po_number", "label", {"stated": 0.0}, STATED) == 0.6225
    assert calibrated("po_number", "memory", {"stated": 0.0}, STATED) is None


def test_life_tempers_what_generated_documents_taught() -> None:
    tempered = Table(STATED.fields, STATED.sources, {"header": (0.5, -0.5)})
    assert calibrated("total", "label", {"sums close": 1.0}, tempered) == 0.7773


def test_sums_that_close_speak_for_a_total_and_those_that_do_not_against_it() -> None:
    for found, expected in (
        (order(), (1.0, 1.0, 1.0)),
        (order(total="500.00"), (-1.0, 1.0, 1.0)),
        (order(amount="90.00"), (1.0, -1.0, -1.0)),
    ):
        whole = Whole.of(found)
        header = of_field("total", found.fields["total"], whole)
        cell = of_cell("amount", found.lines[0]["amount"], found.lines[0], whole)
        assert (header["sums close"], header["lines close"], cell["amount closes"]) == expected


def test_strong_rivals_and_doubled_values_are_signals() -> None:
    rival = Candidate("7", 0.4)
    number = Candidate("4711", 0.8, source="label", alternatives=(rival,))
    found = ReadOrder({"po_number": number, "buyer_name": Candidate("4711", 0.5, source="label")})
    signals = of_field("po_number", number, Whole.of(found))
    assert (signals["rival"], signals["seen twice"], signals["shape"]) == (0.5, 1.0, 1.0)


def test_values_and_alternatives_are_left_as_read() -> None:
    lost = Candidate("7", 0.3)
    read = ReadOrder({"total": Candidate("9", 0.8, source="label", alternatives=(lost,))})
    (found,) = trusted(read).fields.values()
    assert (found.value, found.alternatives) == ("9", (lost,))


def test_what_closes_is_trusted_more_than_what_does_not() -> None:
    sure = trusted(order()).fields["total"].confidence
    doubtful = trusted(order(total="500.00")).fields["total"].confidence
    assert sure > doubtful


def test_the_stored_weights_are_whole() -> None:
    table = of_json(TABLE.read_text("utf-8"))
    assert {"header", "line", "po_number", "line quantity"} <= set(table.fields)
    assert {"label", "table"} <= table.sources
    assert all(slope > 0 for slope, _ in table.temper.values())
    assert json.loads(TABLE.read_text("utf-8"))["temper"]
