"""A figure out of verdicts; pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from core.insight.values import Figure, Share

MOST_PARTS = 12


def share_figure(
    code: str,
    title: str,
    noun: str,
    verdicts: Iterable[tuple[str, bool]],
    *,
    definition: str,
    better: str = "higher",
) -> Figure:
    """verdicts: (part's label, whether it is counted as `good`) of each counted thing."""
    good: dict[str, int] = defaultdict(int)
    every: dict[str, int] = defaultdict(int)
    for label, is_good in verdicts:
        every[label] += 1
        good[label] += is_good
    whole = Share("", sum(good.values()), sum(every.values()))
    parts = (Share(label, good[label], count) for label, count in every.items())
    worst = sorted(
        parts, key=lambda p: (p.good - p.all if better == "higher" else -p.good, p.label)
    )
    return Figure(
        code=code,
        title=title,
        value=whole.percent,
        unit="percent",
        of=f"{whole.good:,} of {whole.all:,} {noun}",
        better=better,
        definition=definition,
        parts=tuple(worst[:MOST_PARTS]),
    )
