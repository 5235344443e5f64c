"""A promised part is divided: nothing of what it lives from is counted twice or lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.promising.ask import Claim, Peg, Promised, share_of
from core.promising.divide import divided
from core.values import Parameters

DAY = date(2026, 3, 2)
D = Decimal


def a_part(stock: int, made: int) -> Promised:
    pegs = [Peg("stock", 1, "L1", D(stock), DAY)] if stock else []
    plan = [Peg("make", 5, "KIT", D(made), DAY, level=1)] if made else []
    claims = (Claim("capacity", DAY, D(100), centre_id=7, of_quantity=D(made)),) if made else ()
    reason = Parameters("make-work")
    return Promised(D(stock + made), DAY, DAY, 1, reason, (*pegs, *plan), claims)


def test_what_is_there_goes_to_the_first_and_the_work_to_the_rest() -> None:
    first, second = divided(a_part(3, 6), D(2))
    assert [(p.kind, p.quantity) for p in first.pegging] == [("stock", D(2))]
    assert first.claims == ()
    assert [(p.kind, p.quantity) for p in second.pegging] == [("stock", D(1)), ("make", D(6))]
    assert [(c.amount, c.of_quantity) for c in second.claims] == [(D(100), D(6))]


@given(st.integers(0, 30), st.integers(0, 30), st.data())
def test_the_pieces_are_the_whole(stock: int, made: int, data: st.DataObject) -> None:
    if stock + made < 2:
        return
    part = a_part(stock, made)
    cut = D(data.draw(st.integers(1, stock + made - 1)))
    pieces = divided(part, cut)
    assert [p.quantity for p in pieces] == [cut, part.quantity - cut]
    goods = sum(g.quantity for p in pieces for g in p.pegging if not g.level)
    assert goods == stock
    assert sum(c.of_quantity for p in pieces for c in p.claims) == made
    minutes = sum(c.amount for p in pieces for c in p.claims)
    assert minutes - D("0.000002") <= (D(100) if made else 0) <= minutes


def test_a_share_is_never_less_than_needed() -> None:
    assert share_of(D(100), D(3), D(1)) == D("33.333334")
    assert share_of(D(100), D(3), D(9)) == 100
    assert share_of(D(100), D(3), D(0)) == 0
