"""Derived states and the verbs that quantities leave possible."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.orders.possible import possible
from core.orders.progress import LineQuantities, line_state, progress


def q(ordered: int, **counted: int) -> LineQuantities:
    return LineQuantities(Decimal(ordered), **{k: Decimal(v) for k, v in counted.items()})


def test_a_line_says_in_one_word_where_it_is() -> None:
    assert line_state(q(5, cancelled=5)) == "cancelled"
    assert line_state(q(5)) == "backordered"
    assert line_state(q(5), as_wished=True) == "open"
    assert line_state(q(5, allocated=2), as_wished=True) == "partly allocated"
    assert line_state(q(5, allocated=2)) == "partly allocated"
    assert line_state(q(5, allocated=5)) == "allocated"
    assert line_state(q(5, allocated=5, on_shipment=5)) == "in warehouse"
    assert line_state(q(5, shipped=2)) == "partly shipped"
    assert line_state(q(5, shipped=2, cancelled=3)) == "shipped"
    assert line_state(q(5, shipped=5, delivered=5)) == "delivered"


def test_an_order_is_as_far_as_its_lines() -> None:
    found = progress([q(4, shipped=4, invoiced=4, delivered=4), q(2, cancelled=2)])
    assert (found.supply, found.shipping, found.billing, found.percent) == (
        "done",
        "delivered",
        "invoiced",
        100,
    )
    found = progress([q(4, shipped=2, invoiced=2, returned=1, delivered=2), q(4, allocated=4)])
    assert (found.supply, found.shipping, found.billing, found.returns, found.percent) == (
        "partly",
        "partly",
        "partly",
        "partly",
        25,
    )
    assert progress([]).percent == 100


def test_verbs_follow_the_quantities() -> None:
    assert "release" in possible("booked", [q(5, allocated=5)])
    assert "release" not in possible("booked", [q(5, allocated=5)], {"release"})
    assert "cancel" not in possible("booked", [q(5, shipped=1)])
    assert "close" in possible("booked", [q(5, shipped=5)])
    assert possible("cancelled", [q(5, cancelled=5)]) == ("acknowledge",)
    assert "return" in possible("closed", [q(5, shipped=5, delivered=5)])


@given(st.integers(1, 100), st.data())
def test_percent_never_leaves_its_scale(ordered: int, data: st.DataObject) -> None:
    shipped = data.draw(st.integers(0, ordered))
    cancelled = data.draw(st.integers(0, ordered - shipped))
    found = progress([q(ordered, shipped=shipped, cancelled=cancelled)])
    assert 0 <= found.percent <= 100
