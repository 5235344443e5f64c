"""Whether days are more likely written day first."""

from __future__ import annotations

from extraction.context import Context
from extraction.fields import (
    dates,
    numbers,
)
from extraction.memory import styles


def day_prior(context: Context, language: str, texts: list[str], style: numbers.Style) -> float:
    """Above zero for day first: a hint, the language, or what only some countries print."""
    learned = styles.day_first(context.lessons)
    known = context.day_first if learned is None else learned
    if known is not None:
        return 2.0 if known else -2.0
    score = 0.6 if language != "en" else -0.3
    score += 0.5 if style.sure and style.decimal == "," else 0.0
    whole = " ".join(texts)[:20_000]
    for pattern, weight in dates.COUNTRY_SIGNS:
        score += weight * bool(pattern.search(whole))
    return score
