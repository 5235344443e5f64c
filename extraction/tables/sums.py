"""Rows under a head that tell sums and taxes rather than goods."""

from __future__ import annotations

import re
from decimal import Decimal

from extraction.fields import numbers
from extraction.fields.sum_labels import kinds_of
from extraction.fields.units import is_unit
from extraction.heads.values import NAMING
from extraction.page.segments import Row, Segment
from extraction.tables.body import LABELS, LINE_NO, Body
from extraction.vocabulary import matches, meanings

_TAXES = {"tax", "tax_part"}
_SUMS = {"subtotal", "total", "freight"} | _TAXES


def sums_up(body: Body, row: Row, split: dict[int, Segment], core: set[str]) -> bool:
    """A row of a sum or tax: one of its segments opens with such a label and it does not name goods and count."""
    if body.has_line_no and "line_no" in body.head.roles:
        counted = body.cell(split, {"line_no"})
        if counted and LINE_NO.fullmatch(counted.text.strip()):
            return False
    if {"quantity", "unit_price"} <= core:
        return False
    units = body.cell(split, {"uom"})
    for segment in row.segments:
        if units is not None and "quantity" in core and segment.words == units.words:
            continue
        for match in matches(segment.text, LABELS)[:2]:
            named = {m.name for m in match.meanings if m.group == "labels"} & _SUMS
            if not named or match.start > 2 or (named <= _TAXES and _in_tax_column(body, segment)):
                continue
            rest = segment.text[match.end :]
            if re.match(r"\s*:", rest) and "quantity" not in core:
                return True
            if not re.search(r"[^\W\d_]{3}", rest) or ("quantity" not in core and len(rest) <= 30):
                return True
    return False


def _in_tax_column(body: Body, segment: Segment) -> bool:
    slot = body.columns.slot_of(segment.words[0])
    return any(c.role == "tax" for c in body.columns.in_slot(slot))


def stands_aside(body: Body, row: Row, split: dict[int, Segment]) -> bool:
    """Words beside a single amount at the foot: nothing under the heads that name goods or count them."""
    if body.head.layered or len(row.segments) < 2:
        return False
    naming = [s for s, x in enumerate(body.columns.slots) if _names(body, s)]
    if not naming or min(split) <= max(naming):
        return False
    figure, words = row.segments[-1], row.segments[:-1]
    return (
        any(c.role == "amount" for c in body.columns.in_slot(max(split)))
        and numbers.parse(figure.text, body.style) is not None
        and bool(re.search(r"[^\W\d_]{3}", words[0].text))
        and not any(is_unit(s.text) for s in words)
    )


def _names(body: Body, slot: int) -> bool:
    return any(c.role in NAMING | {"quantity"} for c in body.columns.in_slot(slot))


def find_recaps(body: Body, kinds: list[str]) -> None:
    """A row of captions of sums and the row of figures under it, as a recapitulation of taxes has."""
    for number, row in enumerate(body.rows[:-1]):
        captions = sum(bool(kinds_of(s.text)) for s in row.segments) if len(row.segments) > 2 else 0
        if captions <= 2:
            continue
        named = {m.name for s in row.segments for m in meanings(s.text) if m.group == "columns"}
        if not named & {"quantity", "unit_price", "description"}:
            kinds[number] = kinds[number + 1] = "summary"
            for at in range(number + 1, min(number + 3, len(kinds) - 1)):
                if re.search(r"\d", body.rows[at].text):
                    break
                kinds[at] = kinds[at + 1] = "summary"  # captions of several rows


def find_added(body: Body, kinds: list[str]) -> None:
    """Rows that name nothing and hold what the amounts above add up to are sums, though no word says so."""
    added, count = Decimal(0), 0
    for number, kind in enumerate(kinds):
        if kind != "start":
            continue
        cell = body.cell(body.splits[number], {"amount"})
        value = numbers.parse(cell.text, body.style) if cell else None
        if value is None:
            continue
        if count > 1 and value == added and not body.names_something(body.splits[number]):
            kinds[number] = "summary"
        else:
            added, count = added + value, count + 1
