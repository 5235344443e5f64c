"""Some of the damaged messages that the benchmark makes a hundred thousand of."""

from __future__ import annotations

import time

from tests.extraction.edi_mutations import damaged
from tests.extraction.edi_samples import SAMPLES
from tests.extraction.test_edi_fuzz import check


def test_damaged_messages_are_read_or_refused_soon() -> None:
    for content in damaged(SAMPLES, 2_500, seed=11):
        started = time.process_time()
        check(content)
        assert time.process_time() - started < 5
