"""The same invented orders as rows of cells, for sheets, Word tables and HTML mails."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from extraction.training.knobs import Knobs
from extraction.training.paper.columns import Style, style_of
from extraction.training.paper.compose import FEW, LONG
from extraction.training.paper.head import OPTIONAL, decoys, number_pair, pair_of
from extraction.training.paper.lines import Printed, habits_of, printed
from extraction.training.paper.making import Making, Pair
from extraction.training.paper.parties import Block, blocks_of
from extraction.training.paper.sums import sums_of
from extraction.training.purchase import purchase_of
from extraction.training.surface import Surface
from extraction.training.wording import label, phrase, said

Cells = list[list[str]]


@dataclass(frozen=True)
class Parts:
    """An order as its sections: pairs of the head, address blocks, table with its head row, sums (label, value)."""

    made: Making
    pairs: list[Pair]
    blocks: list[Block]
    table: Cells
    sums: list[tuple[str, str]]
    named: bool


def parts_of(r: Random, language: str, held_out: bool, knobs: Knobs) -> Parts:
    """The same for the same random numbers."""
    lines = r.randint(22, 60) if knobs.has("many lines", LONG) else r.choice(FEW)
    order = purchase_of(r, language, held_out, knobs, lines)
    made = Making(order, knobs, Surface())
    made.title = said(order.facts, "title")
    named = r.random() < 0.85
    if named:
        made.name_buyer()
    pairs = [number_pair(made)]
    if pairs[0][2] != "both":
        pairs.append(pair_of(made, "ORDER_DATE"))
    pairs += [pair_of(made, name) for name in OPTIONAL if r.random() < 0.4] + decoys(made)
    blocks = blocks_of(made)
    style, habits = style_of(made), habits_of(made)
    shown = [printed(made, style, habits, item, n) for n, item in enumerate(order.items, 1)]
    made.lines = [line.truth for line in shown]
    table = [[" ".join(c.titles) for c in style.columns]]
    for line in shown:
        table += _rows(knobs, style, line)
    priced = any("amount" in line or "unit_price" in line for line in made.lines)
    sums = []
    if priced and r.random() < 0.8:
        sums = [
            (label(order.facts, name, order.tax_rate), order.figure(value))
            for name, _, value in sums_of(made)
        ]
    made.hint_buyer()
    return Parts(made, pairs, blocks, table, sums, named)


def _rows(knobs: Knobs, style: Style, line: Printed) -> Cells:
    """The rows of one line: what stands below the goods in the same cell, or in rows of its own."""
    below = [text for text, _ in line.below]
    cells = {role: [text for text, _ in shown] for role, shown in line.cells.items()}
    if below and knobs.r.random() < 0.6:
        cells["description"] = [*cells["description"], *below]
        below = []
    first = ["\n".join(cells[role]) for role in style.roles]
    at = style.roles.index("description")
    return [first, *(["" if n != at else text for n in range(len(first))] for text in below)]


def sheet_cells(parts: Parts) -> Cells:
    """A sheet as people fill it: the head in two or in one column of cells, addresses, the table, sums."""
    made, r = parts.made, parts.made.r
    rows: Cells = []
    if parts.named:
        rows.append([made.facts.buyer])
    rows.append(["", "", made.title] if r.random() < 0.4 else [made.title])
    joined = made.knobs.has("label and value in one cell", 0.15)
    for pair in parts.pairs:
        rows.append(
            [f"{pair[0]}: {pair[1]}"] if joined else [pair[0] + r.choice(("", ":")), pair[1]]
        )
    rows.append([])
    rows += _beside(parts.blocks) if r.random() < 0.6 else _stacked(parts.blocks)
    rows.append([])
    indent = [""] * r.choice((0, 0, 1))
    rows += [[*indent, *row] for row in parts.table]
    rows.append([])
    last = max(len(row) for row in parts.table)
    rows += [[*[""] * max(last - 2, 0), said_now, value] for said_now, value in parts.sums]
    if r.random() < 0.3:
        rows += [[], [said(made.facts, "clause").replace("{n}", "14")]]
    return rows


def _beside(blocks: list[Block]) -> Cells:
    columns = [[b.said, *b.rows] for b in blocks]
    rows = []
    for n in range(max(map(len, columns), default=0)):
        row: list[str] = []
        for column in columns:
            row += [column[n] if n < len(column) else "", ""]
        rows.append(row)
    return rows


def _stacked(blocks: list[Block]) -> Cells:
    return [[text] for b in blocks for text in (b.said, *b.rows, "")]


def flat_cells(parts: Parts) -> Cells:
    """One row a line, the head repeated in each, as systems export."""
    made = parts.made
    first = [pair for pair in parts.pairs if pair[2]][:3]
    made.truth = {name: value for name, value in made.truth.items() if name in _kept(first)}
    made.lenient = set()
    rows = [[*(pair[0] for pair in first), *parts.table[0]]]
    return rows + [
        [*(pair[1] for pair in first), *row]
        for row in parts.table[1:]
        if any(row[:3]) and len([c for c in row if c]) > 1
    ]


def _kept(pairs: list[Pair]) -> set[str]:
    names = {"PO_NUMBER": "po_number", "ORDER_DATE": "order_date", "REQUESTED_DATE": "requested_date", "TERMS": "payment_terms",
             "INCOTERMS": "incoterms", "SHIP_VIA": "ship_via", "CONTACT": "buyer_contact", "CURRENCY": "currency"}  # fmt: skip
    return {names[entity] for _, _, entity in pairs if entity in names} | (
        {"po_number", "order_date"} if any(p[2] == "both" for p in pairs) else set()
    )


def html_of(parts: Parts) -> str:
    """An order in an HTML mail: sentences, a table of labels or rows of them, addresses, the item table, sums."""
    from html import escape

    made, r = parts.made, parts.made.r
    knobs = made.knobs
    out = [f"<p>{escape(phrase(made.facts, 'hello').replace('{name}', 'Kim'))}</p>"]
    if r.random() < 0.6:
        out.append(f"<h2>{escape(made.title)}</h2>")
    if parts.named:
        out.append(f"<p><b>{escape(made.facts.buyer)}</b></p>")
    if knobs.has("head as a table", 0.5):
        out.append(
            "<table>"
            + "".join(
                f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b, _ in parts.pairs
            )
            + "</table>"
        )
    else:
        out.append(
            "<p>" + "<br>".join(f"{escape(a)}: {escape(b)}" for a, b, _ in parts.pairs) + "</p>"
        )
    cells = [escape(b.said) + "<br>" + "<br>".join(map(escape, b.rows)) for b in parts.blocks]
    if knobs.has("addresses as a table", 0.5):
        out.append("<table><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>")
    else:
        out += [f"<p>{cell}</p>" for cell in cells]
    head, *rows = parts.table
    tag = "th" if r.random() < 0.6 else "td"
    body = ["<tr>" + "".join(f"<{tag}>{escape(c)}</{tag}>" for c in head) + "</tr>"]
    body += [
        "<tr>" + "".join(f"<td>{escape(c).replace(chr(10), '<br>')}</td>" for c in row) + "</tr>"
        for row in rows
    ]
    apart = knobs.has("sums in a table of their own", 0.4)
    sums = [
        f'<tr><td colspan="{max(len(head) - 1, 1)}">{escape(a)}</td><td>{escape(b)}</td></tr>'
        for a, b in parts.sums
    ]
    out.append("<table border=1>" + "".join(body + ([] if apart else sums)) + "</table>")
    if apart and sums:
        out.append("<table>" + "".join(sums) + "</table>")
    out.append(f"<p>{escape(phrase(made.facts, 'close'))}<br>{escape(made.facts.contact)}</p>")
    made.truth.setdefault("buyer_contact", made.facts.contact)
    return "<html><body>" + "\n".join(out) + "</body></html>"
