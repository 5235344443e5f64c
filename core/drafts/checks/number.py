"""Is it new, and which order is meant?"""

from __future__ import annotations

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.earlier.slips import is_slip
from core.orders.tables import Order


def order_is_new(case: Case) -> Found:
    repeat = case.repeat
    if repeat is None or case.draft.kind != "order":
        return
    facts = {"outcome": repeat.outcome, "po_number": case.draft.po_number}
    if repeat.order is not None:
        booked = repeat.order.booked_at.date().isoformat()
        facts |= {"order": repeat.order.number, "order_id": str(repeat.order.id), "booked": booked}
        facts |= _evidence(case, repeat.order)
        if repeat.outcome == "same-content" and is_slip(case.draft.po_key, repeat.order.po_key):
            facts["slip"] = repeat.order.po_number
        if case.customer is not None and repeat.order.customer_id != case.customer.id:
            facts["group"] = case.customer.group_name
    if repeat.draft is not None:
        facts["draft"] = str(repeat.draft.id)
    if repeat.channel:
        facts["channel"] = repeat.channel
    if repeat.outcome in ("same", "other-channel", "same-content"):
        yield ProblemFound("duplicate-order", "po_number", facts=facts, case=repeat.outcome)
    else:
        yield ProblemFound("revision-of-order", "po_number", facts=facts, case=repeat.outcome)


def _evidence(case: Case, order: Order) -> dict[str, str]:
    """What speaks for it being the same: number, lines in common, days between, and how it came."""
    theirs = [(line.item_id, line.stock_quantity) for line in order.lines]
    common = 0
    for line in case.lines:
        row = (line.item_id or 0, line.stock_quantity)
        if line.stock_quantity is not None and row in theirs:
            theirs.remove((row[0], line.stock_quantity))
            common += 1
    most = max(len(case.lines), len(order.lines))
    same_number = bool(case.draft.po_key) and case.draft.po_key == order.po_key
    apart = abs((case.today - order.booked_at.date()).days)
    return {
        "same_number": "yes" if same_number else "no",
        "same_lines": f"{common} of {most}",
        "apart": str(apart),
    }


def change_has_its_order(case: Case) -> Found:
    if case.draft.kind == "order":
        return
    if case.draft.revision_of_id is not None:
        yield from _order_is_open(case)
        return
    facts = {"po_number": case.draft.po_number, "kind": case.draft.kind}
    if case.awaited is None:
        yield ProblemFound("order-not-found", "po_number", facts=facts)
    else:
        facts["draft"] = str(case.awaited.id)
        yield ProblemFound("order-not-booked", "po_number", facts=facts)


def _order_is_open(case: Case) -> Found:
    order = case.revised
    if order is not None and order.status == "closed":
        facts = {"order": order.number, "order_id": str(order.id), "kind": case.draft.kind}
        yield ProblemFound("order-closed", "po_number", facts=facts)


def number_is_there(case: Case) -> Found:
    if case.draft.kind == "order" and not case.draft.po_number:
        yield ProblemFound("po-number-missing", "po_number")
