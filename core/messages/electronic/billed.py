"""The figures of an invoice as electronic invoices write them; for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from core.messages.electronic.facts import InvoiceAnswer, InvoicedLine


@dataclass(frozen=True, slots=True)
class Billed:
    """The stored figures; `goods` is the sum of the lines."""

    lines: tuple[InvoicedLine, ...]
    goods: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal
    freight: Decimal


def billed(answer: InvoiceAnswer) -> Billed:
    """A credit's figures are positive: that it is one is said by its kind, not by a sign.

    Where it is stored with minus signs, all signs are turned.
    """
    turns = answer.is_credit and answer.total < 0
    lines = tuple(_turned(line) for line in answer.lines) if turns else answer.lines
    sign = Decimal(-1) if turns else Decimal(1)
    goods = sum((line.amount for line in lines), Decimal(0))
    return Billed(
        lines, goods, answer.net * sign, answer.tax * sign, answer.total * sign, answer.freight * sign
    )  # fmt: skip


def _turned(line: InvoicedLine) -> InvoicedLine:
    """The price stays: either quantity or price carries the sign of an amount."""
    if line.quantity < 0:
        return replace(line, quantity=-line.quantity, amount=-line.amount)
    return replace(line, price=-line.price, amount=-line.amount)


def one_rate(lines: Iterable[InvoicedLine]) -> Decimal | None:
    """The tax rate of all lines; None when they differ."""
    rates = {line.tax_percent for line in lines}
    return rates.pop() if len(rates) == 1 else None
