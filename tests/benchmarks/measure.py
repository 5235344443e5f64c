"""How the benchmarks measure and print: the best of some repeats, and ratios of times taken in one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter, process_time
from typing import Any


def seconds(work: Callable[[], Any], repeats: int = 5) -> float:
    """The shortest of some runs, after one that only warms up."""
    work()
    return min(seconds_of(work) for _ in range(repeats))


def worked(work: Callable[[], Any], repeats: int = 9) -> float:
    """As `seconds`, of this process alone: what others do on the machine does not count, nor does waiting for a server."""
    found = []
    for _ in range(repeats):
        start = process_time()
        work()
        found.append(process_time() - start)
    return min(found)


def in_turn(
    first: Callable[[], Any], second: Callable[[], Any], repeats: int
) -> tuple[float, float]:
    """The shortest run of each; they take turns, so that a busy machine slows both."""
    first()
    second()
    pairs = [(seconds_of(first), seconds_of(second)) for _ in range(repeats)]
    return min(a for a, _ in pairs), min(b for _, b in pairs)


def seconds_of(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints one table with columns as wide as their widest cell."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    print(f"\n\n{title}")
    for row in cells:
        first, *rest = zip(row, widths, strict=True)
        print(
            "  " + first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest), sep="  "
        )
