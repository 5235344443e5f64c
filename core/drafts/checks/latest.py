"""What cannot arrive by the latest day that the customer takes is not promised: a person decides."""

from __future__ import annotations

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.values import plain


def nothing_is_too_late(case: Case) -> Found:
    for line in case.lines:
        missed = case.answer.missed.get(line.id, ())
        if not missed:
            continue
        facts = {
            "quantity": plain(sum((part.quantity for part in missed), missed[0].quantity * 0)),
            "unit": missed[0].reason.facts.get("unit", ""),
            "arrives": max(part.promised_date for part in missed).isoformat(),
            "latest": missed[0].reason.facts.get("latest", ""),
        }
        yield ProblemFound("beyond-latest", "requested_date", line.id, facts=facts)
