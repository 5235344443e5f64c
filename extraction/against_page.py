"""An electronic order held against the page that shows it: both readings are kept where they differ."""

from __future__ import annotations

from core.inbound.reading import ReadOrder
from core.inbound.values import Finding, Part
from extraction.comparing import compared, same_value, sentence

MAX_FINDINGS = 20


def same_order(order: ReadOrder, page: ReadOrder, orders: int, pages: int) -> bool:
    """By the order number; without one on either side only when there is one of each."""
    numbers = [o.fields["po_number"].value for o in (order, page) if "po_number" in o.fields]
    if len(numbers) == 2 and same_value(*numbers):
        return True
    return orders == pages == 1


def held(order: ReadOrder, page: ReadOrder, part: Part) -> tuple[ReadOrder, list[Finding]]:
    """The electronic order with places on the page where it says the same, and what it says differently."""
    cells = [*order.fields.values(), *(c for line in order.lines for c in line.values())]
    inside = any(c.evidence.part == part.number for c in cells)
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
