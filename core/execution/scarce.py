"""Who gets how much of what is not enough for all; pure.

Four rules. Whatever the rule, nobody gets more than is wanted, all together no more than there is, and each gets whole
packs unless it gets everything that it wants, and no part that is smaller than its customer takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Want:
    """What an open promise still wants of the goods. fixed: of it on a shipment already, which nobody takes away.

    pack: stock units of one ordered unit, 0 where any quantity will do. least: no part may be smaller, nor what is left;
    all of it for what is not delivered in parts. priority: 1 is served first. turn: the place among the promises, first
    promised first.
    """

    id: int
    quantity: Decimal
    ship_date: date
    turn: tuple[int, date, int]
    priority: int = 5
    pack: Decimal = ZERO
    fixed: Decimal = ZERO
    least: Decimal = ZERO


Shares = dict[int, Decimal]
Rule = Callable[[Decimal, Sequence[Want]], Shares]


def first_promised(there: Decimal, wants: Sequence[Want]) -> Shares:
    return _one_after_another(there, sorted(wants, key=lambda w: w.turn))


def by_priority(there: Decimal, wants: Sequence[Want]) -> Shares:
    return _one_after_another(there, sorted(wants, key=lambda w: (w.priority, w.turn)))


def by_date(there: Decimal, wants: Sequence[Want]) -> Shares:
    return _one_after_another(there, sorted(wants, key=lambda w: (w.ship_date, w.turn)))


def fair_share(there: Decimal, wants: Sequence[Want]) -> Shares:
    """In proportion to what is wanted, rounded down to whole packs; packs that are left go to who lacks most of its share."""
    total = sum((want.quantity for want in wants), ZERO)
    if total <= there:
        return {want.id: want.quantity for want in wants}
    exact = {want.id: Fraction(want.quantity) * Fraction(there) / Fraction(total) for want in wants}
    shares = {want.id: max(_whole(_below(exact[want.id]), want), want.fixed) for want in wants}
    left = there - sum(shares.values(), ZERO)
    for want in sorted(wants, key=lambda w: (Fraction(shares[w.id]) - exact[w.id], w.turn)):
        more = min(_one_more(shares[want.id], want), want.quantity) - shares[want.id]
        if ZERO < more <= left:
            shares[want.id] += more
            left -= more
    return _not_beyond(there, shares, wants)


RULES: dict[str, Rule] = {
    "fair-share": fair_share,
    "priority": by_priority,
    "promise-date": by_date,
    "first-promised": first_promised,
}
LABELS: dict[str, str] = {
    "fair-share": "Fair share",
    "priority": "Priority of the customer",
    "promise-date": "Day on which it leaves",
    "first-promised": "First promised, first served",
}


def _one_after_another(there: Decimal, wants: Sequence[Want]) -> Shares:
    """What is on a shipment stays; then each in its turn."""
    shares = {want.id: want.fixed for want in wants}
    left = there - sum(shares.values(), ZERO)
    for want in wants:
        more = _whole(min(want.quantity, want.fixed + max(left, ZERO)), want) - want.fixed
        if more > 0:
            shares[want.id] += more
            left -= more
    return shares


def _whole(quantity: Decimal, want: Want) -> Decimal:
    """Down to whole packs and to parts that are taken, unless it is all."""
    if quantity >= want.quantity:
        return want.quantity
    part = min(quantity, max(want.quantity - want.least, ZERO))
    if want.pack > 0:
        part = part // want.pack * want.pack
    return part if part >= want.least else ZERO


def _below(exact: Fraction) -> Decimal:
    """Six decimals, rounded down."""
    return Decimal(exact.numerator * 10**6 // exact.denominator).scaleb(-6)


def _one_more(share: Decimal, want: Want) -> Decimal:
    """The next whole number of packs that is a part to be taken."""
    more = share + Decimal("0.000001") if want.pack <= 0 else (share // want.pack + 1) * want.pack
    more = max(more, want.least)
    if want.pack > 0:
        more = (more / want.pack).to_integral_value(ROUND_CEILING) * want.pack
    return want.quantity if ZERO < want.quantity - more < want.least else more


def _not_beyond(there: Decimal, shares: Shares, wants: Sequence[Want]) -> Shares:
    """Where what is on shipments took more than its share, the others give packs back, who was promised last first."""
    over = sum(shares.values(), ZERO) - there
    for want in sorted(wants, key=lambda w: w.turn, reverse=True):
        while over > 0 and shares[want.id] > want.fixed:
            kept = max(_whole(shares[want.id] - min(over, shares[want.id]), want), want.fixed)
            over -= shares[want.id] - kept
            shares[want.id] = kept
    return shares
