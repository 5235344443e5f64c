"""Every way in which an order's content comes to be or changes, and what stands in front of it.

A new verb, or a new module that writes what was agreed, fails here until it is named with its gate.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from core.lifecycle import TABLE

ROOT = Path(__file__).parents[2]
ROOMS = ("core", "workers", "review_app")
ROWS = {"Order", "OrderLine", "ScheduleLine"}
AGREED = {
    "item_id", "ordered_item_id", "quantity", "unit", "factor_numerator", "factor_denominator", "stock_quantity", "price",
    "ordered_price", "revision", "configuration", "currency", "payment_terms", "incoterms", "ship_via", "ship_to",
    "ship_to_id", "quote_id", "blanket_id", "delivery", "delivery_policy", "requested_date", "cancelled_quantity",
    "prepaid_amount",
}  # fmt: skip
PROMISED = {"promised_date", "ship_date", "site_id", "first_promised_date"}

VERBS = {
    "book": "gate",
    "change": "gate",
    "agree": "word",
    "cancel_line": "takes off",
    "cancel": "takes off",
    "close": "takes off",
    "reopen": "opens",
    "repromise": "days",
    "set_delivery": "terms",
    "share_out": "days",
    "acknowledge": "nothing",
    "allocate": "held",
    "deallocate": "nothing",
}
"""What a verb of an order may do to it. gate: only behind the checks of a draft (core.drafts.gate); takes off: only less
is wanted; opens: the next step is checked anew; days: our own promise moves, what was agreed stays; terms: a person agrees
with a reason to another way of delivery, while goods, price and place stay; held: asks the holds; word: the customer says yes to
what we offered, so their wishes become it, and nothing of ours moves."""

WRITERS = {
    "core/orders/book.py": "gate",
    "core/orders/change.py": "gate",
    "core/orders/revise.py": "gate",
    "core/orders/readdress.py": "gate",
    "core/orders/terms.py": "gate",
    "core/orders/delivery.py": "terms",
    "core/orders/agreed.py": "word",
    "core/orders/cancel.py": "takes off",
    "core/orders/schedule.py": "parts",
    "core/orders/redate.py": "days",
    "core/orders/postpone.py": "days",
    "core/orders/give_way.py": "days",
}
"""Modules that assign what was agreed. parts: a line's quantity is dealt out over its days."""

READERS = {
    "core/drafts/cited.py",  # a draft's quote and blanket
    "core/drafts/change/revised.py",  # a draft line's item
    "core/execution/allocate.py",  # allocations
    "core/watch/share_out.py",  # slips
}
"""Modules that read orders and assign something of the same name to rows of another kind."""

BEHIND = {
    ("core.orders.book", "book"): {"core/drafts/confirm.py"},
    ("core.orders.change", "apply_change_draft"): {"core/drafts/confirm.py"},
    ("core.orders.revise", "revise"): {"core/orders/change.py"},
    ("core.orders.readdress", "readdress"): {"core/orders/change.py"},
    ("core.orders.terms", "agree"): {"core/orders/change.py", "core/orders/delivery.py"},
    ("core.orders.book", "order_line"): {"core/orders/change.py"},
    ("core.orders.agreed", "take_in"): {"core/drafts/change/word.py", "core/orders/consent.py"},
}
"""Who may take what leads past the gate when it is taken elsewhere."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in (p for room in ROOMS for p in (ROOT / room).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def taken(tree: ast.Module) -> set[tuple[str, str]]:
    """(module, name) of what a module takes from others."""
    froms = (n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom))
    return {(n.module or "", a.name) for n in froms for a in n.names}


def assigned(tree: ast.Module) -> set[str]:
    """Attributes that are written, by assignment or in setattr and update statements' keywords."""
    found = set()
    for node in ast.walk(tree):
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, (ast.AugAssign, ast.AnnAssign))
            else []
        )
        flat = [e for t in targets for e in (t.elts if isinstance(t, ast.Tuple) else [t])]
        found |= {t.attr for t in flat if isinstance(t, ast.Attribute)}
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "values":
            found |= {k.arg for k in node.keywords if k.arg}
    return found


def writes_orders(tree: ast.Module) -> bool:
    names = {name for module, name in taken(tree) if module == "core.orders.tables"}
    return bool(names & ROWS) and bool(assigned(tree) & (AGREED | PROMISED))


def test_every_verb_of_an_order_is_known_with_what_it_may_do():
    assert {row.verb for row in TABLE if row.subject == "order"} == set(VERBS)


def test_every_module_that_writes_what_was_agreed_is_known_with_its_gate():
    found = {name for name, tree in modules() if writes_orders(tree)}
    assert found == {*WRITERS, *READERS}


def test_what_leads_to_an_order_is_taken_only_behind_the_gate():
    callers: dict[tuple[str, str], set[str]] = {door: set() for door in BEHIND}
    for name, tree in modules():
        for door in taken(tree) & set(BEHIND):
            callers[door].add(name)
    assert callers == BEHIND


def test_the_gate_is_asked_before_either_door():
    """In core.drafts.confirm the checks are made and the gate is asked before anything is agreed."""
    tree = ast.parse((ROOT / "core/drafts/confirm.py").read_text("utf-8"))
    verb = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == "confirm")
    order = [
        getattr(node.func, "id", "")
        for node in sorted(
            (n for n in ast.walk(verb) if isinstance(n, ast.Call)), key=lambda n: n.lineno
        )
    ]
    assert order.index("assess") < order.index("require_free") < order.index("_agreed")
    assert order.index("_agreed") < order.index("place_holds")


def test_only_booking_makes_rows_of_orders():
    made: dict[str, set[str]] = {row: set() for row in ROWS}
    for name, tree in modules():
        rows = {n for m, n in taken(tree) if m == "core.orders.tables"} & ROWS
        for node in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
            called = getattr(node.func, "id", "")
            if called in rows:
                made[called].add(name)
    assert made == {
        "Order": {"core/orders/book.py"},
        "OrderLine": {"core/orders/book.py"},
        "ScheduleLine": {
            "core/orders/schedule.py",
            "core/orders/redate.py",
        },
    }


def test_whoever_releases_goods_has_them_looked_at_first():
    """Papers, licences, lists and credit as they are now: held in a transaction of its own (core.drafts.leaving)."""
    release = ("core.execution.release", "release")
    looks = {("core.drafts.leaving", "look_over"), ("review_app.orders.steps", "look")}
    found = {name for name, tree in modules() if release in taken(tree)}
    blind = {name for name, tree in modules() if name in found and not taken(tree) & looks}
    assert found == {
        "review_app/orders/steps.py",
        "review_app/warehouse/warehouse.py",
        "workers/demo/clerk.py",
    }
    assert blind == set()


def test_the_rules_can_fail():
    bad = ast.parse(
        "from core.orders.tables import OrderLine\ndef f(line: OrderLine):\n    line.price, line.unit = 1, 'EA'\n"
    )
    assert writes_orders(bad)
    assert not writes_orders(ast.parse("def f(line):\n    line.price = 1\n"))
