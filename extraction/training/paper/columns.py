"""Which columns a table has, how they are headed and how wide they are."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.training.paper.making import Making
from extraction.training.wording import column, said

FIGURES = frozenset({"quantity", "unit_price", "amount", "per", "discount", "list_price"})
PART = {
    "column": 58,
    "two columns": 6,
    "under the description": 13,
    "first word": 7,
    "last word": 5,
    "none": 11,
}
UNIT = {
    "column": 52,
    "behind the quantity": 17,
    "before the quantity": 4,
    "below the quantity": 4,
    "with the price": 5,
    "none": 18,
}
DAY = {"none": 70, "column": 16, "below": 14}
PRICE_UNIT = {"column": 40, "in the cell": 35, "below": 25}


@dataclass(frozen=True)
class Column:
    """titles: the rows of its head; right: whether its figures end at the right edge."""

    role: str
    titles: tuple[str, ...]
    right: bool


@dataclass(frozen=True)
class Style:
    """How one customer prints his lines; each of the words is a key of the tables above."""

    columns: tuple[Column, ...]
    part: str
    unit: str
    day: str
    price_unit: str

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(c.role for c in self.columns)


def style_of(made: Making) -> Style:
    r, knobs = made.r, made.knobs
    part, unit = knobs.pick("part number", PART), knobs.pick("unit", UNIT)
    priced = r.random() < 0.92
    day = knobs.pick("line date", DAY)
    discounted = any(i.discount for i in made.order.items)
    per = knobs.pick("price unit", PRICE_UNIT) if made.order.items[0].per > 1 and priced else "none"
    roles = ["line_no"] if r.random() < 0.6 else []
    codes = {"column": ["sku"], "two columns": ["sku", "theirs"]}.get(part, [])
    roles += [*codes, "description"] if r.random() < 0.85 else ["description", *codes]
    roles += ["requested_date"] if day == "column" and r.random() < 0.5 else []
    counted = ["quantity"] + (["uom"] if unit == "column" else [])
    if knobs.has("quantity before goods", 0.15):
        roles[1:1] = counted
    else:
        roles += counted
    roles += ["extra"] if knobs.has("further column", 0.14) else []
    if priced:
        roles += ["list_price", "discount"] if discounted else []
        if not discounted or knobs.has("net price beside list price", 0.6):
            roles += ["unit_price"]
        roles += ["per"] if per == "column" else []
        roles += ["amount"] if r.random() < 0.85 or "unit_price" not in roles else []
    roles += ["requested_date"] if day == "column" and "requested_date" not in roles else []
    if knobs.has("columns shuffled", 0.08):
        r.shuffle(roles)
    taken = per == "in the cell"
    if unit == "with the price" and ("unit_price" not in roles or taken):
        knobs.drop("unit: with the price")
        unit = "none"
    return Style(tuple(_column(made, role) for role in roles), part, unit, day, per)


def _column(made: Making, role: str) -> Column:
    r, facts = made.r, made.facts
    known = role in (
        "line_no",
        "sku",
        "description",
        "quantity",
        "uom",
        "unit_price",
        "amount",
        "requested_date",
    )
    text = (
        column(facts, role)
        if known and not facts.held_out and r.random() < 0.3
        else said(facts, role)
    )
    titles = text.split("~")
    if len(titles) == 1 and " " in text and made.knobs.has("stacked head", 0.2):
        titles = text.split()[:4]
    if role in ("unit_price", "amount") and made.knobs.has("currency in the head", 0.12):
        titles[-1:] = (
            [f"{titles[-1]} {made.order.currency}"]
            if r.random() < 0.5
            else [titles[-1], f"({made.order.currency})"]
        )
    if len(titles) > 1:
        made.knobs.used.add(f"head rows: {len(titles)}")
    upper = r.random() < 0.1
    return Column(role, tuple(t.upper() if upper else t for t in titles), role in FIGURES)


def edges_of(made: Making, columns: tuple[Column, ...], widest: dict[str, float]) -> list[float]:
    """The left edges of the columns and the right edge of the last; the goods take what is left."""
    s = made.surface
    needed = [
        max(widest.get(c.role, 0.0), max(s.measure(t, True) for t in c.titles)) + 8 for c in columns
    ]
    goods = next(n for n, c in enumerate(columns) if c.role == "description")
    free = (s.right - s.margin) - sum(w for n, w in enumerate(needed) if n != goods)
    needed[goods] = (
        max(free, 60.0) if made.r.random() < 0.8 else min(max(free, 60.0), needed[goods] + 30)
    )
    edges = [s.margin]
    for width in needed:
        edges.append(edges[-1] + width)
    return edges
