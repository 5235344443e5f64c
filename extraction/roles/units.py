"""Columns of units, packs and price bases, told by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from extraction.document import Document
from extraction.fields.units import MEASURE, is_unit
from extraction.lines.cells import quantity_parts
from extraction.roles.share import share
from extraction.tables.values import Table

_BASES = frozenset({Decimal(10), Decimal(100), Decimal(1000)})


def settle_uoms(roles: list[str], filled: list[list[str]]) -> None:
    """Of several unit columns the one that holds units counts; of several such the one nearest to the quantity."""
    places = [i for i, r in enumerate(roles) if r == "uom"]
    if len(places) > 1 and "quantity" in roles:
        near = min(
            places,
            key=lambda i: (share(filled[i], is_unit) <= 0.6, abs(i - roles.index("quantity"))),
        )
        for i in places:
            if i != near:
                roles[i] = "decoy"


def settle_units(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """A column headed "Unit" that holds figures is the quantity, or the price when a quantity is there."""
    number = _is_number(document)
    if "uom" not in roles:
        units = [
            i
            for i, r in enumerate(roles)
            if r in ("", "decoy", "per") and share(filled[i], is_unit) > 0.6
        ]
        for i in units[:1]:
            roles[i] = "uom"
    for i, role in enumerate(roles):
        if (
            role == "per"
            and "unit_price" not in roles
            and filled[i]
            and share(filled[i], number) > 0.6
        ):
            roles[i] = "unit_price"
        if role == "uom" and filled[i] and share(filled[i], number) > 0.6:
            if "quantity" not in roles:
                roles[i] = "quantity"
            elif "unit_price" not in roles:
                roles[i] = "unit_price"
        if (
            role == "quantity"
            and filled[i]
            and share(filled[i], is_unit) > 0.6
            and roles.count("quantity") > 1
        ):
            roles[i] = "uom"
        if role == "line_no" and share(filled[i], _numbers_no_line) > 0.6:
            roles[i] = "sku"
        unknown = role in ("", "decoy", "sku") and "line_no" not in roles
        if unknown and _counts(filled[i], 1 if role == "sku" else 2):
            roles[i] = "line_no"


def _counts(texts: list[str], least: int) -> bool:
    """Whether a column just counts the lines, 1, 2, 3 or 00010, 00020, 00030; least: so many of them."""
    told = [t.rstrip(".").lstrip("0") for t in texts]
    return len(told) >= least and any(
        told == [str(n * step) for n in range(1, len(told) + 1)] for step in (1, 10)
    )


def _numbers_no_line(text: str) -> bool:
    long = len(text) > 5 and not re.match(r"\d{1,6}[.):]?( |$)", text)
    return long or bool(re.match(r"[^\W\d_]{2}", text))


def settle_packs(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """A column of figures under the name of a pack ("Cases", "Packs") is the quantity where no other head says so."""
    if "quantity" in roles:
        return
    number = _is_number(document)
    packs = [
        i
        for i, column in enumerate(table.columns)
        if roles[i] in ("", "uom", "decoy")
        and is_unit(column.title)
        and not MEASURE.fullmatch(column.title.strip(" .").lower())
        and filled[i]
        and share(filled[i], number) > 0.8
    ]
    if len(packs) == 1:
        roles[packs[0]] = "quantity"


def settle_bases(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """Beside a price, a column that says 10, 100 or 1,000 in every line says what the price is for."""
    for i, role in enumerate(roles):
        others = "unit_price" in roles[:i] + roles[i + 1 :]
        if role in ("", "unit_price") and others and "per" not in roles:
            values = {quantity_parts(t, document)[0] for t in filled[i]}
            if len(values) == 1 and values <= _BASES:
                roles[i] = "per"


def _is_number(document: Document) -> Callable[[str], bool]:
    return lambda t: quantity_parts(t, document)[0] is not None
