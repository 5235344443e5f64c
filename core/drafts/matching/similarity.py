"""How alike two texts are, from 0 to 1; pure."""

from __future__ import annotations

from collections.abc import Set as AbstractSet


def shared(left: AbstractSet[str], right: AbstractSet[str]) -> float:
    """Dice's coefficient of two sets of words."""
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def covered(left: AbstractSet[str], right: AbstractSet[str]) -> float:
    """The share of the words of `left` that `right` has."""
    return len(left & right) / len(left) if left else 0.0


def letters(left: str, right: str) -> float:
    """Dice's coefficient of letter pairs: forgiving of typing errors."""
    return shared(_pairs(left), _pairs(right))


def _pairs(text: str) -> set[str]:
    packed = text.replace(" ", "")
    return {packed[i : i + 2] for i in range(len(packed) - 1)}
