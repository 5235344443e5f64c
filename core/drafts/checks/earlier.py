"""Was the earlier order that this one refers to found, and did a person look at what was taken from it?"""

from __future__ import annotations

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound

LONGEST = 120


def earlier_order_is_looked_at(case: Case) -> Found:
    """What was taken from another order always needs a person."""
    earlier = case.draft.earlier
    if not earlier or case.draft.kind != "order":
        return
    taken = earlier.get("taken", {})
    facts = {
        "words": str(earlier.get("evidence", {}).get("text", ""))[:LONGEST],
        "number": str(earlier.get("number", "")),
        "day": str(earlier.get("day", "")),
    }
    if not taken.get("order_id"):
        facts["why"] = str(taken.get("why", "none"))
        yield ProblemFound("earlier-order-missing", facts=facts)
        return
    facts |= {
        name: str(taken[name]) for name in ("order", "order_id", "po_number", "booked", "orders")
    }
    facts["missed"] = "; ".join(str(words) for words in taken["missed"])
    yield ProblemFound("earlier-order", facts=facts)
