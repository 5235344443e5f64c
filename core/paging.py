"""How many rows there are of which a page shows some."""

from __future__ import annotations

from collections.abc import Callable


def total_of(page: int, page_size: int, shown: int, count: Callable[[], int | None]) -> int:
    """page: from 1. Counts only when the page is full or empty, since else it is the last one: a search that finds
    little is then asked once and not twice.
    """
    if 0 < shown < page_size or (page == 1 and shown == 0):
        return (page - 1) * page_size + shown
    return count() or 0
