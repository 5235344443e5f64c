"""How well a customer's 1st, 2nd, 5th and 20th document is read when a clerk corrects each: generated customers.

Every customer has one layout and wording of the wild generator, held out from training; what is ordered changes.
`python -m pytest tests/benchmarks/test_learning_curve.py -m benchmark -s`
"""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from extraction.training.documents import document
from tests.benchmarks.clerk import Clerk
from tests.benchmarks.steady import Steady

CUSTOMERS = 40
KINDS = ("pdf", "pdf", "pdf", "pdf", "pdf", "pdf", "html", "mail", "xlsx", "csv")
SHOWN = (1, 2, 5, 20)
SECOND = 0.98


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
def test_learning_curve() -> None:
    right: Counter[int] = Counter()
    every: Counter[int] = Counter()
    exact: Counter[int] = Counter()
    by_kind: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for customer in range(CUSTOMERS):
        clerk, kind = Clerk(), KINDS[customer % len(KINDS)]
        for number in range(1, max(SHOWN) + 1):
            verdict = clerk.takes(document(Steady(f"customer {customer}", number), kind, True))
            right[number] += sum(one.right for one in verdict)
            every[number] += len(verdict)
            exact[number] += all(one.right for one in verdict)
            if number <= 2:
                by_kind[kind][2 * number - 2] += sum(one.right for one in verdict)
                by_kind[kind][2 * number - 1] += len(verdict)
    for number in SHOWN:
        share, whole = right[number] / every[number], exact[number] / CUSTOMERS
        print(f"\ndocument {number:>2}: {share:.4f} of fields right, {whole:.2f} exact", end="")
    for kind, (one, of_one, two, of_two) in sorted(by_kind.items()):
        print(f"\n{kind}: 1st {one / of_one:.4f}, 2nd {two / of_two:.4f}", end="")
    print()
    assert right[2] / every[2] >= SECOND
    assert right[1] / every[1] < right[2] / every[2]
