"""Every event has a sentence that a person can read."""

from __future__ import annotations

import pytest

from core.events import EVENTS, fill, icon, sentence
from core.lifecycle import TABLE


def test_every_event_of_the_table_has_a_sentence() -> None:
    assert {row.event for row in TABLE} <= set(EVENTS)


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_a_sentence_reads_well_without_its_optional_facts(name: str) -> None:
    text = sentence(name, {})
    assert text and not any(mark in text for mark in "[]{}") and icon(name)


def test_optional_parts_need_their_facts() -> None:
    template = "Shipped[ with {carrier}][, tracking {number}]"
    assert fill(template, {"carrier": "Parcel Co", "number": ""}) == "Shipped with Parcel Co"
    assert fill(template, {}) == "Shipped"


def test_what_stands_in_a_fact_is_never_a_template() -> None:
    assert fill("Held[: {reason}]", {"reason": "[{x}] 5"}) == "Held: [{x}] 5"


def test_an_unknown_event_is_named_as_it_is() -> None:
    assert sentence("draft.looked_at", {}) == "draft: looked at"
