"""Labels that run over several rows."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.fields import framed
from extraction.fields.frames import Frames
from extraction.fields.labels.values import GROUPS, Label
from extraction.page.segments import Canvas, Row, Segment
from extraction.vocabulary import meanings, tokens


def stacked(canvas: Canvas, number: int, row: Row, known: list[Label]) -> Iterator[Label]:
    """Labels broken over two rows: "Payment" above "Terms:"; the value may stand beside either row."""
    if number + 1 >= len(canvas.rows):
        return
    below = canvas.rows[number + 1]
    if below.page != row.page or below.box.top - row.box.bottom > row.height:
        return
    for index, upper in enumerate(row.segments):
        if len(tokens(upper.text)) > 3 or upper.text.rstrip().endswith(":"):
            continue
        lower = next((s for s in below.segments if abs(s.box.x0 - upper.box.x0) < 3), None)
        if lower is None or len(tokens(lower.text)) > 3:
            continue
        joined = meanings(f"{upper.text} {lower.text.rstrip(' :')}")
        wanted = tuple(m for m in joined if m.group in GROUPS)
        if wanted and _both_valued(row, below, upper, lower):
            continue
        if wanted and (lower.text.rstrip().endswith(":") or not meanings(upper.text)):
            for label in [k for k in known if k.segment is upper]:
                known.remove(label)
            yield Label(
                wanted,
                number,
                index,
                upper,
                upper,
                None,
                True,
                True,
                f"{upper.text} {lower.text}",
                2,
            )


def in_frames(frames: Frames, number: int, row: Row, known: list[Label]) -> Iterator[Label]:
    """Captions that fill a drawn box with several rows."""
    for index, segment in enumerate(row.segments):
        found = framed.caption(frames, segment, GROUPS)
        if found is None:
            continue
        whole, meant, rows = found
        for label in [k for k in known if k.segment is segment]:
            known.remove(label)
        yield Label(
            meant, number, index, segment, whole, None, True, True, whole.text.lower(), rows
        )


def _both_valued(row: Row, below: Row, upper: Segment, lower: Segment) -> bool:
    """Whether two rows each have a value of their own, beginning at one place, beside what could be one label."""
    beside = [s.box.x0 for s in row.segments if s.box.x0 > upper.box.x1]
    under = [s.box.x0 for s in below.segments if s.box.x0 > lower.box.x1]
    return bool(beside and under) and abs(beside[0] - under[0]) < 3 and bool(meanings(upper.text))
