"""What a PDF costs until it is an order, beside what bare pdfplumber costs for its words and tables alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pdfplumber
import pytest

from extraction.context import Context
from extraction.extract import extract
from extraction.readers import pdf
from tests.benchmarks.long_order import long_order
from tests.benchmarks.measure import in_turn, table
from workers.extract_file import message_of

PDFS = sorted((Path(__file__).parents[2] / "fixtures/pdf").glob("*.pdf"))
MOST = 1.0


def bare(content: bytes) -> int:
    """Words and tables of every page by pdfplumber; the number of words."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        found = [(page.extract_words(), page.extract_tables()) for page in document.pages]
    return sum(len(words) for words, _ in found)


def documents() -> dict[str, bytes]:
    """Our samples and an order of 400 lines."""
    found = {path.name: path.read_bytes() for path in PDFS}
    return found | {"400 lines": long_order(400)}


@pytest.mark.benchmark
def test_an_order_is_read_in_the_time_of_bare_pdfplumber() -> None:
    rows, totals = [], [0.0, 0.0, 0.0]
    for name, content in documents().items():
        order: Callable[[], object] = partial(extract, message_of(name, content), Context())
        reading = pdf.read(content, 1)
        assert reading.pages and not reading.findings
        whole, theirs = in_turn(order, partial(bare, content), repeats=3)
        pages, _ = in_turn(partial(pdf.read, content, 1), order, repeats=1)
        totals = [a + b for a, b in zip(totals, (whole, pages, theirs), strict=True)]
        rows.append(_row(name[:44], len(reading.pages), whole, pages, theirs))
    rows.append(_row("all", "", *totals))
    table(
        "PDF to order",
        ("file", "pages", "order ms", "its pages ms", "pdfplumber ms", "ratio"),
        rows,
    )
    assert totals[0] <= MOST * totals[2]


def _row(name: str, pages: object, whole: float, read: float, theirs: float) -> tuple[object, ...]:
    times = [f"{1000 * seconds:.0f}" for seconds in (whole, read, theirs)]
    return name, pages, *times, f"{whole / theirs:.2f}"
