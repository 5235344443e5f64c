"""Which goods, how many, in which unit."""

from __future__ import annotations

from decimal import Decimal

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.drafts.tables import DraftLine
from core.values import plain


def there_are_lines(case: Case) -> Found:
    new_day_for_all = case.draft.kind == "change" and case.draft.requested_date is not None
    if not case.lines and case.draft.kind != "cancellation" and not new_day_for_all:
        yield ProblemFound("no-lines")


def items_are_known(case: Case) -> Found:
    for line in case.lines:
        if line.item_id is None:
            code = line.item_reason.get("code", "item-unknown")
            yield ProblemFound(code, "item_id", line.id, facts=line.item_reason.get("facts", {}))
            continue
        item = case.items[line.item_id]
        if item.sale_state == "blocked":
            yield ProblemFound("item-blocked", "item_id", line.id, facts={"number": item.number})
        elif item.sale_state == "superseded":
            newer = case.items.get(item.superseded_by_id or 0)
            facts = {"number": item.number}
            if newer is not None:
                facts |= {"by": newer.number, "by_id": str(newer.id), "by_text": newer.description}
            yield ProblemFound("item-superseded", "item_id", line.id, facts=facts)


def units_are_known(case: Case) -> Found:
    for line in case.lines:
        code = line.unit_reason.get("code", "")
        if code == "unit-unknown":
            yield ProblemFound("unit-unknown", "uom", line.id, facts=line.unit_reason["facts"])
        elif code == "unit-assumed":
            facts = line.unit_reason["facts"]
            yield ProblemFound("unit-assumed", "uom", line.id, facts=facts)


def quantities_fit(case: Case) -> Found:
    """A cancelled line needs no quantity (all of it is meant), and zero in a change drops the line."""
    for line in case.lines if case.draft.kind != "cancellation" else ():
        zero_may_be = case.draft.kind == "change" and line.quantity == 0
        if line.quantity is None or (line.quantity <= 0 and not zero_may_be):
            facts = {"written": case.text("quantity", line)}
            yield ProblemFound("quantity-missing", "quantity", line.id, facts=facts)
        elif line.item_id is not None and line.unit and not zero_may_be:
            yield from _fits_pack(case, line)


def _fits_pack(case: Case, line: DraftLine) -> Found:
    item, stock = case.items[line.item_id or 0], line.stock_quantity
    facts = {
        "quantity": plain(line.quantity or Decimal(0)),
        "unit": line.unit,
        "stock_unit": item.stock_unit,
    }
    if stock is None:
        yield ProblemFound(
            "quantity-not-pack-multiple", "quantity", line.id, facts={**facts, "why": "inexact"}
        )
        return
    facts["stock_quantity"] = plain(stock)
    if item.minimum_quantity > 0 and stock < item.minimum_quantity:
        facts["minimum"] = plain(item.minimum_quantity)
        yield ProblemFound("quantity-below-minimum", "quantity", line.id, facts=facts)
    step = item.step
    if step > 0 and stock % step:
        below, above = stock // step * step, (stock // step + 1) * step
        facts |= {"multiple": plain(step), "below": plain(below), "above": plain(above)}
        yield ProblemFound("quantity-not-pack-multiple", "quantity", line.id, facts=facts)
