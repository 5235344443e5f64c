"""Another item than the ordered one goes only to a customer who takes substitutes, or who was asked."""

from __future__ import annotations

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.dates import substitutes_of
from core.promising.terms import BY_ITSELF


def substitutes_are_agreed(case: Case) -> Found:
    for line in case.lines:
        if line.ordered_item_id is None or line.item_id is None:
            continue
        if substitutes_of(case, line) in BY_ITSELF:
            continue
        choice = case.choices.get(str(line.id), {})
        facts = {"number": case.items[line.item_id].number, "words": str(choice.get("words", ""))}
        yield ProblemFound("substitute-not-agreed", "item_id", line.id, facts=facts)
