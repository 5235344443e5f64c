"""The count inside an item, behind its name."""

from __future__ import annotations

import re

from extraction.fields.units import MEASURE, UNIT
from extraction.goods.figures import COUNT, DIMENSION, KEYED_COUNT
from extraction.goods.words import CLOCK

_TIMES = re.compile(
    r"\s[x×]\s?(?P<q>\d{1,5})(?P<unit>)(?=\s+(?:(?:à|at|zu|a|je|@|=)\s*)?(?:[€$£]\s?\d|\d[\d.,' ]*\s?(?:[€$£]|(?:EUR|USD|GBP|CHF|HT)\b)))"
)
""" "Cascade hops 5 kg   x 6   118,00 €" """
_PRICED_PER = re.compile(
    r"[€$£]\s?(?:/|la |el |le |the |per |pro |par |por |je )\s?(?P<unit>[^\W\d_]{3,})",
    re.IGNORECASE,
)
""" "box of 100 pcs - 20 boxes - 5.95 €/box": boxes are counted."""


def count_in(text: str) -> re.Match[str] | None:
    """A figure with a unit behind it, set off by commas or dashes, a pack rather than a size: "..., 50 sets, ..."."""
    keyed = KEYED_COUNT.search(text) or _TIMES.search(text)
    counted = (
        m
        for m in COUNT.finditer(text)
        if m["unit"].lower() in UNIT
        and m["unit"].lower() not in CLOCK
        and not DIMENSION.match(text[m.end("q") :])
    )
    priced = _PRICED_PER.search(text)
    per = priced["unit"][:3].lower() if priced else ""
    ranked = sorted(
        counted,
        key=lambda m: (m["unit"][:3].lower() != per, bool(MEASURE.fullmatch(m["unit"]))),
    )
    return keyed or next(iter(ranked), None)
