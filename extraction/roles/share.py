"""How many of a column's texts pass a test."""

from __future__ import annotations

from collections.abc import Callable


def share(texts: list[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(t)) for t in texts) / len(texts) if texts else 0.0
