"""Is it new, and which order is meant?"""

from __future__ import annotations

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound


def order_is_new(case: Case) -> Found:
    repeat = case.repeat
    if repeat is None or case.draft.kind != "order":
        return
    facts = {"outcome": repeat.outcome, "po_number": case.draft.po_number}
    if repeat.order is not None:
        booked = repeat.order.booked_at.date().isoformat()
        facts |= {"order": repeat.order.number, "order_id": str(repeat.order.id), "booked": booked}
    if repeat.draft is not None:
        facts["draft"] = str(repeat.draft.id)
    if repeat.channel:
        facts["channel"] = repeat.channel
    if repeat.outcome in ("same", "other-channel", "same-content"):
        yield ProblemFound("duplicate-order", "po_number", facts=facts, case=repeat.outcome)
    else:
        yield ProblemFound("revision-of-order", "po_number", facts=facts, case=repeat.outcome)


def change_has_its_order(case: Case) -> Found:
    if case.draft.kind == "order" or case.draft.revision_of_id is not None:
        return
    facts = {"po_number": case.draft.po_number, "kind": case.draft.kind}
    if case.awaited is None:
        yield ProblemFound("order-not-found", "po_number", facts=facts)
    else:
        facts["draft"] = str(case.awaited.id)
        yield ProblemFound("order-not-booked", "po_number", facts=facts)


def number_is_there(case: Case) -> Found:
    if case.draft.kind == "order" and not case.draft.po_number:
        yield ProblemFound("po-number-missing", "po_number")
