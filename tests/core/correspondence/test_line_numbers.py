"""Every line has one name in what we write, however the customer numbered them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from core.correspondence.electronic.echo import order_line_sources
from core.correspondence.line_numbers import distinct_numbers
from core.correspondence.order_facts import order_facts
from core.database import Database
from core.orders.tables import OrderLine
from tests.builders import Wanted, a_company, a_customer, an_item, an_order


@pytest.mark.parametrize(
    ("given_numbers", "named"),
    [
        (["10", "20", "30"], ["10", "20", "30"]),
        (["", "", ""], ["1", "2", "3"]),
        (["1", "1", "1"], ["1", "2", "3"]),
        (["10", "20", ""], ["10", "20", "3"]),
        (["2", "", "7"], ["2", "2A", "7"]),
        (["2", "5", "5"], ["2", "2A", "3"]),
    ],
)
def test_names(given_numbers: list[str], named: list[str]) -> None:
    lines = [(n, number, n) for n, number in enumerate(given_numbers, 1)]
    assert [distinct_numbers(lines)[n] for n, _, _ in lines] == named


@given(st.lists(st.sampled_from(["", "1", "2", "3", "2A", "10"]), max_size=8))
def test_no_two_lines_have_one_name(numbers: list[str]) -> None:
    found = distinct_numbers((n, number, n) for n, number in enumerate(numbers, 1))
    assert len(set(found.values())) == len(numbers)
    assert all(found.values())


def test_an_order_whose_lines_all_have_the_number_one(database: Database) -> None:
    with database.begin() as session:
        a_company(session)
        wanted = [Wanted(an_item(session), 10), Wanted(an_item(session), 20)]
        order = an_order(session, a_customer(session), wanted)
        lines = list(
            session.scalars(
                select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
            )
        )
        for line in lines:
            line.customer_line_no = "1"
        session.flush()
        told = {line.number: line.item for line in order_facts(session, order.id).lines}
        assert told == {"1": wanted[0].item.number, "2": wanted[1].item.number}
        assert list(order_line_sources(lines)) == ["1", "2"]
