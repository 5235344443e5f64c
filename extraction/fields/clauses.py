"""Pages of printed conditions behind an order: numbered clauses from top to bottom, which hold no value of this order."""

from __future__ import annotations

import re

from extraction.page.segments import Canvas

_CLAUSE = re.compile(r"\W*(?:§\s*)?\d{1,3}(?:\.\d{1,2})*\s*[.)]?\s+[^\W\d_]")
LEAST = 6
SHARE = 0.35


def pages(canvas: Canvas, tabled: frozenset[int] = frozenset()) -> frozenset[int]:
    """The pages of a canvas that hold clauses; the first only where goods stand on another. tabled: rows of item tables."""
    if len(canvas.pages) < 2:
        return frozenset()
    first = canvas.pages[0].number
    goods = {canvas.rows[number].page for number in tabled if number < len(canvas.rows)}
    kept = {first} if not goods else set[int]()
    found = set()
    for page in {p.number for p in canvas.pages} - goods - kept:
        rows = [r for r in canvas.rows if r.page == page]
        clauses = sum(
            len(r.segments) == 1 and len(r.text) > 24 and bool(_CLAUSE.match(r.text)) for r in rows
        )
        if clauses >= LEAST and clauses >= SHARE * len(rows):
            found.add(page)
    return frozenset(found)
