"""Mails that only a machine would write: they cost about what a letter of the same length costs."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from core.inbound.values import Mailbox, Message, Part
from extraction.context import Context
from extraction.extract import extract

ROWS, LONG = 2, 1_900
SENT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
MOST = 8.0
"""How many times the processor may work longer than on running words; where costs grow with the square it is fifty."""
FLOODS = [
    "- 5 a ", "und 3 ", "one ", "10 pcs of bolts, ", "no, make that 8 ", "x 5 ", "am 3.4. ", "3 May ", "n. 4 ",
    "12 3/4 x 5 kg ", "Am Weg 12345 Berlin, ", "Hull HU1 1XX, ", "AB-12 ", "€ 3 ", "(((( ", "a ", "1/2/3/", "a@b.de ", "a\t", "date:  ",
]  # fmt: skip


def seconds(unit: str) -> float:
    """What the processor works on a mail of two rows that repeat a few words."""
    text = "\n".join(["please deliver " + (unit * LONG)[:LONG]] * ROWS)
    part = Part(1, "body-text", "text/plain", "", text.encode(), text)
    begun = time.process_time()
    extract(Message("mail", "", Mailbox("", ""), date=SENT, parts=(part,)), Context())
    return time.process_time() - begun


@pytest.fixture(scope="module")
def usual() -> float:
    seconds("to the yard at ")
    return min(seconds("to the yard at ") for _ in range(3))


@pytest.mark.parametrize("unit", FLOODS)
def test_a_flood_costs_about_what_words_cost(unit: str, usual: float) -> None:
    assert any(seconds(unit) <= MOST * usual for _ in range(2))
