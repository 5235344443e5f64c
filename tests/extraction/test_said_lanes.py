"""Short mails of every lane in six languages, read as a whole: how many are put where a clerk would put them."""

from __future__ import annotations

from collections import defaultdict

import pytest

from core.inbound.reading import Extraction
from tests.extraction.reading import read_mail
from tests.extraction.said_lanes import MIXED, SAID
from tests.extraction.said_lanes_more import SAID_MORE

FLOOR = 0.95
LANE_FLOOR = 0.85
EVERY = (*SAID, *SAID_MORE)


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[str, str, str]]:
    """(right lane, lane found, text) of every mail."""
    return [(lane, read_mail(text, subject=s).lane, f"{s}: {text}") for lane, s, text in EVERY]


def test_nearly_every_mail_is_in_its_lane(verdicts: list[tuple[str, str, str]]) -> None:
    wrong = [v for v in verdicts if v[0] != v[1]]
    assert 1 - len(wrong) / len(verdicts) >= FLOOR, wrong


def test_no_lane_is_left_behind(verdicts: list[tuple[str, str, str]]) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for lane, found, _ in verdicts:
        right[lane].append(lane == found)
    assert all(sum(r) / len(r) >= LANE_FLOOR for r in right.values()), dict(right)


def test_no_order_is_taken_for_a_machines_mail(verdicts: list[tuple[str, str, str]]) -> None:
    assert not [text for lane, found, text in verdicts if lane == "order" and found == "automatic"]


def also(found: Extraction) -> list[str]:
    return [f.text for f in found.findings if f.code == "also-asked"]


@pytest.mark.parametrize(("lane", "other", "subject", "text"), MIXED, ids=lambda v: v[:16])
def test_a_mail_that_asks_two_things_says_both(
    lane: str, other: str, subject: str, text: str
) -> None:
    found = read_mail(text, subject=subject)
    words = {
        "status_question": "asks how an order stands",
        "quote_request": "asks for a price",
        "return_request": "asks to return goods",
        "cancellation": "asks to cancel",
    }
    assert found.lane == lane, found.lane_reasons
    assert any(words[other] in said for said in also(found)), found.findings


def test_plain_orders_ask_nothing_else() -> None:
    noisy = [
        (text, a)
        for lane, s, text in EVERY
        if lane == "order" and (a := also(read_mail(text, subject=s)))
    ]
    assert len(noisy) <= 1, noisy


def test_an_order_that_grumbles_about_the_last_one_is_an_order() -> None:
    told = "Te paso el pedido:\n\nguantes M - 6 cajas\ncomposite A2 - 3 cajas\n\nLa última vez llegaron 2 cajas rotas, a ver si hay suerte."
    reading = read_mail(told, subject="pedido material")
    assert reading.lane == "order"
    assert [x["quantity"].value for x in reading.orders[0].lines] == ["6", "3"]
