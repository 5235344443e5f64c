"""What our reading of a PDF costs beside what pdfplumber alone costs for its words and tables."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pytest

from extraction.readers import pdf
from tests.benchmarks.measure import in_turn, table

PDFS = sorted((Path(__file__).parents[2] / "fixtures/pdf").glob("*.pdf"))


def bare(content: bytes) -> int:
    """Words and tables of every page by pdfplumber; the number of words."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        found = [(page.extract_words(), page.extract_tables()) for page in document.pages]
    return sum(len(words) for words, _ in found)


@pytest.mark.benchmark
def test_reading_costs_little_more_than_bare_pdfplumber():
    assert PDFS
    rows, ours, theirs = [], 0.0, 0.0
    for path in PDFS:
        content = path.read_bytes()
        reading = pdf.read(content, 1)
        assert reading.pages and not any("damaged" in f.code for f in reading.findings)
        a, b = in_turn(lambda c=content: pdf.read(c, 1), lambda c=content: bare(c), repeats=3)
        ours, theirs = ours + a, theirs + b
        rows.append(
            (
                path.name[:44],
                len(reading.pages),
                f"{1000 * a:.0f}",
                f"{1000 * b:.0f}",
                f"{a / b:.2f}",
            )
        )
    rows.append(("all", "", f"{1000 * ours:.0f}", f"{1000 * theirs:.0f}", f"{ours / theirs:.2f}"))
    table("PDF to reading", ("file", "pages", "ours ms", "pdfplumber ms", "ratio"), rows)
    assert ours / theirs < 4
