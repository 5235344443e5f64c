"""Terms of delivery that are agreed after booking: what is open is promised anew, first promises stay."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.confirm import confirm
from core.errors import BadInput
from core.journal import history
from core.orders.delivery import set_delivery
from core.orders.promises import order_promises
from core.orders.tables import Order, OrderLine, ScheduleLine
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, ordered


def parts(session: Session) -> list[list[tuple[int, date | None, date | None]]]:
    """By line (quantity, first promised, promised)."""
    found = []
    for line in session.scalars(select(OrderLine).order_by(OrderLine.position)):
        rows = session.scalars(
            select(ScheduleLine)
            .where(ScheduleLine.line_id == line.id, ScheduleLine.quantity > 0)
            .order_by(ScheduleLine.promised_date, ScheduleLine.id)
        )
        found.append([(int(r.quantity), r.first_promised_date, r.promised_date) for r in rows])
    return found


def an_order(session: Session) -> Order:
    """Four of A are there and six come; B is there."""
    counter = a_counter(session)
    make.a_lot(session, counter["site"], counter["items"]["A"], 4)
    make.a_receipt(session, counter["site"], counter["items"]["A"], 20, day(4))
    make.a_lot(session, counter["site"], counter["items"]["B"], 10)
    draft = ordered(session, ("A", 10), ("B", 5))
    return confirm(session, draft, version=draft.version, act=make.an_act())


def test_ship_complete_moves_the_whole_set_and_back(database: Database) -> None:
    with database.begin() as session:
        order = an_order(session)
        before = [[(4, day(1), day(1)), (6, day(7), day(7))], [(5, day(1), day(1))]]
        assert parts(session) == before
        act = make.an_act()
        event = set_delivery(session, order, "", {"complete": "yes"}, "Ana", act=act)
        assert set_delivery(session, order, "", {"complete": "yes"}, "Ana", act=act).id == event.id
        assert all(promised == day(7) for line in parts(session) for _, _, promised in line)
        assert sum(quantity for quantity, _, _ in parts(session)[0]) == 10
        assert parts(session)[1] == [(5, day(1), day(7))]
        assert "All together." in order_promises(session, order.id).delivery[0][1]
        set_delivery(session, order, "", {"complete": "no"}, "Ana again", act=make.an_act())
        now = parts(session)
        assert [(q, promised) for q, _, promised in now[0]] == [(4, day(1)), (6, day(7))]
        assert now[1] == [(5, day(1), day(1))]
        names = [e.name for e in history(session, "order", order.id)]
        assert names.count("order.delivery_set") == 2


@pytest.mark.parametrize(
    ("terms", "quantities"),
    [({"part_quantity": "5"}, [10]), ({"most_dates": "1"}, [10]), ({"part_quantity": "4"}, [4, 6])],
)
def test_least_parts_and_days(
    sqlite_database: Database, terms: dict[str, str], quantities: list[int]
) -> None:
    with sqlite_database.begin() as session:
        order = an_order(session)
        set_delivery(session, order, "", terms, "Ana", act=make.an_act())
        by_day: dict[object, int] = {}
        for quantity, _, promised in parts(session)[0]:
            by_day[promised] = by_day.get(promised, 0) + quantity
        assert list(by_day.values()) == quantities


@pytest.mark.parametrize(
    ("group", "terms", "reason"),
    [
        ("", {}, "x"),
        ("", {"most_dates": "few"}, "x"),
        ("", {"complete": "yes"}, ""),
        ("G", {"complete": "yes"}, "x"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    sqlite_database: Database, group: str, terms: dict[str, str], reason: str
) -> None:
    with sqlite_database.begin() as session:
        order = an_order(session)
        kept = dict(order.delivery)
        with pytest.raises(BadInput):
            set_delivery(session, order, group, terms, reason, act=make.an_act())
        assert order.delivery == kept
