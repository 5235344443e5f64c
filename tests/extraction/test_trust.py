"""Stated confidence drawn to how often values of a source are right."""

from __future__ import annotations

import json

from core.inbound.reading import Candidate, ReadOrder
from extraction.trust import RAISE, TABLE, calibrated, trusted

TABLE_OF_ONE = {"label": [(0.4, 0.6), (0.8, 1.0)], "label total": [(0.5, 0.9)]}


def test_a_source_that_is_better_than_it_says_is_raised_part_of_the_way() -> None:
    assert calibrated("label", "po_number", 0.8, TABLE_OF_ONE) == round(0.8 + RAISE * 0.2, 4)


def test_a_source_that_is_worse_than_it_says_is_lowered_all_the_way() -> None:
    assert calibrated("label", "po_number", 0.7, TABLE_OF_ONE) == 0.6


def test_the_field_goes_before_the_source_and_the_unknown_stays() -> None:
    assert calibrated("label", "total", 0.95, TABLE_OF_ONE) == 0.9
    assert calibrated("edi", "total", 0.95, TABLE_OF_ONE) == 0.95


def test_values_below_the_first_step_take_the_first() -> None:
    assert calibrated("label total", "", 0.1, {"label total": [(0.5, 0.05)]}) == 0.05


def test_values_and_alternatives_are_left_as_read() -> None:
    lost = Candidate("7", 0.3)
    order = ReadOrder({"total": Candidate("9", 0.8, source="label", alternatives=(lost,))})
    (found,) = trusted(order).fields.values()
    assert (found.value, found.alternatives) == ("9", (lost,))


def test_the_fitted_table_rises_within_each_source() -> None:
    for steps in json.loads(TABLE.read_text("utf-8")).values():
        assert [share for _, share in steps] == sorted(share for _, share in steps)
        assert all(0 < share < 1 for _, share in steps)
