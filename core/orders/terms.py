"""The terms under which the lines of a booked order are promised anew: as agreed, whatever the customer's are now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from core.orders.tables import Order, OrderLine
from core.promising.agreed import Kept, as_texts, policy_word, terms_of, with_changes
from core.promising.ask import AskLine, Group
from core.promising.terms import Terms, group_of, under


def groups_of(order: Order) -> tuple[Group, ...]:
    """Empty for an order that was booked before terms were kept by group: its delivery_policy counts."""
    return tuple(group_of(name, _agreed(order, name)) for name in order.delivery)


def as_agreed(order: Order, line: OrderLine, asked: AskLine) -> AskLine:
    """A latest day does not count any more: what is booked is late then, and the customer is told so."""
    if not order.delivery:
        return asked
    name = line.group_name if line.group_name in order.delivery else ""
    each = Fraction(line.price) * line.factor_denominator / line.factor_numerator
    return replace(
        under(asked, _agreed(order, name), None),
        group=name,
        latest_date=None,
        unit_value=Decimal(round(each * 10**6)).scaleb(-6),
    )


def _agreed(order: Order, group: str) -> Terms:
    return terms_of(group, Terms(), order.delivery)


def agree(order: Order, other: Kept) -> None:
    """A confirmed change brings terms of its own: they go over what was agreed, with who agreed to them."""
    kept = dict(order.delivery)
    for group, found in other.items():
        base = terms_of(group, Terms(), order.delivery)
        terms = found.get("terms", {})
        said = {**order.delivery.get(group, {}).get("said", {}), **terms}
        kept[group] = {**found, "terms": as_texts(with_changes(base, terms)), "said": said}
    if kept != order.delivery:
        order.delivery, order.delivery_policy = kept, policy_word(kept)


def drop_empty_groups(order: Order, lines: Iterable[OrderLine]) -> None:
    """A group of which no line is left ends."""
    if not order.delivery:
        return
    named = {"", *(line.group_name for line in lines)}
    order.delivery = {name: kept for name, kept in order.delivery.items() if name in named}
    order.delivery_policy = policy_word(order.delivery)


def goes_together(order: Order, line: OrderLine) -> bool:
    """Whether the line leaves only together with all of its group."""
    return set_of(order, line) is not None


def has_sets(order: Order) -> bool:
    """Whether any of its lines leave only together."""
    return order.delivery_policy == "complete" or any(g.complete for g in groups_of(order))


def set_of(order: Order, line: OrderLine) -> str | None:
    """The name of the group with which the line leaves, None when it may go alone."""
    if not order.delivery:
        return "" if order.delivery_policy == "complete" else None
    name = line.group_name if line.group_name in order.delivery else ""
    return name if _agreed(order, name).complete else None
