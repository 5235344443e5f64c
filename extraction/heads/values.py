"""Columns and heads as values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

CORE = {"quantity", "unit_price", "amount"}
NAMING = {
    "description",
    "item",
    "sku",
    "buyer_sku",
    "supplier_sku",
    "manufacturer_sku",
    "gtin",
    "line_no",
}
CODES = {"item", "sku", "buyer_sku", "supplier_sku"}
BODY_ROWS = 10


@dataclass(frozen=True)
class Column:
    """One kind of value under a head: role by meaning, its place, and its layer when heads are stacked.

    taught: a lesson told the role, which what stands in the column does not change.
    """

    role: str
    title: str
    x0: float
    x1: float
    layer: int = 0
    layers: int = 1
    taught: bool = False


@dataclass(frozen=True)
class Head:
    """The head rows first..last (row numbers of the canvas) and the columns they name, left to right.

    layered: every head row names columns of its own for one row of each line; `columns` are then in order of layers.
    bare: there is no row of titles; first and last name the row above the first line, which is no part of the table.
    """

    first: int
    last: int
    columns: tuple[Column, ...]
    layered: bool = False
    bare: bool = False

    @property
    def roles(self) -> set[str]:
        return {c.role for c in self.columns}

    @property
    def has_sizes(self) -> bool:
        """Whether columns of sizes stand where others have one quantity."""
        titles = [c.title for c in self.columns if not c.role]
        return rise([int(t) for t in titles if re.fullmatch(r"\d{1,3}", t)]) > 0


def rise(sizes: list[int]) -> int:
    rising = len(sizes) >= 4 and all(0 < b - a <= 10 for a, b in pairwise(sizes))
    return len(sizes) if rising else 0
