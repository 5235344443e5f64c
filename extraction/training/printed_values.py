"""Where a normalised value is printed in a text: days and numbers in any form, addresses row by row, the rest as written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from extraction.fields import dates, numbers

Span = tuple[int, int]
Spans = list[Span]
POINT, COMMA = numbers.Style(".", True), numbers.Style(",", True)
_CELL = re.compile(r"\S+(?: \S+)*")
_FIGURE = re.compile(r"\d(?:[.,' ]?\d)*")
DAYS = frozenset({"order_date", "requested_date"})
SUMS = frozenset({"subtotal", "tax", "freight", "total"})
PLACES = frozenset({"ship_to", "bill_to"})
FIGURES = frozenset({"quantity", "unit_price"})
NEAR = 400


def find(text: str, name: str, value: str, taken: Spans) -> Spans:
    """The spans of a header value, none of them taken; sums are looked for from the end."""
    if name in PLACES:
        return _rows(text, value, taken)
    ways: Callable[[str, str], Iterator[Span]] = (
        _days if name in DAYS else _numbers if name in SUMS else _words
    )
    found = [span for span in ways(text, value) if free(span, taken)]
    return found[-1:] if name in SUMS else found[:1]


def find_line(text: str, wanted: Mapping[str, str], start: int, taken: Spans) -> dict[str, Span]:
    """The cells of one line: part number or goods first, figures in what stands near."""
    found: dict[str, Span] = {}
    for name in ("buyer_sku", "supplier_sku", "description"):
        if name in wanted:
            spans = [
                s
                for s in _words(text, wanted[name])
                if s[0] >= start and free(s, [*taken, *found.values()])
            ]
            if spans and (not found or abs(spans[0][0] - next(iter(found.values()))[0]) < NEAR):
                found[name] = spans[0]
    if not found:
        return {}
    middle = next(iter(found.values()))[0]
    for name in ("quantity", "unit_price", "uom"):
        if name not in wanted:
            continue
        ways = _numbers if name in FIGURES else _words
        used = [*taken, *found.values()]
        spans = [
            s for s in ways(text, wanted[name]) if free(s, used) and _same_row(text, s[0], middle)
        ]
        if spans:
            found[name] = spans[0]
    return found


def _same_row(text: str, one: int, other: int) -> bool:
    first, last = min(one, other), max(one, other)
    return last - first < NEAR and text.count("\n", first, last) <= 1


def free(span: Span, taken: Spans) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def _words(text: str, value: str) -> Iterator[Span]:
    pattern = r"(?<!\w)" + r"\s{1,2}".join(map(re.escape, value.split())) + r"(?!\w)"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield match.span()


def _days(text: str, value: str) -> Iterator[Span]:
    """Days that may be read as this one, whichever of day and month stands first."""
    for cell in _CELL.finditer(text):
        for day in dates.find(cell[0]):
            if value[:10] in {d.isoformat() for d in day.readings}:
                yield cell.start() + day.start, cell.start() + day.end


def _numbers(text: str, value: str) -> Iterator[Span]:
    try:
        wanted = Decimal(value)
    except InvalidOperation:
        return
    for match in _FIGURE.finditer(text):
        figure = match[0].rstrip(" .,'")
        if any(numbers.parse(figure, style) == wanted for style in (POINT, COMMA)):
            yield match.start(), match.start() + len(figure)


def _rows(text: str, value: str, taken: Spans) -> Spans:
    """The rows of an address, each near the one before; the place with most of them, at least two of several."""
    whole = next((s for s in _words(text, value) if free(s, taken)), None)
    if whole:
        return [whole]
    rows = re.split(r",\s+|\n", value)
    chains = [_chain(text, rows, s, taken) for s in _words(text, rows[0]) if free(s, taken)]
    best = max(chains, key=len, default=[])
    return _joined(text, best) if len(best) >= min(2, len(rows)) else []


def _chain(text: str, rows: list[str], first: Span, taken: Spans) -> Spans:
    """The rows found from this first one on, until one is missing."""
    found = [first]
    for row in rows[1:]:
        spans = (s for s in _words(text, row) if free(s, [*taken, *found]))
        after = next((s for s in spans if 0 < s[0] - found[-1][0] < NEAR), None)
        if after is None:
            break
        found.append(after)
    return found


def _joined(text: str, found: Spans) -> Spans:
    """Rows that stand in one printed row are one span."""
    joined: Spans = []
    for span in sorted(found):
        if joined and re.fullmatch(r"[,; ]{1,2}", text[joined[-1][1] : span[0]]):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined
