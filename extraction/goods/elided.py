"""Goods that are named once for two counts: "3 lever arch files in red and 3 in blue"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extraction.lines.cells import Line

_KIND_ALONE = re.compile(r"in\s+[^\W\d_]+(?:\s+[^\W\d_]+)?", re.IGNORECASE)
_OF_KIND = re.compile(
    r"(?P<goods>.*[^\W\d_]{2}\S*)\s+in\s+[^\W\d_]+(?:\s+[^\W\d_]+)?", re.IGNORECASE
)


def named(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of one sentence; one that tells only a colour or size takes its goods from the line before."""
    before = ""
    for line in lines:
        told = line["description"].value if "description" in line else ""
        goods = _OF_KIND.fullmatch(before) if _KIND_ALONE.fullmatch(told) else None
        if goods:
            told = f"{goods['goods']} {told}"
            line = {**line, "description": replace(line["description"], value=told)}
        yield line
        before = told
