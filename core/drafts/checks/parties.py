"""Who orders, who sent it, and where it goes."""

from __future__ import annotations

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound


def customer_is_known(case: Case) -> Found:
    reason = case.draft.customer_reason
    if case.draft.customer_id is None:
        code = reason.get("code", "customer-unknown")
        facts = {"written": case.text("buyer_name"), **reason.get("facts", {})}
        yield ProblemFound(code, "customer_id", facts=facts)
    elif case.customer is not None and case.customer.blocked and _takes_goods(case):
        facts = {"name": case.customer.name, "reason": case.customer.blocked_reason}
        yield ProblemFound("customer-blocked", "customer_id", facts=facts)


def _takes_goods(case: Case) -> bool:
    """A blocked customer may still cancel."""
    return case.draft.kind != "cancellation"


def sender_is_verified(case: Case) -> Found:
    """Anybody can write a name into a mail: who it is from counts when the mail server vouches for it."""
    document = case.document
    if document is None or document.channel != "mail" or not case.policy.verify_sender:
        return
    facts = {"sender": document.sender_address, "verdict": document.authentication}
    if document.authentication == "fail":
        yield _unverified({**facts, "why": "failed"})
    elif case.customer is not None and not case.sender_known:
        yield _unverified({**facts, "why": "stranger", "name": case.customer.name})
    elif document.authentication != "pass":
        yield _unverified({**facts, "why": "unchecked"})


def _unverified(facts: dict[str, str]) -> ProblemFound:
    return ProblemFound("sender-not-verified", "customer_id", facts=facts, case=facts["why"])


def place_is_known(case: Case) -> Found:
    if case.draft.kind == "order" and case.customer is not None and case.draft.ship_to_id is None:
        facts = case.draft.ship_to_reason.get("facts", {})
        yield ProblemFound("ship-to-unknown", "ship_to_id", facts=facts)
    elif case.draft.kind == "order" and case.draft.ship_to_reason.get("code") == "ship-to-assumed":
        facts = case.draft.ship_to_reason.get("facts", {})
        yield ProblemFound("ship-to-assumed", "ship_to_id", facts=facts)
