"""The column of list prices beside what is left of them after discounts."""

from __future__ import annotations

from decimal import Decimal

from extraction.document import Document
from extraction.lines.cells import fits, quantity_parts
from extraction.tables.values import Table


def prefer_list_price(roles: list[str], table: Table, document: Document) -> None:
    """Where list price, discounts and net price stand side by side, the list price is the price as printed."""
    rows = [
        [(record.texts(i) or [""])[0] for i in range(len(roles))] for record in table.records[:60]
    ]
    gross = list_price(roles, rows, document)
    if gross is not None:
        roles[roles.index("unit_price")] = "net_price"
        roles[gross] = "unit_price"


def list_price(roles: list[str], rows: list[list[str]], document: Document) -> int | None:
    """The column of the price before discounts, where the column taken for the price is the one after them.

    rows: the first text of every column, line by line. Told by list price times one minus the discounts.
    """
    if "unit_price" not in roles:
        return None
    net = roles.index("unit_price")
    best: tuple[float, int] | None = None
    for i in range(len(roles)):
        if i >= net or roles[i] not in ("", "decoy", "unit_price", "amount"):
            continue
        share = _discounted(rows, i, net, document)
        if share >= 0.75 and (best is None or share > best[0]):
            best = (share, i)
    return best[1] if best else None


def _discounted(rows: list[list[str]], gross: int, net: int, document: Document) -> float:
    """Share of lines in which the figures between two columns are percentages that lead from one to the other."""
    tried = right = 0
    for row in rows:
        before, after = (_figure(row[i], document) for i in (gross, net))
        between = [v for t in row[gross + 1 : net] if (v := _figure(t, document)) is not None]
        if before is None or after is None or not before or not between:
            continue
        tried += 1
        value = before
        for percent in between:
            value = value * (100 - percent) / 100
        right += fits(Decimal(1), value, after)
    return right / tried if tried else 0.0


def _figure(text: str, document: Document) -> Decimal | None:
    return quantity_parts(text, document)[0] if text else None
