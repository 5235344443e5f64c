"""What a least lot makes beyond its promise: nobody counts on it until an order of the shop makes it."""

from __future__ import annotations

from decimal import Decimal

from core.database import Database
from core.supply.tables import ItemSource
from tests import builders as make
from tests.core.promising.test_plan_in_the_book import a_plant, ask, book, day

D = Decimal


def test_a_planned_lot_gives_its_surplus_to_nobody_and_an_order_to_everybody(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 500)
        session.add(
            ItemSource(item_id=kit.id, minimum_lot=D(10))
        )  # 100 minutes: the whole of a day
        session.flush()
        first = ask(session, kit, 3)
        assert first.ship_date == day(0)
        book(session, site, kit, 3, first)
        # A lot of its own: rather late than from a lot that may never be made so large, or not at all.
        second = ask(session, kit, 3)
        assert (second.reason.facts["basis"], second.ship_date) == ("plan", day(1))
        book(session, site, kit, 3, second)
        assert ask(session, kit, 1).ship_date == day(2)
        make.a_receipt(session, site, kit, 10, day(0), kind="production", begins_on=day(0))
        # Ten come: three for the first, three for the second, and four are free.
        assert ask(session, kit, 4).reason.facts["basis"] == "receipt"
        assert ask(session, kit, 5).reason.facts["basis"] == "plan"
