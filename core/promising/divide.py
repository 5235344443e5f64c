"""A promised part in two: what is there or comes goes to the first, what has to be made or bought to the rest; pure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.promising.ask import ZERO, Claim, Peg, Promised, share_of


def divided(part: Promised, quantity: Decimal) -> tuple[Promised, Promised]:
    """(a part of `quantity`, the rest); together they live from and claim what the whole one did."""
    goods = sorted(
        (peg for peg in part.pegging if not peg.level), key=lambda peg: peg.kind == "lead-time"
    )
    planned = tuple(peg for peg in part.pegging if peg.level)
    first, second, left = list[Peg](), list[Peg](), quantity
    for peg in goods:
        used = min(peg.quantity, left)
        left -= used
        if used > 0:
            first.append(replace(peg, quantity=used))
        if peg.quantity > used:
            second.append(replace(peg, quantity=peg.quantity - used))
    still = part.quantity - quantity - sum((peg.quantity for peg in second), ZERO)
    return (
        replace(
            part,
            quantity=quantity,
            pegging=(*first, *(planned if left > 0 else ())),
            claims=_for(part.claims, left),
        ),
        replace(
            part,
            quantity=part.quantity - quantity,
            pegging=(*second, *(planned if still > 0 else ())),
            claims=_for(part.claims, still),
        ),
    )


def _for(claims: tuple[Claim, ...], quantity: Decimal) -> tuple[Claim, ...]:
    """What making so many of the units takes; the work of one lot is shared evenly."""
    if quantity <= 0:
        return ()
    return tuple(
        replace(
            claim,
            amount=share_of(claim.amount, claim.of_quantity, quantity),
            of_quantity=min(quantity, claim.of_quantity),
        )
        for claim in claims
    )
