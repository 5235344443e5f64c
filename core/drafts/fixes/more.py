"""Ways out of the problems that master data and limits raise: the value that would be right, or the place to put it right."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from core.drafts.panes import Fix
from core.drafts.tables import DraftLine, Problem
from core.promising.sentences import shown_day
from core.values import exact, plain

Picks = dict[str, list[dict[str, object]]]
MOST = 4


def _fact(problem: Problem, name: str) -> str:
    return str(problem.facts.get(name, ""))


def _revision(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    released = _fact(problem, "released")
    label = f"Take revision {released}"
    return [Fix("edit", label, problem.line_id, "revision", released)] if released else []


def _configuration(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    """The choices of the first feature that is missing; taking one asks for the next."""
    so_far = _fact(problem, "so_far")
    offered = [c for c in _fact(problem, "choices").split("|") if c][:MOST]
    return [
        Fix("edit", f"{_fact(problem, 'feature')} {c}", problem.line_id, "configuration", f"{so_far} {c}".strip())
        for c in offered
    ]  # fmt: skip


def _other_unit(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    other = _fact(problem, "other")
    label = f"{_fact(problem, 'quantity')} {other} are meant"
    return [Fix("edit", label, problem.line_id, "unit", other)]


def _next_day(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    day = _fact(problem, "next")
    return [Fix("edit", f"Take {shown_day(day)}", problem.line_id, "requested_date", day)]


def _value(field: str, name: str, label: str) -> Callable[..., list[Fix]]:
    def make(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
        value = _fact(problem, name)
        return [Fix("edit", label.format(value), problem.line_id, field, value)]

    return make


def _without_discount(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    return [Fix("edit", "Book without the discount", None, "discount", "")]


def _what_is_left(problem: Problem, _picks: Picks, line: DraftLine | None) -> list[Fix]:
    """What the blanket has left, in the ordered unit when that is a whole number of them."""
    left = exact(_fact(problem, "left") or "0")
    if line is None or left <= 0 or not line.factor_numerator:
        return []
    units = left * line.factor_denominator
    if units % line.factor_numerator:
        return []
    wanted = plain(Decimal(units / line.factor_numerator))
    return [Fix("edit", f"Only {wanted} {line.unit}", problem.line_id, "quantity", wanted)]


def _carrier(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    allowed = [c.strip() for c in _fact(problem, "allowed").split(",") if c.strip()]
    return [Fix("edit", f"Send with {c}", None, "ship_via", c) for c in allowed[:MOST]]


def _customer(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    return [Fix("customer", "Open the customer")]


def _item(problem: Problem, _picks: Picks, line: DraftLine | None) -> list[Fix]:
    return [Fix("item", "Open the item", value=str(line.item_id))] if line and line.item_id else []


def _place(problem: Problem, picks: Picks, _line: DraftLine | None) -> list[Fix]:
    others: list[Any] = picks.get("other_places", [])[:MOST]
    offered = [Fix("edit", str(p["label"]), None, "ship_to_id", str(p["id"])) for p in others]
    return [*offered, *_customer(problem, picks, None)]


def _paper(problem: Problem, picks: Picks, line: DraftLine | None) -> list[Fix]:
    return _item(problem, picks, line) or _customer(problem, picks, line)


def _nothing(_problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    return []


MAKERS: dict[str, Callable[[Problem, Picks, DraftLine | None], list[Fix]]] = {
    "address-implausible": _place,
    "ship-to-new": _place,
    "look-alike-domain": _nothing,
    "bank-details-changed": _nothing,
    "unusual-order": _nothing,
    "restricted-party": _nothing,
    "screening-missing": _nothing,
    "quote-not-valid": _customer,
    "quote-lacks-item": _customer,
    "blanket-not-valid": _customer,
    "blanket-lacks-item": _customer,
    "blanket-exceeded": _what_is_left,
    "item-not-approved": _customer,
    "revision-differs": _revision,
    "revision-not-released": _revision,
    "configuration-incomplete": _configuration,
    "unit-doubted": _other_unit,
    "price-agreement-ended": _customer,
    "discount-differs": _without_discount,
    "charge-differs": _value("freight", "agreed", "Take {}"),
    "tax-differs": _value("tax", "expected", "Take {}"),
    "tax-exemption-missing": _customer,
    "order-value-small": _nothing,
    "value-over-limit": _nothing,
    "margin-too-low": _nothing,
    "requested-day-closed": _next_day,
    "requested-outside-window": _next_day,
    "paper-missing": _paper,
    "export-forbidden": _item,
    "export-licence-missing": _item,
    "hazard-data-missing": _item,
    "hazard-carrier": _carrier,
    "hazard-site": _item,
}

ACCEPT: dict[str, str] = {
    "look-alike-domain": "Checked by telephone",
    "bank-details-changed": "Checked by telephone",
    "unusual-order": "Checked with the customer",
    "restricted-party": "It is somebody else",
    "ship-to-new": "The address is right",
    "address-implausible": "The address is right",
    "value-over-limit": "Agree as second person",
    "margin-too-low": "Agree as second person",
    "credit-exceeded": "Let it pass for this order",
    "quantity-unusual": "The quantity is right",
    "unit-doubted": "The unit is right",
    "pack-content-differs": "Our pack is meant",
}
