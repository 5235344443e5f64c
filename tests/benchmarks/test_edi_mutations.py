"""A hundred thousand damaged messages: an answer or our own refusal each, and soon."""

from __future__ import annotations

import time

import pytest

from tests.extraction.edi_mutations import damaged
from tests.extraction.edi_samples import SAMPLES
from tests.extraction.test_edi_fuzz import check


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
def test_a_hundred_thousand_mutations() -> None:
    slowest, started = 0.0, time.perf_counter()
    for content in damaged(SAMPLES, 100_000, seed=4):
        at = time.perf_counter()
        check(content)
        slowest = max(slowest, time.perf_counter() - at)
    took = time.perf_counter() - started
    print(f"\n  100000 mutations in {took:.0f} s, the slowest {slowest * 1000:.0f} ms")
    assert slowest < 5
