"""Why a promise slips: the change that it rested on, with how much it moved; else what the calendar brought about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.values import plain
from core.watch.cause_values import Cause, Names
from core.watch.passed import of_time
from core.watched import SupplyChange

CALENDARS = ("company", "site", "carrier", "country")
"""Subjects whose changes bring the days on the road into doubt."""
PEGGED_AS = {"stock_lot": ("stock", "inspection"), "closure": ("step",), "work_centre": ("step",)}
"""Kinds of pegs by the subject of what they name, where they differ."""


def cause_of(
    pegging: Sequence[Mapping[str, Any]],
    item_ids: Sequence[int],
    changes: Iterable[SupplyChange],
    names: Names,
    *,
    ship_date: date,
    today: date,
    trusted_until: date | None = None,
    better: bool = False,
) -> Cause:
    """pegging: what the promise was to live from; item_ids: its item first, then what that is made of. better: of a date
    that could be sooner."""
    told = [
        (change, cause)
        for change in changes
        if (cause := _of_change(change, names)) and cause.helps in (better, None)
    ]
    pegs = {(str(peg.get("kind")), int(peg.get("id", 0))) for peg in pegging}
    returns = {str(peg.get("number")) for peg in pegging if peg.get("kind") == "return"}
    ranked = [
        (place, -change.id, cause)
        for change, cause in told
        if (place := _place(change, pegs, item_ids, names, returns)) is not None
    ]
    if ranked:
        return min(ranked, key=lambda row: row[:2])[2]
    if better:
        return Cause(
            f"more:{item_ids[0]}", "supply-more", {"item": names.items.get(item_ids[0], "")}
        )
    return of_time(pegging, item_ids, names, ship_date, today, trusted_until)


def netted(changes: Iterable[SupplyChange]) -> list[SupplyChange]:
    """Changes of one thing as one: from what it was first to what it is last; there and back is none."""
    found: dict[tuple[str, int], SupplyChange] = {}
    others = []
    for change in sorted(changes, key=lambda c: c.id):
        if change.moment != "update":
            others.append(change)
            continue
        first = found.get((change.subject, change.subject_id))
        columns = dict(first.changes) if first else {}
        for name, (old, new) in change.changes.items():
            columns[name] = [columns.get(name, [old])[0], new]
        found[change.subject, change.subject_id] = SupplyChange(
            id=change.id,
            subject=change.subject,
            subject_id=change.subject_id,
            moment="update",
            changes={name: pair for name, pair in columns.items() if pair[0] != pair[1]},
            facts=change.facts,
            at=change.at,
        )
    return [*others, *(change for change in found.values() if change.changes)]


def _place(
    change: SupplyChange,
    pegs: set[tuple[str, int]],
    item_ids: Sequence[int],
    names: Names,
    returns: Collection[str],
) -> int | None:
    """How near a change is to the promise: what it lived from, its item, a component, a work centre, the calendar."""
    if change.subject == "expedite":
        asked = {
            (kind, int(change.facts.get(name) or 0))
            for kind, name in (
                ("receipt", "receipt_id"),
                ("buy", "item_id"),
                ("step", "work_centre_id"),
            )
        }
        return 0 if asked & pegs else 2
    if change.subject == "return":
        return 0 if change.facts.get("number") in returns else None
    kinds = PEGGED_AS.get(change.subject, (change.subject,))
    number = int(change.facts.get("work_centre_id") or change.subject_id)
    if any((kind, number) in pegs for kind in kinds):
        return 0
    item_id = int(change.facts.get("item_id") or 0)
    if change.subject == "stock_lot" and change.subject_id in names.lots:
        item_id = names.lots[change.subject_id][1]
    if item_id in item_ids:
        return 1 + min(item_ids.index(item_id), 1)
    if change.subject == "supplier":
        return 2
    return 3 if kinds == ("step",) else 4 if change.subject in CALENDARS else None


def _of_change(change: SupplyChange, names: Names) -> Cause | None:
    """None for what takes nothing from anybody."""
    return _WRITERS[change.subject](change, names) if change.subject in _WRITERS else None


def _receipt(change: SupplyChange, _: Names) -> Cause | None:
    facts = {"number": str(change.facts.get("number", ""))}
    key = f"receipt:{change.subject_id}"
    if change.moment == "delete":
        return Cause(key, "receipt-gone", facts, False)
    if change.moment == "insert":
        return Cause(
            key, "receipt-new", {**facts, "new": str(change.facts.get("expected_date", ""))}
        )
    if "expected_date" in change.changes:
        old, new = change.changes["expected_date"]
        facts |= {"old": old, "new": new, "days": _days(old, new)}
        return Cause(key, "receipt-moved", facts, new < old)
    if "closed" in change.changes:
        came = Decimal(change.facts["received_quantity"]) >= Decimal(change.facts["quantity"])
        return Cause(key, "receipt-came" if came else "receipt-gone", facts, False)
    if "quantity" in change.changes:
        old, new = change.changes["quantity"]
        facts |= {"old": old, "new": new}
        return Cause(key, "receipt-less", facts, Decimal(new) > Decimal(old))
    return Cause(key, "receipt-site", facts)


def _lot(change: SupplyChange, names: Names) -> Cause | None:
    lot = names.lots.get(change.subject_id, (str(change.facts.get("lot", "")), 0, None))[0]
    key, facts = f"lot:{change.subject_id}", {"lot": lot}
    for column, code in (("quality", "lot-quality"), ("expires_on", "lot-expiry")):
        if column in change.changes:
            new = change.changes[column][1]
            return Cause(key, code, {**facts, "new": new}, new == "released")
    if "release_on" in change.changes:
        return _released_otherwise(key, facts, *change.changes["release_on"])
    quantity = Decimal(str(change.facts.get("quantity") or 0))
    if quantity == 0:
        return None
    why = str(change.facts.get("reason", "")).replace("-", " ")
    code = "stock-less" if quantity < 0 else "stock-more"
    return Cause(key, code, {**facts, "quantity": plain(abs(quantity)), "why": why}, quantity > 0)


def _released_otherwise(key: str, facts: dict[str, str], old: str, new: str) -> Cause:
    if old and new:
        return Cause(key, "lot-release", {**facts, "old": old, "new": new}, new < old)
    return (
        Cause(key, "lot-release-set", {**facts, "new": new})
        if new
        else Cause(key, "lot-no-release", facts)
    )


def _inspection(change: SupplyChange, names: Names) -> Cause:
    item = names.items.get(int(change.facts.get("item_id") or 0), "")
    new = str(change.facts.get("days", "")) if change.moment != "delete" else "0"
    helps = None
    if "days" in change.changes:
        old = change.changes["days"][0]
        helps = None if "0" in (old, new) else int(new) < int(old)
    return Cause(f"inspection:{change.subject_id}", "inspection", {"item": item, "new": new}, helps)


def _return(change: SupplyChange, _: Names) -> Cause | None:
    """One that is received only changes its place, to inspection."""
    status, number = change.changes["status"][1], str(change.facts.get("number", ""))
    if status not in ("closed", "cancelled"):
        return None
    return Cause(f"return:{number}", "return-gone", {"number": number}, False)


def _closure(change: SupplyChange, names: Names) -> Cause:
    facts = {name: str(change.facts.get(name, "")) for name in ("first", "last")}
    facts["centre"] = names.centres.get(int(change.facts.get("work_centre_id") or 0), "")
    facts["why"] = str(change.facts.get("reason", ""))
    code = "closure-gone" if change.moment == "delete" else "closure"
    return Cause(f"closure:{change.subject_id}", code, facts, change.moment == "delete")


def _centre(change: SupplyChange, names: Names) -> Cause:
    key, facts = f"centre:{change.subject_id}", {"centre": str(change.facts.get("code", ""))}
    if "minutes_per_day" in change.changes:
        old, new = change.changes["minutes_per_day"]
        return Cause(key, "minutes", {**facts, "old": old, "new": new}, int(new) > int(old))
    return Cause(key, "centre-calendar", facts)


def _company(change: SupplyChange, _: Names) -> Cause:
    return Cause("calendar", "calendar", {})


def _calendar(change: SupplyChange, _: Names) -> Cause:
    what = next(iter(change.facts.values()), "")
    key = f"{change.subject}:{change.subject_id}"
    return Cause(key, f"{change.subject}-calendar", {"what": str(what)})


def _kept_stock(change: SupplyChange, _: Names) -> Cause:
    return Cause(f"kept:{change.subject_id}", "kept")


def _supplier(change: SupplyChange, _: Names) -> Cause:
    old, new = change.changes["late_days"]
    facts = {"what": str(change.facts.get("name", "")), "old": old, "new": new}
    return Cause(f"supplier:{change.subject_id}", "supplier-late", facts, int(new) < int(old))


def _expedite(change: SupplyChange, _: Names) -> Cause:
    receipt = change.facts.get("receipt_id", "")
    key = f"receipt:{receipt}" if receipt else f"expedite:{change.subject_id}"
    if change.changes.get("refused", ["", ""])[1] == "True" or change.moment == "delete":
        return Cause(key, "expedite-refused", {}, False)
    return Cause(key, "expedite", {"new": str(change.facts.get("due_date", ""))})


_WRITERS = {
    "receipt": _receipt,
    "stock_lot": _lot,
    "closure": _closure,
    "work_centre": _centre,
    "company": _company,
    "site": _calendar,
    "carrier": _calendar,
    "country": _calendar,
    "kept_stock": _kept_stock,
    "supplier": _supplier,
    "inspection": _inspection,
    "return": _return,
    "expedite": _expedite,
}


def _days(old: str, new: str) -> str:
    """ "+5 days"."""
    moved = (date.fromisoformat(new) - date.fromisoformat(old)).days
    return f"{moved:+d} day{'s' if abs(moved) != 1 else ''}"
