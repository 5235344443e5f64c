"""What a path map says: which paths lead to which field of an order, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from extraction.edi.order import OrderBuilder, Row

Paths = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """kind: "text", "number", "day", "append" (all texts, joined by lines)."""

    name: str
    kind: str
    paths: Paths


@dataclass(frozen=True, slots=True)
class Party:
    """role: "buyer", "ship_to" or "bill_to"; `address` leads to elements whose rows the map's address_rows name."""

    role: str
    name: Paths
    id: Paths = ()
    address: Paths = ()
    contact: Paths = ()
    email: Paths = ()


@dataclass(frozen=True, slots=True)
class Price:
    """Where the price, the quantity it is for, and that quantity's unit stand."""

    amount: Paths
    basis: Paths = ()
    unit: Paths = ()


@dataclass(frozen=True, slots=True)
class Window:
    """First and last day of a requested delivery; alone or alike they are the day."""

    first: Paths
    last: Paths


@dataclass(frozen=True, slots=True)
class OrderMap:
    """One format. `order` leads from the root to each order in the file.

    address_rows: each row is paths apart by blanks, joined by blanks. purposes: code -> (lane, words).
    line_place: where a line names its own destination; when the header names none and all lines the same, it is the order's.
    answers: kinds that are an answer to an order and no order.
    changed: where a change that has a number of its own names the order; change_number: where that number stands.
    extra: what no path can say.
    """

    header: tuple[Field, ...]
    parties: tuple[Party, ...]
    lines: str
    line: tuple[Field, ...]
    price: Price
    order: str = "."
    number_at: str = ""
    address_rows: tuple[str, ...] = ()
    requested: Window | None = None
    line_requested: Window | None = None
    purposes: dict[str, tuple[str, str]] | None = None
    kinds: Paths = ()
    answers: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    extra: Callable[[OrderBuilder, etree._Element], None] | None = None
    line_extra: Callable[[Row, etree._Element], None] | None = None
    line_place: Party | None = None
    changed: Paths = ()
    change_number: Paths = ()
