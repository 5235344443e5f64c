"""Certificates and papers that this customer, this item or this country asks for."""

from __future__ import annotations

from datetime import date

from core.agreements.tables import Certificate, RequiredPaper
from core.drafts.case import Case
from core.drafts.change.whole import Sent, sent_there
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.keys import plain_text


def papers_are_there(case: Case) -> Found:
    """What a rule asks for must be held and valid. One problem per kind and line, or per kind for the whole order."""
    if case.draft.kind == "cancellation":
        return
    place = case.ship_to()
    country = place.country if place else ""
    for paper in case.known.papers:
        if paper.country not in ("", country):
            continue
        if paper.item_id is None:
            yield from _missing(case, paper, None, country)
            continue
        for sent in sent_there(case):
            if sent.item_id == paper.item_id:
                yield from _missing(case, paper, sent, country)


def _missing(case: Case, paper: RequiredPaper, sent: Sent | None, country: str) -> Found:
    held = [c for c in case.known.certificates if _is_it(c, paper, case, country)]
    if any(_holds(c, case.today) for c in held):
        return
    ended = [c.valid_to for c in held if c.valid_to is not None and c.valid_to < case.today]
    facts = {
        "paper": paper.kind,
        "needed_for": paper.needed_for,
        "why": "ended" if ended else "none",
        "for": case.items[sent.item_id].number if sent else country or "this customer",
    }
    if ended:
        facts["ended"] = max(ended).isoformat()
    where = f"paper:{plain_text(paper.kind)}"[:64]
    line_id = sent.line_id if sent else None
    yield ProblemFound("paper-missing", where, line_id, facts, paper.needed_for)


def _is_it(held: Certificate, paper: RequiredPaper, case: Case, country: str) -> bool:
    """The same kind, and for nothing else than what the rule is about."""
    customer_id = case.customer.id if case.customer else None
    return (
        plain_text(held.kind) == plain_text(paper.kind)
        and held.item_id in (None, paper.item_id)
        and held.customer_id in (None, customer_id)
        and held.country in ("", country)
    )


def _holds(held: Certificate, day: date) -> bool:
    return (held.valid_from or date.min) <= day <= (held.valid_to or date.max)
