"""The ways out of a problem, best first: each is one press."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from core.agreements.strictness import Strictness
from core.drafts.accept import can_pass
from core.drafts.fixes.more import ACCEPT, MAKERS
from core.drafts.panes import Fix
from core.drafts.reasons import question_sentence, with_cents
from core.drafts.tables import DraftLine, Problem
from core.values import plain

MOST_PICKS = 4
Maker = Callable[[Problem, dict[str, list[dict[str, object]]], DraftLine | None], list[Fix]]
Picks = dict[str, list[dict[str, object]]]


def fixes(
    problem: Problem, picks: Picks, line: DraftLine | None, rule: Strictness
) -> tuple[Fix, ...]:
    """picks: {"customer_id" | "ship_to_id" | "other_places" | "item_id": options of the match} of what it is about."""
    make = _MAKERS.get(problem.code) or MAKERS.get(problem.code, _focus)
    own = make(problem, picks, line)
    more = []
    if can_pass(rule, problem.facts):
        more.append(Fix("accept", _accept_label(problem), problem.line_id))
    if question_sentence(problem.code, problem.facts):
        more.append(Fix("ask", "Ask the customer", problem.line_id))
    if problem.line_id is not None and problem.code.startswith(("item-", "quantity-missing")):
        more.append(Fix("remove", "Remove the line", problem.line_id))
    return (*own, *more)


def _accept_label(problem: Problem) -> str:
    labels = {
        "duplicate-order": "It is a new order",
        "revision-of-order": "It is a new order",
        "price-differs": f"Take the customer's price {with_cents(problem.facts).get('theirs', '')}",
        "po-number-missing": "Order without number",
        "sender-not-verified": "Let it pass this once",
        "field-doubtful": "Right as read",
        "earlier-order": "The lines are right",
        "earlier-order-missing": "The lines are complete",
        "ship-to-unknown": "Deliver there this once",
        "ship-to-assumed": "That is the place",
        "beyond-latest": "Book it without a day",
        "substitute-not-agreed": "The customer agreed",
        "acceptance-differs": "The customer agreed",
    }
    return labels.get(problem.code) or ACCEPT.get(problem.code, "Let it pass")


def _focus(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    return [Fix("focus", "Correct it", problem.line_id, problem.field)] if problem.field else []


def _pick(problem: Problem, picks: Picks, _line: DraftLine | None) -> list[Fix]:
    name = problem.field
    offered = [
        Fix("edit", str(p["label"]), problem.line_id, name, str(p["id"]))
        for p in picks.get(name, [])[:MOST_PICKS]
    ]
    return [*offered, Fix("focus", "Search", problem.line_id, name)]


def _unit(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    units = [u for u in str(problem.facts.get("units", "")).split(", ") if u]
    return [Fix("edit", u, problem.line_id, "unit", u) for u in units]


def _pack(problem: Problem, _picks: Picks, line: DraftLine | None) -> list[Fix]:
    """The quantities that fit, in the unit as ordered."""
    if line is None or line.factor_numerator == 0:
        return []
    found = []
    for name in ("minimum", "below", "above"):
        text = problem.facts.get(name)
        if text is None or text == "0":
            continue
        stock = Decimal(text) * line.factor_denominator
        if stock % line.factor_numerator == 0:
            wanted = plain(stock / line.factor_numerator)
            found.append(Fix("edit", f"{wanted} {line.unit}", problem.line_id, "quantity", wanted))
    return found


def _price(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    ours = problem.facts.get("ours", "")
    if not ours:
        return []
    label = f"Take our price {with_cents(problem.facts)['ours']}"
    return [Fix("edit", label, problem.line_id, "unit_price", ours)]


def _newer(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    newer, by = problem.facts.get("by_id", ""), problem.facts.get("by", "")
    return [Fix("edit", f"Take {by}", problem.line_id, "item_id", newer)] if newer else []


def _draft(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    number = problem.facts.get("draft", "")
    return [Fix("draft", f"See draft {number}", value=number)] if number else []


def _repeat(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    found = _draft(problem, _picks, _line)
    if problem.facts.get("order_id"):
        found.append(Fix("link", f"See {problem.facts['order']}", value=problem.facts["order_id"]))
    if problem.code == "duplicate-order":
        found.append(Fix("withdraw", "It is a duplicate: withdraw"))
    elif problem.facts.get("order_id"):
        found.append(Fix("edit", "It changes that order", None, "kind", "change"))
    return found


def _place(problem: Problem, picks: Picks, line: DraftLine | None) -> list[Fix]:
    written = [Fix("edit", "Add as a new address", None, "ship_to_id", "new")]
    return [*_pick(problem, picks, line), *(written if problem.facts.get("written") else [])]


def _sender(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    if problem.facts.get("why") != "stranger":
        return []
    return [Fix("edit", "Make the sender a contact", None, "sender", "known")]


def _add(_problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    return [Fix("add", "Add a line")]


def _nothing(_problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    return []


def _order(problem: Problem, _picks: Picks, _line: DraftLine | None) -> list[Fix]:
    facts = problem.facts
    return (
        [Fix("link", f"See {facts['order']}", value=facts["order_id"])]
        if "order_id" in facts
        else []
    )


def _closed(problem: Problem, picks: Picks, line: DraftLine | None) -> list[Fix]:
    new = [Fix("edit", "It is a new order", None, "kind", "order")]
    return [*_order(problem, picks, line), *(new if problem.facts.get("kind") == "change" else [])]


_MAKERS: dict[str, Maker] = {
    "earlier-order": _order,
    "no-lines": _add,
    "customer-unknown": _pick,
    "customer-ambiguous": _pick,
    "ship-to-unknown": _place,
    "ship-to-assumed": _pick,
    "item-unknown": _pick,
    "item-ambiguous": _pick,
    "item-superseded": _newer,
    "unit-unknown": _unit,
    "unit-assumed": _unit,
    "quantity-below-minimum": _pack,
    "quantity-not-pack-multiple": _pack,
    "price-differs": _price,
    "duplicate-order": _repeat,
    "revision-of-order": _repeat,
    "order-closed": _closed,
    "order-not-booked": _draft,
    "customer-blocked": _nothing,
    "sender-not-verified": _sender,
    "credit-exceeded": _nothing,
    "requested-before-lead-time": _nothing,
    "beyond-latest": _nothing,
    "substitute-not-agreed": _nothing,
    "reader-finding": _nothing,
}
