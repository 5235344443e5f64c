"""The columns that one or several head rows name together."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.heads.cells import cells
from extraction.heads.rows import level_with, overlaps
from extraction.heads.values import CODES, Column
from extraction.heads.wording import ASIDE, MONEY, role_of
from extraction.page.segments import Row, Segment
from extraction.vocabulary import fold, meanings

_QUALIFIERS = frozenset(
    [
        "ext",
        "extended",
        "unit",
        "net",
        "total",
        "order",
        "ordered",
        "item",
        "line",
        "delivery",
        "due",
        "per",
        "each",
        "tax",
    ]
)
_QUALIFIED = frozenset(
    ["price", "cost", "amount", "date", "qty", "quantity", "value", "no", "number", "code", "rate"]
)


def columns_of(rows: Sequence[Row], body: Sequence[Row]) -> tuple[Column, ...]:
    """The columns that head rows name, left to right; the rows below tell where a head is parted."""
    by_row = [
        [cell for s in row.segments for cell in cells(s, body, [r for r in rows if r is not row])]
        for row in rows
    ]
    base = max(range(len(rows)), key=lambda i: (len(by_row[i]), i))
    stacks: list[list[tuple[int, Segment]]] = [[(base, cell)] for cell in by_row[base]]
    for number, found in enumerate(by_row):
        if number != base:
            for cell in found:
                _put(stacks, number, cell)
    columns = [
        c for stack in stacks for c in _stack_columns(sorted(stack, key=lambda s: s[0]), body)
    ]
    return tuple(sorted(columns, key=lambda c: (c.x0, c.layer)))


def layers_of(rows: Sequence[Row], body: Sequence[Row]) -> tuple[Column, ...]:
    """The columns of each head row where the rows stand apart from each other; empty when they stand in columns."""
    by_row = [[cell for s in row.segments for cell in cells(s, body)] for row in rows]
    if len(rows) != 2 or min(len(c) for c in by_row) < 2:
        return ()
    if any(not role_of(c.text) for found in by_row for c in found):
        return ()
    upper, lower = sorted(by_row, key=len, reverse=True)
    aligned = sum(any(level_with(a, b) for b in upper) for a in lower)
    overlapping = sum(any(overlaps(a, b) for b in upper) for a in lower)
    if aligned > 0.5 * len(lower) or overlapping < 0.3 * len(lower):
        return ()
    return tuple(
        Column(role_of(cell.text), cell.text, cell.box.x0, cell.box.x1, layer, len(rows))
        for layer, found in enumerate(by_row)
        for cell in found
    )


def _put(stacks: list[list[tuple[int, Segment]]], number: int, cell: Segment) -> None:
    """Put a head cell of another row over or under the cells its words stand at."""
    base = [stack[0][1] for stack in stacks]
    groups: dict[int, list[int]] = {}
    for at, word in enumerate(cell.words):
        groups.setdefault(_nearest(word.box.x0, word.box.x1, base, cell), []).append(at)
    for target, positions in groups.items():
        words = tuple(cell.words[i] for i in positions)
        part = Segment(cell.part, words)
        if target >= 0:
            stacks[target].append((number, part))
        else:
            stacks.append([(number, part)])


def _nearest(x0: float, x1: float, base: list[Segment], cell: Segment) -> int:
    """The base cell overlapped most; -1 when none is touched."""
    overlaps = [min(x1, b.box.x1) - max(x0, b.box.x0) for b in base]
    best = max(range(len(base)), key=lambda i: overlaps[i])
    if overlaps[best] > -2:
        return best
    whole = [min(cell.box.x1, b.box.x1) - max(cell.box.x0, b.box.x0) for b in base]
    near = max(range(len(base)), key=lambda i: whole[i])
    return near if whole[near] > 0 else -1


def _stack_columns(stack: list[tuple[int, Segment]], body: Sequence[Row]) -> list[Column]:
    """One column for a head broken over rows, several when heads stand above each other."""
    by_layer: dict[int, list[Segment]] = {}
    for number, cell in stack:
        by_layer.setdefault(number, []).append(cell)
    titles = [
        " ".join(s.text for s in sorted(c, key=lambda s: s.box.x0)) for c in by_layer.values()
    ]
    x0 = min(s.box.x0 for _, s in stack)
    x1 = max(s.box.x1 for _, s in stack)
    joined = " ".join(titles)
    whole = next((m.name for m in meanings(ASIDE.sub(" ", joined)) if m.group == "columns"), "")
    roles = [role_of(t) for t in titles]
    if roles[0] and len(titles) > 1 and len(set(roles)) == 1:
        whole = roles[0]
    if whole == "line_no" and MONEY.search(joined):
        whole = "amount"
    if whole == "decoy" and roles[0].startswith("@") and len(titles) == 1:
        whole = ""
    if len(titles) == 2 and roles[0] in CODES and roles[1] == "description":
        named = roles[0] == "item" and not _begins_with_codes(x0, body)
        whole = "description" if named else ""
    if not whole and {r for r in roles if r} == {"quantity", "uom"}:
        whole = "quantity"
    if len(titles) == 1 or whole or len({r for r in roles if r}) < 2 or _is_qualified(titles):
        role = whole or (
            roles[0] if len(titles) == 1 else role_of(joined) or next((r for r in roles if r), "")
        )
        return [Column(role, joined, x0, x1)]
    return [
        Column(role, title, x0, x1, layer, len(titles))
        for layer, (role, title) in enumerate(zip(roles, titles, strict=True))
    ]


def _begins_with_codes(x0: float, body: Sequence[Row]) -> bool:
    """Whether the full rows under a head have single words with figures at its left edge: numbers, and no goods."""
    full = [row for row in body if len(row.segments) > 2]
    texts = [s.text for row in full for s in row.segments if abs(s.box.x0 - x0) < 4]
    coded = sum(" " not in t and any(c.isdigit() for c in t) for t in texts)
    return 2 * coded >= len(texts)


def _is_qualified(titles: list[str]) -> bool:
    """ "Ext" over "Price": a head of two rows rather than two heads, because one row is only a qualifier."""
    words = [fold(t).strip(" .:") for t in titles]
    return len(titles) == 2 and words[0] in _QUALIFIERS and words[1] in _QUALIFIED
