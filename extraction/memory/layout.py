"""How alike two documents look: the words that stand still on a sender's paper, with their rough places."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.page.segments import Canvas, Row
from extraction.vocabulary import tokens

MAX_MARKS = 60
ROWS = 120
COLUMN = 50.0
ENOUGH = 0.5


def marks_of(canvas: Canvas) -> tuple[str, ...]:
    """ "<column> <words>" of short segments without figures on the first page; what they say tells layouts apart."""
    found: dict[str, None] = {}
    for row in _first_page(canvas):
        for segment in row.segments:
            words = [t.text for t in tokens(segment.text)]
            plain = words and len(words) <= 6 and not any(c.isdigit() for w in words for c in w)
            if plain and any(len(w) > 1 for w in words):
                found.setdefault(f"{int(segment.box.x0 // COLUMN)} {' '.join(words)}"[:80])
    return tuple(sorted(found)[:MAX_MARKS])


def similarity(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """0 to 1: the share of marks in common, a neighbouring column counting half; 1 when either has none."""
    if not ours or not theirs:
        return 1.0
    places: dict[str, set[int]] = {}
    for mark in theirs:
        column, _, words = mark.partition(" ")
        places.setdefault(words, set()).add(int(column))
    score = 0.0
    for mark in ours:
        column, _, words = mark.partition(" ")
        near = min((abs(int(column) - other) for other in places.get(words, ())), default=9)
        score += 1.0 if near <= 1 else 0.5 if near < 9 else 0.0
    return score / max(min(len(ours), len(theirs)), 1)


def _first_page(canvas: Canvas) -> Sequence[Row]:
    first = canvas.rows[0].page if canvas.rows else 0
    return [row for row in canvas.rows[:ROWS] if row.page == first]
