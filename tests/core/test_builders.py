"""The builders make rows that both databases accept, and each test starts empty."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from core.database import Database
from core.orders.tables import Order
from tests.builders import Wanted, a_company, a_customer, a_document, a_draft, an_item, an_order


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_starts_with_an_empty_database(database: Database, turn: int) -> None:
    with database.begin() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 0
        a_company(session)
        customer, item = a_customer(session), an_item(session, units=(("BX", 100, 1),))
        document = a_document(session)
        a_draft(
            session, customer, [Wanted(item, 3, unit="BX", factor=100)], document_id=document.id
        )
        an_order(session, customer, [Wanted(item, 5)])
    with database.read() as session:
        order = session.scalars(select(Order)).one()
        assert (order.status, order.id) == ("booked", 1)
