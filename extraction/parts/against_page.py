"""An electronic order held against the page that shows it: both readings are kept where they differ."""

from __future__ import annotations

from core.inbound.reading import ReadOrder
from core.inbound.values import Finding, Part
from extraction.parts.comparing import compared, paired, same_value, sentence
from extraction.sources import Source

MAX_FINDINGS = 20


def same_order(order: ReadOrder, page: ReadOrder, *, alone: bool, part: Part) -> bool:
    """By the order number; an order that is `alone`, as the page is, also by being inside it or by its goods."""
    numbers = [o.fields["po_number"].value for o in (order, page) if "po_number" in o.fields]
    if len(numbers) == 2 and same_value(*numbers):
        return True
    if not alone:
        return False
    shared = len(list(paired(order.lines, page.lines)))
    return is_inside(order, part) or shared * 2 >= min(len(order.lines), len(page.lines)) > 0


def is_inside(order: ReadOrder, part: Part) -> bool:
    """Whether the electronic order came in a file inside this part."""
    cells = [*order.fields.values(), *(c for line in order.lines for c in line.values())]
    return any(c.evidence.part == part.number for c in cells)


def held(order: ReadOrder, page: ReadOrder, part: Part) -> tuple[ReadOrder, list[Finding]]:
    """The electronic order with places on the page where it says the same, and what it says differently."""
    inside = is_inside(order, part)
    first, second = ("in the file inside the PDF", "on the page") if inside else (
        "in the electronic order", f"in {part.filename or 'the attachment'}",
    )  # fmt: skip
    found, told = compared(order, page, lit=inside)
    findings = [
        Finding(
            "page-differs",
            "warning",
            sentence(d, first, second),
            f"part {part.number}"
            + (f", page {d.candidate.evidence.page}" if d.candidate.evidence.page else ""),
        )
        for d in told[:MAX_FINDINGS]
    ]
    if len(order.lines) != len(page.lines) and page.lines:
        text = f"{len(order.lines)} lines {first}, {len(page.lines)} {second}."
        findings.append(Finding("page-differs", "warning", text, f"part {part.number}"))
    return found, findings


def left(source: Source) -> Finding:
    """An attachment with lines beside electronic orders that it does not show."""
    name = source.part.filename or f"Part {source.part.number}"
    text = (
        f"{name} lists {len(source.lines)} lines that are in no electronic order; they were not taken."
        " Look whether they are an order of their own."
    )
    return Finding("lines-elsewhere", "warning", text, f"part {source.part.number}")
