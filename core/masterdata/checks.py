"""Checks of one row against others: each a small function that says what is wrong, what is safe and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item, ItemUnit
from core.execution.tables import Allocation
from core.orders.tables import Order, OrderLine
from core.supply.tables import BomLine
from core.values import plain


@dataclass(frozen=True, slots=True)
class Problem:
    """column: "" when it is about the whole row."""

    column: str
    sentence: str


@dataclass(slots=True)
class Book:
    """What checks look up, kept for the rows that are planned together. item_ids: all items that these name."""

    session: Session
    item_ids: set[int] = field(default_factory=set)
    _units: dict[int, set[str]] | None = None
    _stock_units: dict[int, str] | None = None
    _components: dict[int, set[int]] = field(default_factory=dict)

    def units(self, item_id: int) -> set[str]:
        if self._units is None:
            self._units = {}
            query = select(ItemUnit.item_id, ItemUnit.unit).where(
                ItemUnit.item_id.in_(self.item_ids)
            )
            for owner, unit in self.session.execute(query):
                self._units.setdefault(owner, set()).add(unit)
        return self._units.get(item_id, set())

    def stock_unit(self, item_id: int) -> str:
        if self._stock_units is None:
            query = select(Item.id, Item.stock_unit).where(Item.id.in_(self.item_ids))
            self._stock_units = {row.id: row.stock_unit for row in self.session.execute(query)}
        return self._stock_units.get(item_id, "")

    def components(self, item_id: int) -> set[int]:
        if item_id not in self._components:
            query = select(BomLine.component_id).where(BomLine.item_id == item_id)
            self._components[item_id] = set(self.session.scalars(query))
        return self._components[item_id]


@dataclass(frozen=True, slots=True)
class Case:
    """values: the row as it will be, by column; before: as it is, None for a new one; ids: by reference attribute."""

    book: Book
    values: Mapping[str, Any]
    before: Mapping[str, Any] | None
    ids: Mapping[str, int | None]
    row_id: int | None

    def id_of(self, attribute: str) -> int:
        return self.ids.get(attribute) or 0


Check = Callable[[Case], Iterable[Problem]]


def positive(*columns: str) -> Check:
    def check(case: Case) -> Iterator[Problem]:
        for name in columns:
            if case.values[name] is not None and case.values[name] <= 0:
                yield Problem(name, f"{_label(name)} must be above zero; enter a figure above it.")

    return check


def in_order(first: str, last: str) -> Check:
    """Both given: `last` is not before `first`."""

    def check(case: Case) -> Iterator[Problem]:
        begins, ends = case.values[first], case.values[last]
        if begins and ends and ends < begins:
            yield Problem(
                last,
                f"{_label(last)} {ends} is before {_label(first).lower()} {begins}; swap them.",
            )

    return check


def differ(one: str, other: str, sentence: str) -> Check:
    def check(case: Case) -> Iterator[Problem]:
        if case.values[one] is not None and case.values[one] == case.values[other]:
            yield Problem(other, sentence)

    return check


def reason_when_blocked(case: Case) -> Iterator[Problem]:
    if case.values["blocked_reason"] and not case.values["blocked"]:
        yield Problem(
            "blocked",
            "There is a reason for a block, but the customer is not blocked; set blocked to yes or empty the reason.",
        )


def superseded_by_something(case: Case) -> Iterator[Problem]:
    if case.values["sale_state"] == "superseded" and not case.values["superseded_by"]:
        yield Problem(
            "superseded_by",
            "A superseded item names the one that replaces it; enter its number, or choose blocked.",
        )


def stock_unit_is_one(case: Case) -> Iterator[Problem]:
    """One stock unit holds one stock unit."""
    unit = case.book.stock_unit(case.id_of("item_id"))
    if case.values["unit"] == unit and case.values["numerator"] != case.values["denominator"]:
        yield Problem(
            "numerator",
            f"{unit} is the item's stock unit, of which one holds exactly one; leave this row out.",
        )


def unit_of_the_item(case: Case) -> Iterator[Problem]:
    known = case.book.units(case.id_of("item_id"))
    if case.values["unit"] and case.values["unit"] not in known:
        yield Problem(
            "unit",
            f"{case.values['item']} has no unit {case.values['unit']}; it has {', '.join(sorted(known)) or 'none'}. "
            "Add the unit to the item first, or choose one of these.",
        )


def no_circle(case: Case) -> Iterator[Problem]:
    """An item is no part of itself, on no level."""
    item, component = case.id_of("item_id"), case.id_of("component_id")
    seen: set[int] = set()
    below = [component]
    while below:
        current = below.pop()
        if current == item:
            yield Problem(
                "component",
                f"{case.values['component']} is itself made of {case.values['item']}; one of the two lines is wrong. "
                "Nothing was changed.",
            )
            return
        if current not in seen:
            seen.add(current)
            below += case.book.components(current)
    case.book.components(item).add(component)


def counted_above_allocated(case: Case) -> Iterator[Problem]:
    if case.row_id is None or case.before is None:
        return
    if case.values["quantity"] >= case.before["quantity"]:
        return
    held = case.book.session.scalar(
        select(func.sum(Allocation.quantity)).where(Allocation.lot_id == case.row_id)
    )
    if held and Decimal(held) > case.values["quantity"]:
        yield Problem(
            "quantity",
            f"{plain(Decimal(held))} of this lot are allocated to orders; take them away there first, then enter the count.",
        )


def received_within(case: Case) -> Iterator[Problem]:
    begins, expected = case.values["begins_on"], case.values["expected_date"]
    if begins and expected and begins > expected:
        yield Problem(
            "begins_on", "It begins after the day on which it is expected; swap the days."
        )


def for_a_known_order(case: Case) -> Iterator[Problem]:
    number, position = case.values["for_order"], case.values["for_position"]
    if not number:
        if position is not None:
            yield Problem("for_order", "A line belongs to an order; enter the order's number too.")
        return
    positions = case.book.session.scalars(
        select(OrderLine.position)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.number == number)
    ).all()
    if not positions:
        yield Problem(
            "for_order", f"No order {number} is known; enter one of ours, or leave it empty."
        )
    elif position is not None and position not in positions:
        yield Problem(
            "for_position", f"Order {number} has no line {position}; leave it empty for any."
        )


def percent_or_amount(case: Case) -> Iterator[Problem]:
    percent, amount = case.values["percent"], case.values["amount"]
    if bool(percent) == bool(amount):
        yield Problem("percent", "Enter either per cent or an amount; the other one is 0.")
    if amount and not case.values["currency"]:
        yield Problem("currency", "An amount needs its currency; enter its code.")


def abroad_or_country(case: Case) -> Iterator[Problem]:
    """ISO 3166-1 alpha-2, or "*" for every country but ours."""
    text = case.values["country"]
    if text != "*" and not (
        len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()
    ):
        yield Problem("country", f"“{text}” is no country; enter two capital letters, or *.")


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
