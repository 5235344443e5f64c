"""One gate for every path, and what a person let pass ends, covers its value only and stands in nobody's way later."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from core.database import Database
from core.drafts.accept import accept_problem
from core.drafts.change.own import change_order
from core.drafts.confirm import confirm
from core.errors import Blocked, NotAllowed
from core.execution.allocate import allocate
from core.execution.release import release
from core.orders.cancel import cancel
from core.orders.change import LineChange
from core.orders.close import close, reopen
from core.orders.hold import place
from core.orders.hold import release as lift
from core.orders.lapse import lapse_due
from core.orders.screen import screen_orders
from core.orders.tables import Hold, Order, OrderLine
from core.screening.load import load_list
from tests import builders as make
from tests.core.drafts.checked import Desk
from tests.steps import delivered

CORE = Path(__file__).resolve().parents[3]
DAY = timedelta(days=1)
DOORS = ("core.orders.book", "core.orders.change")
TABLES = ("core.orders.tables", "core.shipping.tables")


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    with sqlite_database.begin() as session:
        yield Desk(session)


def booked(desk: Desk, **texts: str) -> Order:
    draft = desk.draft(**texts)
    return confirm(desk.session, draft, version=draft.version, act=make.an_act())


def line_of(desk: Desk, order: Order) -> OrderLine:
    return desk.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()


@pytest.mark.parametrize(
    "actor",
    ["user:1", "user:2", "policy:auto-confirm", "system:edi", "api:token-7", "mail:approver"],
)
def test_no_actor_confirms_what_is_blocked(desk: Desk, actor: str) -> None:
    desk.customer.blocked = True
    draft = desk.draft()
    with pytest.raises(Blocked):
        confirm(desk.session, draft, version=draft.version, act=make.an_act(actor))
    assert draft.status == "open"


def test_programs_let_nothing_pass(desk: Desk) -> None:
    desk.customer.blocked = True
    draft = desk.draft()
    found = desk.problem(draft, "customer-blocked")
    for actor in ("policy:auto-confirm", "system:edi", "user:999", "user:"):
        with pytest.raises(NotAllowed):
            accept_problem(desk.session, draft, found.id, "why not", act=make.an_act(actor))


def test_an_inactive_person_lets_nothing_pass(desk: Desk) -> None:
    desk.customer.blocked = True
    draft = desk.draft()
    desk.boss.active = False
    desk.session.flush()
    with pytest.raises(NotAllowed):
        desk.accept(draft, "customer-blocked")


def test_only_the_gate_leads_from_a_draft_to_an_order() -> None:
    """`book`, `apply_change_draft` and the step "confirm" are called in core.drafts.confirm alone, behind the gate."""
    callers: dict[str, set[str]] = {
        name: set() for name in ("book", "apply_change_draft", "confirm", "Order", "Shipment")
    }
    rooms = ("core", "workers", "review_app")
    for path in (p for room in rooms for p in (CORE / room).rglob("*.py")):
        name = path.relative_to(CORE).as_posix()
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        froms = [n for n in nodes if isinstance(n, ast.ImportFrom)]
        rows = {a.name for n in froms if n.module in TABLES for a in n.names}
        for taken in (a.name for n in froms if n.module in DOORS for a in n.names):
            if taken in ("book", "apply_change_draft"):
                callers[taken].add(name)
        for node in (n for n in nodes if isinstance(n, ast.Call)):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in {"Order", "Shipment"} & rows:
                callers[called].add(name)
            if called == "advance" and any(getattr(a, "value", "") == "confirm" for a in node.args):
                callers["confirm"].add(name)
    assert callers["book"] == {"core/drafts/confirm.py"}
    assert callers["apply_change_draft"] == {"core/drafts/confirm.py"}
    # a change that only restates our offer books nothing: it is settled with the customer's yes
    assert callers["confirm"] == {"core/drafts/confirm.py", "core/orders/agreed.py"}
    assert callers["Order"] == {"core/orders/book.py"}
    assert callers["Shipment"] == {"core/execution/release.py"}


def test_a_hold_of_a_check_is_lifted_by_who_may_override_it(desk: Desk) -> None:
    order = booked(desk)
    hold = place(
        desk.session, order, "export", "Looks listed", code="restricted-party", act=make.an_act()
    )
    with pytest.raises(NotAllowed, match="export duty"):
        lift(desk.session, hold, "It is fine", act=make.an_act(f"user:{desk.clerk.id}"))
    lift(desk.session, hold, "Another firm", act=make.an_act(f"user:{desk.boss.id}"))
    assert (hold.status, hold.released_until) == ("released", make.NOW + 7 * DAY)


def test_credit_let_pass_at_booking_counts_at_release_until_it_ends(desk: Desk) -> None:
    desk.customer.credit_limit, desk.customer.open_receivables = Decimal(100), Decimal(95)
    draft = desk.draft()
    desk.accept(draft, "credit-exceeded")
    order = confirm(desk.session, draft, version=draft.version, act=make.an_act())
    allocate(desk.session, order, act=make.an_act())
    with pytest.raises(Blocked, match="over the credit limit"):
        release(desk.session, order, act=make.an_act(at=make.NOW + 8 * DAY))
    assert release(desk.session, order, act=make.an_act(at=make.NOW + DAY))


def test_credit_let_pass_for_a_value_does_not_cover_more(desk: Desk) -> None:
    desk.customer.credit_limit, desk.customer.open_receivables = Decimal(100), Decimal(95)
    draft = desk.draft()
    desk.accept(draft, "credit-exceeded")
    order = confirm(desk.session, draft, version=draft.version, act=make.an_act())
    allocate(desk.session, order, act=make.an_act())
    desk.customer.open_receivables = Decimal(99)
    with pytest.raises(Blocked, match="over the credit limit"):
        release(desk.session, order, act=make.an_act())


def test_a_reopened_order_meets_the_checks_anew(desk: Desk) -> None:
    order = booked(desk)
    delivered(desk.session, order)
    assert order.status == "closed"
    desk.customer.blocked, desk.customer.blocked_reason = True, "unpaid"
    reopen(desk.session, order, act=make.an_act())
    more = (LineChange(line_of(desk, order).id, quantity=Decimal(9)),)
    waits = change_order(desk.session, order, more, "They want more", act=make.an_act())
    assert not waits.applied and desk.codes(waits.draft)["customer-blocked"] == "blocking"
    desk.customer.blocked = False
    assert change_order(desk.session, order, more, "They want more", act=make.an_act()).applied
    desk.customer.blocked = True
    allocate(desk.session, order, act=make.an_act())
    with pytest.raises(Blocked, match="is blocked: unpaid"):
        release(desk.session, order, act=make.an_act())
    desk.customer.blocked = False
    desk.customer.credit_limit = Decimal(1)
    with pytest.raises(Blocked, match="credit limit"):
        release(desk.session, order, act=make.an_act())


def test_what_was_ignored_stands_in_no_later_step(desk: Desk) -> None:
    desk.customer.blocked = True
    draft = desk.draft()
    desk.accept(draft, "customer-blocked")
    order = confirm(desk.session, draft, version=draft.version, act=make.an_act())
    line = line_of(desk, order)
    change_order(
        desk.session, order, (LineChange(line.id, quantity=Decimal(2)),), "Less", act=make.an_act()
    )
    assert cancel(desk.session, order, "Not wanted", act=make.an_act(at=make.NOW + 90 * DAY))
    assert order.status == "cancelled"


def test_a_new_list_holds_booked_orders_once(desk: Desk) -> None:
    order = booked(desk)
    act = make.an_act("system:screening")
    assert screen_orders(desk.session, act=act) == 0
    load_list(desk.session, "L", "l.csv", b"name\nNordlicht Pumpen\n", act=make.an_act())
    assert screen_orders(desk.session, act=act) == 1
    assert screen_orders(desk.session, act=act) == 0
    (hold,) = desk.session.scalars(select(Hold).where(Hold.order_id == order.id))
    assert (hold.kind, hold.status) == ("export", "active")
    allocate(desk.session, order, act=make.an_act())
    with pytest.raises(Blocked, match="Export hold"):
        release(desk.session, order, act=make.an_act())
    lift(desk.session, hold, "Another firm", act=make.an_act(f"user:{desk.boss.id}"))
    assert release(desk.session, order, act=make.an_act())


def test_release_looks_up_what_no_job_has_looked_up_yet(desk: Desk) -> None:
    order = booked(desk)
    allocate(desk.session, order, act=make.an_act())
    load_list(desk.session, "L", "l.csv", b"name\nNordlicht Pumpen\n", act=make.an_act())
    with pytest.raises(Blocked, match="on the list “L"):
        release(desk.session, order, act=make.an_act())


def test_a_close_and_an_early_close_are_told_apart(desk: Desk) -> None:
    order = booked(desk)
    with pytest.raises(Exception, match="not shipped"):
        close(desk.session, order, act=make.an_act())


def test_a_hold_that_was_lifted_for_a_time_stands_again(desk: Desk) -> None:
    order = booked(desk)
    boss = f"user:{desk.boss.id}"
    hold = place(desk.session, order, "quality", "Batch 7", act=make.an_act())
    lift(desk.session, hold, "Today only", until=make.NOW + DAY, act=make.an_act(boss))
    allocate(desk.session, order, act=make.an_act())
    late = make.NOW + 2 * DAY
    with pytest.raises(Blocked, match="Quality hold: Batch 7"):
        release(desk.session, order, act=make.an_act(at=late))
    assert lapse_due(desk.session, act=make.an_act("system:holds", at=make.NOW)) == 0
    assert lapse_due(desk.session, act=make.an_act("system:holds", at=late)) == 1
    assert lapse_due(desk.session, act=make.an_act("system:holds", at=late)) == 0
    assert (hold.status, hold.released_by) == ("active", "")
    lift(desk.session, hold, "Tested", act=make.an_act(boss, at=late))
    assert release(desk.session, order, act=make.an_act(at=late))


def test_a_lapsed_hold_can_be_lifted_anew_before_anybody_noted_it(desk: Desk) -> None:
    order = booked(desk)
    boss = f"user:{desk.boss.id}"
    hold = place(desk.session, order, "quality", "Batch 7", act=make.an_act())
    lift(desk.session, hold, "Today only", until=make.NOW + DAY, act=make.an_act(boss))
    lift(
        desk.session,
        hold,
        "One more day",
        until=make.NOW + 3 * DAY,
        act=make.an_act(boss, at=make.NOW + 2 * DAY),
    )
    assert hold.released_until == make.NOW + 3 * DAY
