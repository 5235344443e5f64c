"""The quote or blanket that an order is placed under: valid, holding the item, and with enough left to call off."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from core.agreements.tables import Blanket, Quote
from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.cited import agreed_quantity, remainder
from core.values import plain


def quote_holds(case: Case) -> Found:
    quote = case.known.quote
    if quote is None:
        return
    facts = _facts(quote)
    why = _why_not(quote, case.draft.order_date or case.today)
    if why:
        yield ProblemFound("quote-not-valid", "quote_number", None, {**facts, "why": why})
    for line in case.lines:
        if line.item_id is not None and line.item_id not in case.known.quote_lines:
            told = {**facts, "number": case.items[line.item_id].number}
            yield ProblemFound("quote-lacks-item", "item_id", line.id, told)


def blanket_holds(case: Case) -> Found:
    """Valid, with the item, and with enough left: lines of the same item count together."""
    blanket = case.known.blanket
    if blanket is None:
        return
    facts = _facts(blanket)
    why = _why_not(blanket, case.draft.order_date or case.today)
    if why:
        yield ProblemFound("blanket-not-valid", "contract_number", None, {**facts, "why": why})
    taken: dict[int, Decimal] = defaultdict(Decimal)
    for line in case.lines:
        if line.item_id is None:
            continue
        item = case.items[line.item_id]
        if line.item_id not in case.known.blanket_lines:
            told = {**facts, "number": item.number}
            yield ProblemFound("blanket-lacks-item", "item_id", line.id, told)
            continue
        taken[line.item_id] += line.stock_quantity or Decimal(0)
        left = remainder(case, line.item_id)
        if left is not None and taken[line.item_id] > left:
            told = {
                **facts,
                "number": item.number,
                "unit": item.stock_unit,
                "left": plain(max(left, Decimal(0))),
                "wanted": plain(taken[line.item_id]),
                "over": plain(taken[line.item_id] - left),
                **_agreed(case, line.item_id, left),
            }
            yield ProblemFound("blanket-exceeded", "quantity", line.id, told)


def _agreed(case: Case, item_id: int, left: Decimal) -> dict[str, str]:
    agreed = agreed_quantity(case, item_id)
    return {} if agreed is None else {"agreed": plain(agreed), "called": plain(agreed - left)}


def _facts(cited: Quote | Blanket) -> dict[str, str]:
    facts = {"cited": cited.number}
    if cited.valid_to is not None:
        facts["valid_to"] = cited.valid_to.isoformat()
    if cited.valid_from is not None:
        facts["valid_from"] = cited.valid_from.isoformat()
    return facts


def _why_not(cited: Quote | Blanket, day: date) -> str:
    if cited.valid_to is not None and cited.valid_to < day:
        return "ended"
    return "early" if cited.valid_from is not None and cited.valid_from > day else ""
