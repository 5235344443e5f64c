"""Nothing was changed, and a promise slips all the same: a day has passed; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.watch.cause_values import Cause, Names


def of_time(
    pegging: Sequence[Mapping[str, Any]],
    item_ids: Sequence[int],
    names: Names,
    ship_date: date,
    today: date,
    trusted_until: date | None,
) -> Cause:
    """Nothing was changed: a day has passed."""
    for peg in sorted(pegging, key=lambda peg: (str(peg.get("kind")), int(peg.get("id", 0)))):
        passed = _passed(peg, names, today)
        if passed is not None:
            return passed
    if trusted_until is not None and trusted_until < today:
        facts = {"old": trusted_until.isoformat()}
        return Cause(f"not-come:{item_ids[0]}", "not-come", facts)
    if ship_date < today:
        return Cause("not-shipped", "not-shipped", {"old": ship_date.isoformat()})
    item = names.items.get(item_ids[0], "")
    return Cause(f"short:{item_ids[0]}", "supply-short", {"item": item})


def _passed(peg: Mapping[str, Any], names: Names, today: date) -> Cause | None:
    """The day of what the promise was to live from has passed."""
    kind, number, called = str(peg.get("kind")), int(peg.get("id", 0)), str(peg.get("number", ""))
    due = str(peg.get("due_date", ""))
    if kind == "receipt" and number in names.overdue:
        called, day = names.overdue[number]
        facts = {"number": called, "old": day.isoformat()}
        return Cause(f"receipt:{number}", "receipt-overdue", facts)
    if kind in ("stock", "inspection") and number in names.lots:
        lot, _, expires = names.lots[number]
        if expires is not None and expires < today:
            return Cause(f"lot:{number}", "lot-expired", {"lot": lot})
    if kind == "inspection" and number in names.inspected and due < today.isoformat():
        return Cause(f"lot:{number}", "lot-overdue", {"lot": called, "old": due})
    if kind == "return" and called not in names.coming_back:
        return Cause(f"return:{called}", "return-gone", {"number": called})
    return None
