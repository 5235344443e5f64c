"""What a change is said to do to promised days is what it does: each case is shown first, then applied and compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.tables import Draft, DraftLine
from core.orders.amendment import amendment
from core.orders.change import LineChange, apply_change_draft, preview_days
from core.orders.days_ahead import Days, DaysAhead, days_ahead
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Answer, Promised
from core.values import Parameters
from tests.builders import NOW, TODAY, Wanted, a_draft, an_act, an_item
from tests.steps import Shop, a_shop, lines, order_for, released, shipped

D = Decimal
LATER = TODAY + timedelta(days=14)


@dataclass(frozen=True)
class Asked:
    """Of a change draft: what each line asks for, and how the draft was answered (quantity, days from today)."""

    name: str
    wanted: tuple[tuple[int, date | None], ...]
    answered: tuple[tuple[tuple[int, int], ...], ...] = ()
    ordered: tuple[int, ...] = (10,)
    before: Callable[[Session, Order], object] | None = None
    stock: int = 100
    delivery: str = "partial"


CASES = (
    Asked("more", ((15, None),), (((15, 2),),)),
    Asked("less", ((4, None),), (((4, 2),),)),
    Asked("another day", ((10, LATER),), (((10, 14),),)),
    Asked("another day in two parts", ((10, LATER),), (((6, 14), (4, 21)),)),
    Asked("another day, more", ((15, LATER),), (((15, 14),),)),
    Asked("another day, more than there is", ((15, LATER),), (((12, 14),),)),
    Asked("another day, nothing promised", ((10, LATER),), ((),)),
    Asked("another day, less", ((6, LATER),), (((6, 14),),)),
    Asked("one of two", ((4, None),), (((4, 2),),), (10, 5)),
    Asked(
        "two grow, there is enough for one",
        ((15, None), (15, None)),
        (((15, 2),), ((15, 9),)),
        (10, 10),
        stock=26,
    ),
    Asked(
        "one of two that leave together",
        ((10, LATER),),
        (((10, 14),),),
        (10, 5),
        delivery="complete",
    ),
    Asked("no more of it", ((0, None),), ((),), (10, 5)),
    Asked("on a shipment, more", ((15, None),), (((15, 2),),), before=released),
    Asked("on a shipment, another day", ((15, LATER),), (((15, 14),),), before=released),
    Asked("half has left, another day", ((10, LATER),), (((10, 14),),), (10,), shipped, 6),
    Asked("half has left, more", ((12, None),), (((12, 3),),), (10,), shipped, 6),
)


def of_lines(session: Session, order: Order) -> dict[int, Days]:
    """By position what is open and for when it is promised."""
    found: dict[int, dict[date | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line, row in session.execute(
        select(OrderLine, ScheduleLine)
        .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
        .where(
            OrderLine.order_id == order.id, ScheduleLine.quantity > ScheduleLine.shipped_quantity
        )
    ):
        found[line.position][row.promised_date] += row.quantity - row.shipped_quantity
    return {
        position: tuple((days[d], d) for d in sorted(days, key=lambda d: d or date.max))
        for position, days in found.items()
    }


def a_change(session: Session, shop: Shop, order: Order, case: Asked) -> tuple[Draft, Answer]:
    wanted = [Wanted(shop.item, quantity, requested=day) for quantity, day in case.wanted]
    draft = a_draft(
        session, None, wanted, kind="change", customer_id=order.customer_id,
        revision_of_id=order.id, po_number=order.po_number, po_key=order.po_key,
    )  # fmt: skip
    rows = session.scalars(
        select(DraftLine).where(DraftLine.draft_id == draft.id).order_by(DraftLine.position)
    )
    reason = Parameters("from-stock", {})
    parts = {
        row.id: tuple(
            Promised(D(q), TODAY + timedelta(days=n), TODAY, shop.site.id, reason)
            for q, n in answered
        )
        for row, answered in zip(rows, case.answered, strict=True)
    }
    return draft, Answer(parts)


def shown(found: tuple[DaysAhead, ...], what: str) -> dict[int, Days]:
    return {row.position or 0: getattr(row, what) for row in found if getattr(row, what)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_shown_is_what_happens(database: Database, case: Asked) -> None:
    with database.begin() as session:
        shop = a_shop(session, stock=case.stock)
        order = order_for(session, shop, *case.ordered)
        order.delivery_policy = case.delivery
        if case.before:
            case.before(session, order)
        draft, answer = a_change(session, shop, order, case)
        found = amendment(session, order, draft)
        ahead = days_ahead(session, order, found, draft=draft, answer=answer, now=NOW)
        assert not session.dirty and not session.new
        assert shown(ahead, "now") == of_lines(session, order)
        apply_change_draft(session, order, draft, answer, act=an_act())
        assert shown(ahead, "then") == of_lines(session, order)


def test_a_new_line_is_shown_with_its_day(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        other = an_item(session)
        draft = a_draft(
            session, None, [Wanted(other, 3)], kind="change", customer_id=order.customer_id,
            revision_of_id=order.id, po_key=order.po_key,
        )  # fmt: skip
        (line,) = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id))
        part = Promised(D(2), LATER, LATER, shop.site.id, Parameters("from-stock", {}))
        found = amendment(session, order, draft)
        old, new = days_ahead(
            session, order, found, draft=draft, answer=Answer({line.id: (part,)}), now=NOW
        )
        assert (old.later, old.now) == (0, old.then)
        assert (new.position, new.item, new.now) == (None, other.number, ())
        assert new.then == ((D(2), LATER), (D(1), None))


def test_what_a_clerk_types_is_shown_before_it_is_done(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 10)
        (line,) = lines(session, order)
        (row,) = preview_days(session, order, (LineChange(line.id, requested_date=LATER),), now=NOW)
        assert row.now == ((D(10), TODAY),)
        assert row.then == ((D(10), LATER),)
        assert row.later == 14
        (row,) = preview_days(session, order, (LineChange(line.id, price=D(9)),), now=NOW)
        assert row.now == row.then
