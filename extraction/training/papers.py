"""Invented orders on real PDF pages of random layout, and as mails; each with the reading that it should give."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from reportlab.pdfgen.canvas import Canvas

from extraction.training import words
from extraction.training.purchase import Item, Purchase, purchase_of
from extraction.training.wording import column, decoy, label, party, phrase, spelled

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 40.0
FONTS = (
    ("Helvetica", "Helvetica-Bold"),
    ("Times-Roman", "Times-Bold"),
    ("Courier", "Courier-Bold"),
)
Shown = tuple[str, str, str]


@dataclass
class Layout:
    """The knobs of one page, and where the pen stands (points from the top)."""

    r: Random
    head: str
    table: str
    parties: str
    pages: str
    letterhead: str
    font: str
    bold: str
    size: float
    top: float = MARGIN
    truth: dict[str, str] = field(default_factory=dict)
    lines: list[dict[str, str]] = field(default_factory=list)

    @property
    def knobs(self) -> tuple[str, ...]:
        return (
            f"head {self.head}",
            f"table {self.table}",
            f"parties {self.parties}",
            f"pages {self.pages}",
            f"letterhead {self.letterhead}",
        )


@dataclass(frozen=True)
class Paper:
    """content: PDF bytes. truth: header fields; lines: line fields, all as Candidate values are written."""

    content: bytes
    truth: dict[str, str]
    lines: tuple[dict[str, str], ...]
    language: str
    knobs: tuple[str, ...]


def paper(r: Random, language: str, held_out: bool) -> Paper:
    long = r.random() < 0.15
    order = purchase_of(
        r, language, held_out, r.randint(28, 70) if long else r.choice((1, 1, 1, 2, 3, 4, 6, 9))
    )
    font, bold = r.choice(FONTS[:2] if r.random() < 0.85 else FONTS[2:])
    layout = Layout(
        r, r.choice(("beside", "above", "boxed")), r.choice(("ruled", "rows", "plain", "plain")), r.choice(("side by side", "stacked")),
        "many" if long else "one", r.choices(("name", "slogan", "logo"), (76, 10, 14))[0], font, bold, r.choice((8.0, 9.0, 10.0)) if font != "Courier" else 8.0,
    )  # fmt: skip
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=1)
    for section in (_letterhead, _head, _parties, _table, _totals, _foot):
        section(pen, order, layout)
    pen.save()
    return Paper(stream.getvalue(), layout.truth, tuple(layout.lines), language, layout.knobs)


def _write(
    pen: Canvas,
    layout: Layout,
    x: float,
    text: str,
    bold: bool = False,
    right: bool = False,
    top: float | None = None,
) -> None:
    pen.setFont(layout.bold if bold else layout.font, layout.size)
    y = HEIGHT - (layout.top if top is None else top) - layout.size
    (pen.drawRightString if right else pen.drawString)(x, y, text)


def _next(layout: Layout, rows: float = 1.0) -> None:
    layout.top += rows * layout.size * 1.35


def _letterhead(pen: Canvas, order: Purchase, layout: Layout) -> None:
    facts, r = order.facts, layout.r
    if layout.letterhead != "name":
        _next(layout, r.choice((0, 3)))
    if layout.letterhead == "logo":
        _title(pen, order, layout, MARGIN)
        return
    if layout.letterhead == "slogan":
        _write(pen, layout, MARGIN, f"{words.goods(r, facts.language).title()} & {words.name(r)}")
        _next(layout)
    layout.truth["buyer_name"] = facts.buyer
    size, layout.size = layout.size, layout.size + r.choice((0, 3, 6))
    _write(pen, layout, MARGIN, facts.buyer, bold=True)
    if r.random() < 0.7:
        _title(pen, order, layout, 0)
    layout.size = size
    _next(layout)
    for row in words.address(r, facts.region):
        _write(pen, layout, MARGIN, row)
        _next(layout)
    _next(layout, 1.2)


def _title(pen: Canvas, order: Purchase, layout: Layout, left: float) -> None:
    """What the paper is called: at the left, or at the right edge."""
    r, facts = layout.r, order.facts
    title = r.choice(
        (
            "PURCHASE ORDER",
            "Purchase Order",
            "Bestellung",
            "Bon de commande",
            "Pedido",
            "Ordine",
            "Bestelling",
        )
        if facts.language != "en"
        else ("PURCHASE ORDER", "Purchase Order", "ORDER")
    )
    _write(pen, layout, left or WIDTH - MARGIN, title, bold=True, right=not left)
    if left:
        _next(layout, 2)


def _head(pen: Canvas, order: Purchase, layout: Layout) -> None:
    r, facts = layout.r, order.facts
    known: dict[str, tuple[str, str, str]] = {
        "PO_NUMBER": ("po_number", facts.po, facts.po),
        "ORDER_DATE": ("order_date", order.day(order.ordered), order.ordered.isoformat()),
        "REQUESTED_DATE": ("requested_date", order.day(order.wanted), order.wanted.isoformat()),
        "TERMS": ("payment_terms", facts.terms, facts.terms),
        "INCOTERMS": ("incoterms", facts.incoterms, facts.incoterms),
        "SHIP_VIA": ("ship_via", facts.ship_via, facts.ship_via),
        "CONTACT": ("buyer_contact", facts.contact, facts.contact),
        "CURRENCY": ("currency", order.currency, order.currency),
    }
    names = ["PO_NUMBER", "ORDER_DATE", *(n for n in list(known)[2:] if r.random() < 0.5)]
    shown = [(label(facts, name), known[name][1]) for name in names]
    if r.random() < 0.4:
        shown.append((decoy(facts), words.phone(r)))
    for name in names:
        layout.truth[known[name][0]] = known[name][2]
    {"beside": _beside, "above": _above, "boxed": _above}[layout.head](pen, layout, shown)
    _next(layout, 0.8)


def _beside(pen: Canvas, layout: Layout, shown: list[tuple[str, str]]) -> None:
    left, gap, colon = (
        layout.r.choice((MARGIN, 300.0)),
        layout.r.choice((0.0, 110.0)),
        layout.r.choice((":", ":", "")),
    )
    for said, value in shown:
        _write(pen, layout, left, said + colon)
        after = pen.stringWidth(said + colon + " ", layout.font, layout.size)
        _write(pen, layout, left + max(after + (0 if colon else 8), gap), value)
        _next(layout)


def _above(pen: Canvas, layout: Layout, shown: list[tuple[str, str]]) -> None:
    count = layout.r.choice((3, 4))
    step = (WIDTH - 2 * MARGIN) / count
    for first in range(0, len(shown), count):
        for n, (said, value) in enumerate(shown[first : first + count]):
            x = MARGIN + n * step
            _write(pen, layout, x + 3, said[: int(step / layout.size / 0.55)], bold=True)
            _write(pen, layout, x + 3, value, top=layout.top + layout.size * 1.35)
            if layout.head == "boxed":
                pen.rect(x, HEIGHT - layout.top - layout.size * 3.0, step, layout.size * 3.1)
        _next(layout, 2.6)


def _parties(pen: Canvas, order: Purchase, layout: Layout) -> None:
    r, facts = layout.r, order.facts
    seller = words.address(r, facts.region, words.company(r, facts.region))
    blocks = [(party(facts, "supplier"), seller)]
    if r.random() < 0.85:
        blocks.append((party(facts, "ship_to"), facts.ship_to))
        layout.truth["ship_to"] = ", ".join(facts.ship_to)
    if r.random() < 0.45:
        blocks.append((party(facts, "bill_to"), facts.bill_to))
        layout.truth["bill_to"] = ", ".join(facts.bill_to)
        if facts.buyer in facts.bill_to[0]:
            layout.truth["buyer_name"] = facts.buyer
    r.shuffle(blocks)
    start, deepest = layout.top, layout.top
    for n, (said, rows) in enumerate(blocks):
        x = (
            MARGIN + n * (WIDTH - 2 * MARGIN) / len(blocks)
            if layout.parties == "side by side"
            else MARGIN
        )
        if layout.parties == "side by side":
            layout.top = start
        _write(pen, layout, x, said + r.choice((":", "")), bold=True)
        _next(layout)
        for row in rows:
            _write(pen, layout, x, row)
            _next(layout)
        _next(layout, 0.6)
        deepest = max(deepest, layout.top)
    layout.top = deepest
    _next(layout)


def _columns(order: Purchase, layout: Layout) -> list[tuple[str, str, float]]:
    """(role, title, share of the width) of the columns shown."""
    r, facts = layout.r, order.facts
    shown = [("sku", 0.16)] if r.random() < 0.9 else []
    shown += [("description", 0.34), ("quantity", 0.1)]
    shown += [("uom", 0.08)] if r.random() < 0.8 else []
    shown += [("unit_price", 0.12)] if r.random() < 0.9 else []
    shown += [("amount", 0.14)] if r.random() < 0.85 else []
    if r.random() < 0.25:
        r.shuffle(shown)
    if r.random() < 0.6:
        shown.insert(0, ("line_no", 0.06))
    whole = sum(share for _, share in shown)
    return [(role, column(facts, role), share / whole) for role, share in shown]


def _table(pen: Canvas, order: Purchase, layout: Layout) -> None:
    r = layout.r
    shown = _columns(order, layout)
    edges = [MARGIN]
    for _, _, share in shown:
        edges.append(edges[-1] + share * (WIDTH - 2 * MARGIN))
    step = r.choice((1, 10))
    first = layout.top
    _header_row(pen, layout, shown, edges)
    for number, item in enumerate(order.items, 1):
        wrapped = r.random() < 0.2
        if layout.top > HEIGHT - 110:
            _rules(pen, layout, edges, first)
            pen.showPage()
            layout.top = first = MARGIN
            _header_row(pen, layout, shown, edges)
        _item_row(pen, order, layout, item, number * step, shown, edges)
        if wrapped and any(role == "description" for role, _, _ in shown):
            _next(layout)
            more = words.name(r)
            _write(
                pen, layout, edges[[role for role, _, _ in shown].index("description")] + 3, more
            )
            layout.lines[-1]["description"] += " " + more
        _next(layout, 1.3)
        if layout.table == "rows":
            pen.line(MARGIN, HEIGHT - layout.top + 2, WIDTH - MARGIN, HEIGHT - layout.top + 2)
    _rules(pen, layout, edges, first)
    _next(layout)


def _header_row(
    pen: Canvas, layout: Layout, shown: list[tuple[str, str, float]], edges: list[float]
) -> None:
    for (role, title, _), left, right in zip(shown, edges, edges[1:], strict=False):
        fitting = title
        while (
            len(fitting) > 3
            and pen.stringWidth(fitting, layout.bold, layout.size) > right - left - 8
        ):
            fitting = fitting[:-1]
        if role in ("quantity", "unit_price", "amount"):
            _write(pen, layout, right - 4, fitting, bold=True, right=True)
        else:
            _write(pen, layout, left + 3, fitting, bold=True)
    _next(layout, 1.4)
    if layout.table != "plain":
        pen.line(MARGIN, HEIGHT - layout.top + 2, WIDTH - MARGIN, HEIGHT - layout.top + 2)


def _item_row(
    pen: Canvas,
    order: Purchase,
    layout: Layout,
    item: Item,
    number: int,
    shown: list[tuple[str, str, float]],
    edges: list[float],
) -> None:
    cells: dict[str, tuple[str, str]] = {
        "line_no": (str(number), str(number)),
        "sku": (item.sku, item.sku),
        "description": (item.goods, item.goods),
        "quantity": (order.figure(item.quantity, 0), str(item.quantity)),
        "uom": (item.unit, item.unit),
        "unit_price": (order.figure(item.price), str(item.price)),
        "amount": (order.figure(item.amount), str(item.amount)),
    }
    line: dict[str, str] = {}
    for (role, _, _), left, right in zip(shown, edges, edges[1:], strict=False):
        text, value = cells[role]
        while (
            role == "description"
            and " " in text
            and pen.stringWidth(text, layout.font, layout.size) > right - left - 6
        ):
            text = value = text.rpartition(" ")[0]
        if role in ("quantity", "unit_price", "amount"):
            _write(pen, layout, right - 4, text, right=True)
        else:
            _write(pen, layout, left + 3, text)
        line[role] = value
    layout.lines.append(line)


def _rules(pen: Canvas, layout: Layout, edges: list[float], first: float) -> None:
    if layout.table == "ruled":
        for x in edges:
            pen.line(x, HEIGHT - first, x, HEIGHT - layout.top + 2)
        pen.rect(MARGIN, HEIGHT - layout.top + 2, WIDTH - 2 * MARGIN, layout.top - first - 2)


def _totals(pen: Canvas, order: Purchase, layout: Layout) -> None:
    if layout.top > HEIGHT - 150:
        pen.showPage()
        layout.top = MARGIN
    facts, r = order.facts, layout.r
    if not any("amount" in line or "unit_price" in line for line in layout.lines):
        return
    rows: list[tuple[str, str, Decimal]] = []
    if order.tax or order.freight or r.random() < 0.3:
        rows.append(("SUBTOTAL", "subtotal", order.subtotal))
    if order.tax:
        rows.append(("TAX", "tax", order.tax))
    if order.freight:
        rows.append(("FREIGHT", "freight", order.freight))
    rows.append(("TOTAL", "total", order.total))
    for name, field_name, value in rows:
        _write(
            pen, layout, WIDTH - MARGIN - 90, label(facts, name) + r.choice((":", "")), right=True
        )
        _write(pen, layout, WIDTH - MARGIN - 4, order.figure(value), right=True)
        layout.truth[field_name] = str(value)
        _next(layout, 1.2)


def _foot(pen: Canvas, order: Purchase, layout: Layout) -> None:
    facts = order.facts
    _next(layout, 1.5)
    if layout.letterhead == "logo" and layout.r.random() < 0.5:
        _write(
            pen, layout, MARGIN, f"{layout.r.choice(('For', 'For and on behalf of'))} {facts.buyer}"
        )
        layout.truth["buyer_name"] = facts.buyer
        _next(layout)
    for name in layout.r.sample(("disclaimer", "filler", "filler"), 2):
        text = phrase(facts, name)
        if "{" not in text:
            _write(pen, layout, MARGIN, text[:110])
            _next(layout)


@dataclass(frozen=True)
class Letter:
    """A mail body with its reading."""

    subject: str
    sender: tuple[str, str]
    text: str
    truth: dict[str, str]
    lines: tuple[dict[str, str], ...]
    language: str
    knobs: tuple[str, ...]


def letter(r: Random, language: str, held_out: bool) -> Letter:
    """An order told in a mail: a greeting, lines in one wording, when and where, a signature."""
    order = purchase_of(r, language, held_out, r.randint(1, 5))
    facts = order.facts
    truth = {"buyer_name": facts.buyer, "buyer_contact": facts.contact, "po_number": facts.po}
    template = _plain(
        r,
        [t for t in (phrase(facts, "item") for _ in range(12)) if "{SKU}" in t and "{GOODS}" in t],
    )
    lines, rows = [], []
    for item in order.items:
        text, line = _told(template, order, item)
        rows.append(text)
        lines.append(line)
    wanted, number = (
        order.day(order.wanted),
        spelled(facts, "po number") if language == "en" else label(facts, "PO_NUMBER"),
    )
    body = [
        phrase(facts, "hello").replace("{name}", words.name(r)),
        "",
        f"{number}: {facts.po}",
        *rows,
        "",
    ]
    if r.random() < 0.7:
        body.append(phrase(facts, "when").replace("{REQUESTED_DATE}", wanted))
        truth["requested_date"] = order.wanted.isoformat()
    if r.random() < 0.6:
        body.append(phrase(facts, "where").replace("{SHIP_TO}", ", ".join(facts.ship_to)))
        truth["ship_to"] = ", ".join(facts.ship_to)
    body += ["", phrase(facts, "close"), facts.contact, facts.buyer]
    sender = (facts.contact, words.mail_address(r, facts.contact, facts.buyer))
    subject = f"{number} {facts.po}"
    return Letter(subject, sender, "\n".join(body), truth, tuple(lines), language, ("mail",))


def _plain(r: Random, templates: list[str]) -> str:
    return r.choice(templates) if templates else "{QUANTITY} {UOM} {GOODS} ({SKU})"


def _told(template: str, order: Purchase, item: Item) -> tuple[str, dict[str, str]]:
    known = {
        "SKU": ("sku", item.sku, item.sku), "GOODS": ("description", item.goods, item.goods), "UOM": ("uom", item.unit, item.unit),
        "QUANTITY": ("quantity", str(item.quantity), str(item.quantity)), "PRICE": ("unit_price", order.figure(item.price) + " " + order.currency, str(item.price)),
    }  # fmt: skip
    text, line = template, {}
    for slot, (name, shown, value) in known.items():
        if "{" + slot + "}" in text:
            text = text.replace("{" + slot + "}", shown, 1)
            line[name] = value
    return text, line
