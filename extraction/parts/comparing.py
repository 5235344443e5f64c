"""Two readings of one order held against each other: what agrees is shown at both places, what differs is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from core.inbound.reading import Candidate, ReadOrder
from extraction.lines.cells import Line

HEADER = (
    "po_number", "order_date", "requested_date", "currency", "subtotal", "tax", "freight", "total",
)  # fmt: skip
IN_LINE = ("quantity", "unit_price", "amount", "requested_date")
CODES = ("gtin", "buyer_sku", "supplier_sku", "manufacturer_sku")
DOUBTED = 0.6
SURE = 0.5
"""A second reading less sure than this says nothing against the first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """name: of the field; line: its number as the first has it, "" for the header. first, second: the values."""

    name: str
    line: str
    first: str
    second: str
    candidate: Candidate


def compared(
    first: ReadOrder, second: ReadOrder, *, lit: bool
) -> tuple[ReadOrder, tuple[Difference, ...]]:
    """The first order with the second's values as alternatives where they differ, and what differs.

    lit: equal values take over the place on the page where the second stands.
    """
    told: list[Difference] = []
    fields = _against(first.fields, second.fields, HEADER, "", told, lit)
    pairs = dict(paired(first.lines, second.lines))
    lines = []
    for n, line in enumerate(first.lines):
        other = second.lines[pairs[n]] if n in pairs else {}
        lines.append(_against(line, other, IN_LINE, _number(line, n), told, lit))
    return replace(first, fields=fields, lines=tuple(lines)), tuple(told)


def _against(
    first: dict[str, Candidate],
    second: dict[str, Candidate],
    names: Sequence[str],
    line: str,
    told: list[Difference],
    lit: bool,
) -> dict[str, Candidate]:
    found = dict(first)
    for name, one in first.items():
        other = second.get(name)
        if other is None:
            continue
        if same_value(one.value, other.value):
            found[name] = _placed(one, other) if lit else one
        elif name in names and other.confidence >= SURE:
            told.append(Difference(name, line, one.value, other.value, other))
            rest = tuple(c for c in one.alternatives if c.value != other.value)
            doubted = min(one.confidence, DOUBTED)
            found[name] = replace(one, confidence=doubted, alternatives=(other, *rest))
    return found


def _placed(one: Candidate, other: Candidate) -> Candidate:
    """The value of the file with the place on the page; its own place stays beside it."""
    if one.evidence.box is not None or other.evidence.box is None:
        return one
    evidence = replace(one.evidence, page=other.evidence.page, box=other.evidence.box)
    return replace(one, evidence=evidence)


def same_value(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except InvalidOperation:
        return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def paired(first: Sequence[Line], second: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Lines of the same goods: by their codes, else by their number, else by place where both have as many."""
    left = set(range(len(second)))
    open_lines = []
    for n, line in enumerate(first):
        match = next((m for m in sorted(left) if same_goods(line, second[m])), None)
        if match is None:
            open_lines.append(n)
        else:
            left.discard(match)
            yield n, match
    for n in open_lines:
        if len(first) == len(second) and n in left and not _other_goods(first[n], second[n]):
            left.discard(n)
            yield n, n


def same_goods(one: Line, other: Line) -> bool:
    codes = _codes(one) & _codes(other)
    if codes:
        numbers = {line["line_no"].value for line in (one, other) if "line_no" in line}
        return len(numbers) < 2
    said = [line["description"].value for line in (one, other) if "description" in line]
    return len(said) == 2 and not (_codes(one) and _codes(other)) and same_value(*said)


def _other_goods(one: Line, other: Line) -> bool:
    return bool(_codes(one) and _codes(other)) and not _codes(one) & _codes(other)


def _codes(line: Line) -> set[str]:
    return {"".join(line[name].value.split()).casefold() for name in CODES if name in line}


def _number(line: Line, position: int) -> str:
    return line["line_no"].value if "line_no" in line else str(position + 1)


def sentence(difference: Difference, first: str, second: str) -> str:
    """ "Line 2, quantity: 10 in the file inside the PDF, 12 on the page." """
    name = difference.name.replace("_", " ").replace("po number", "order number")
    where = f"Line {difference.line}, {name}" if difference.line else name.capitalize()
    return f"{where}: {difference.first} {first}, {difference.second} {second}."
