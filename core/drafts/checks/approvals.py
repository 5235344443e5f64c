"""Customers that may only buy what they have approved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.agreements.tables import ItemApproval
from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.keys import code_key


def items_are_approved(case: Case) -> Found:
    customer = case.customer
    if customer is None or not customer.approved_items_only or case.draft.kind == "cancellation":
        return
    for line in case.lines:
        if line.item_id is None:
            continue
        facts = {"number": case.items[line.item_id].number, "name": customer.name}
        why = _why_not(case.known.approvals.get(line.item_id, ()), line.revision, case.today, facts)
        if why:
            yield ProblemFound("item-not-approved", "item_id", line.id, {**facts, "why": why}, why)


def _why_not(
    rows: Sequence[ItemApproval], revision: str, today: date, facts: dict[str, str]
) -> str:
    """ "" when a valid approval covers the revision; else "never", "early", "ended" or "revision"."""
    if not rows:
        return "never"
    live = [r for r in rows if (r.valid_from or date.min) <= today <= (r.valid_to or date.max)]
    if not live:
        ended = [r.valid_to for r in rows if r.valid_to is not None and r.valid_to < today]
        if not ended:
            return "early"
        facts["ended"] = max(ended).isoformat()
        return "ended"
    wanted = code_key(revision)
    if wanted and not any(not r.revision or code_key(r.revision) == wanted for r in live):
        facts |= {"revision": revision, "approved": ", ".join(r.revision for r in live)}
        return "revision"
    return ""
