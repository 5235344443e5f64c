"""Quantity, price and amount told apart by arithmetic."""

from __future__ import annotations

import re
from decimal import Decimal

from extraction.document import Document
from extraction.fields import dates
from extraction.lines.cells import fits, quantity_parts
from extraction.roles.share import share
from extraction.tables.values import Record, Table

MONEY = ("unit_price", "amount")
_COUNT = re.compile(r"[\W\d_]*[^\W\d_]{0,12}[\W\d_]*$|[^\W\d_]{1,12}\.? [\d.,' ]+$")


def settle_net(roles: list[str]) -> None:
    """Of two prices with a discount between them the first is the price as listed, the second what is left of it."""
    prices = [i for i, r in enumerate(roles) if r == "unit_price"]
    if len(prices) == 2 and "discount" in roles[prices[0] : prices[1]]:
        roles[prices[1]] = "net_price"


def settle_doubles(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """Two columns of one kind: arithmetic tells price from amount, else the first counts."""
    if "amount" not in roles and roles.count("unit_price") > 1:
        last = max(i for i, r in enumerate(roles) if r == "unit_price")
        roles[last] = "amount"
    if not {"quantity", "unit_price", "amount"} <= set(roles):
        _find_missing(roles, filled, table, document)
    for role in ("quantity", "unit_price", "amount"):
        while roles.count(role) > 1:
            places = [i for i, r in enumerate(roles) if r == role]
            keep = _best_double(role, places, roles, table, document)
            for i in places:
                if i != keep:
                    roles[i] = "decoy"
    if roles.count("requested_date") > 1 and len(table.records) > 1:
        for i, role in enumerate(roles):
            if role == "requested_date" and len(set(filled[i])) == 1:
                roles[i] = "@requested_date"
    if roles.count("requested_date") > 1:
        places = [i for i, r in enumerate(roles) if r == "requested_date"]
        dated = [
            i for i in places if share(filled[i], lambda t: dates.find(t, document.near)) > 0.5
        ]
        for i in places:
            if i != (dated or places)[0]:
                roles[i] = "decoy"


def _find_missing(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """The one of quantity, price and amount whose head did not tell, found by quantity times price."""
    missing = [r for r in ("quantity", "unit_price", "amount") if r not in roles]
    if len(missing) != 1:
        return
    spare = [
        i
        for i, r in enumerate(roles)
        if r in ("tax", "decoy", "", "uom", "line_no", "quantity", *MONEY) and filled[i]
    ]
    for i in spare:
        if roles.count(roles[i]) == 1 and roles[i] in ("quantity", *MONEY):
            continue
        trial = list(roles)
        trial[i] = missing[0]
        if _agreement(trial, table, document) >= 0.75:
            roles[i] = missing[0]
            return


def _best_double(
    role: str, places: list[int], roles: list[str], table: Table, document: Document
) -> int:
    scored = []
    for i in places:
        trial = ["decoy" if r == role and j != i else r for j, r in enumerate(roles)]
        filled = sum(1 for record in table.records if record.texts(i))
        order = places.index(i) if role != "amount" else -places.index(i)
        scored.append(
            (
                round(_agreement(trial, table, document), 2),
                filled > 0.5 * len(table.records),
                round(_figures(table, i, document), 1),
                -order,
                i,
            )
        )
    return max(scored)[-1]


def _figures(table: Table, column: int, document: Document) -> float:
    """Share of a column's texts that are figures, with a unit or alone: "OC-49388" is none."""
    texts = [t for record in table.records[:60] for t in record.texts(column)[:1]]
    return share(
        texts, lambda t: bool(_COUNT.match(t)) and quantity_parts(t, document)[0] is not None
    )


def _agreement(roles: list[str], table: Table, document: Document) -> float:
    """Share of records in which quantity times price is the amount."""
    right = tried = 0
    for record in table.records[:60]:
        line = _amounts(record, roles, document)
        if len(line) == 3:
            tried += 1
            right += fits(line["quantity"], line["unit_price"], line["amount"])
    return right / tried if tried else 0.0


def _amounts(record: Record, roles: list[str], document: Document) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for i, role in enumerate(roles):
        texts = record.texts(i)
        if role in ("quantity", "unit_price", "amount") and texts:
            value = quantity_parts(texts[0], document)[0]
            if value is not None:
                found[role] = value
    return found
