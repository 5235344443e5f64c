"""The blank height and the drawn lines between rows of a table."""

from __future__ import annotations

from extraction.page.segments import Row
from extraction.tables.body import Body


def gap(upper: Row, lower: Row) -> float:
    return 1e6 if upper.page != lower.page else lower.box.top - upper.box.bottom


def distance(body: Body, above: int | None, below: int) -> float:
    """Blank height between two rows in rows' heights; 0 over a page break."""
    upper = body.canvas.rows[body.head.last] if above is None else body.rows[above]
    lower = body.rows[below]
    if upper.page != lower.page:
        return 0.0
    filled = sum(r.height for r in body.rows[(above or 0) : below] if r.page == lower.page)
    return max(lower.box.top - upper.box.bottom - filled, 0.0) / lower.height


def ruled(body: Body, upper: Row, lower: Row) -> bool:
    """Whether a drawn line across the table parts two rows."""
    if upper.page != lower.page:
        return True
    left, right = body.head.columns[0].x0, body.head.columns[-1].x1
    y0 = (upper.box.top + upper.box.bottom) / 2
    y1 = (lower.box.top + lower.box.bottom) / 2
    width = sum(
        min(r.box.x1, right) - max(r.box.x0, left)
        for r in body.canvas.rules
        if r.page == lower.page
        and r.horizontal
        and y0 < r.box.top < y1
        and r.box.x1 > left
        and r.box.x0 < right
    )
    return width > 0.5 * (right - left)
