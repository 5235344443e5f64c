"""Sharing out what is not enough: exact, whole packs, never more than there is, whatever the rule."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.execution.scarce import RULES, Want, by_date, by_priority, fair_share, first_promised

DAY = date(2026, 3, 2)
D = Decimal


def want(number: int, quantity: object, *, day: int = 0, priority: int = 5, pack: int = 0) -> Want:
    ship = DAY + timedelta(days=day)
    return Want(number, D(str(quantity)), ship, (number, ship, number), priority, D(pack))


def test_each_rule_has_its_own_winner() -> None:
    wants = [want(1, 10, day=5), want(2, 10, day=1), want(3, 10, day=9, priority=1)]
    assert first_promised(D(15), wants) == {1: 10, 2: 5, 3: 0}
    assert by_date(D(15), wants) == {1: 5, 2: 10, 3: 0}
    assert by_priority(D(15), wants) == {1: 5, 2: 0, 3: 10}
    assert fair_share(D(15), wants) == {1: 5, 2: 5, 3: 5}


def test_shares_are_whole_packs_and_the_rest_goes_to_who_lacks_most() -> None:
    wants = [want(1, 48, pack=12), want(2, 36, pack=12), want(3, 24, pack=12)]
    shares = fair_share(D(60), wants)  # exactly 26.7, 20 and 13.3
    assert shares == {1: 24, 2: 24, 3: 12}
    assert fair_share(D(72), wants) == {1: 36, 2: 24, 3: 12}  # exactly 32, 24 and 16


def test_thirds_are_exact() -> None:
    shares = fair_share(D(10), [want(n, "3.5") for n in (1, 2, 3)])
    assert sum(shares.values()) == 10
    assert max(shares.values()) - min(shares.values()) <= D("0.000001")


def test_who_wants_all_that_is_there_gets_an_odd_lot_only_when_it_is_all_it_wants() -> None:
    assert first_promised(D(7), [want(1, 10, pack=3)]) == {1: 6}
    assert first_promised(D(12), [want(1, 10, pack=3)]) == {1: 10}


def test_what_is_on_a_shipment_stays() -> None:
    taken = Want(9, D(8), DAY, (9, DAY, 9), 5, D(0), fixed=D(8))
    assert by_priority(D(10), [want(1, 10, priority=1), taken]) == {1: 2, 9: 8}
    assert fair_share(D(10), [want(1, 10), taken]) == {1: 2, 9: 8}


quantities = st.integers(0, 400).map(lambda n: D(n) / 4)


@st.composite
def wanted(draw: st.DrawFn) -> list[Want]:
    found = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        quantity = draw(quantities.filter(bool))
        ship = DAY + timedelta(days=draw(st.integers(0, 9)))
        pack = D(draw(st.sampled_from((0, 0, 1, 3, 12))))
        fixed = min(D(draw(st.integers(0, 3))), quantity)
        priority = draw(st.integers(1, 3))
        least = quantity * draw(st.sampled_from((0, 0, 0, D("0.25"), D("0.5"), 1)))
        turn = (number, ship, number)
        found.append(Want(number, quantity, ship, turn, priority, pack, fixed, least))
    return found


@pytest.mark.parametrize("rule", RULES)
@given(wants=wanted(), there=quantities)
def test_whatever_the_rule(rule: str, wants: list[Want], there: Decimal) -> None:
    there = max(there, sum((w.fixed for w in wants), D(0)))
    shares = RULES[rule](there, wants)
    assert sum(shares.values()) <= there
    for one in wants:
        share = shares[one.id]
        assert one.fixed <= share <= one.quantity
        free_of_packs = one.pack == 0 or share in (one.quantity, one.fixed)
        assert free_of_packs or share % one.pack == 0
        if share not in (0, one.fixed, one.quantity):
            assert one.least <= share <= one.quantity - one.least
    if sum(w.quantity for w in wants) <= there:
        assert shares == {w.id: w.quantity for w in wants}
    if rule == "fair-share" and all(w.fixed == w.least == 0 for w in wants):
        total = sum(w.quantity for w in wants)
        for one in wants:  # nobody is more than a pack below its exact share
            step = one.pack or D("0.000002")
            assert shares[one.id] > min(one.quantity * there / total, one.quantity) - step
