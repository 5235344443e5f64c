"""The table of order lines on its pages: heads, rows, sections, carried sums, rules."""

from __future__ import annotations

from decimal import Decimal

from extraction.training.paper.columns import Style, edges_of, style_of
from extraction.training.paper.lines import Printed, Shown, habits_of, printed
from extraction.training.paper.making import Making
from extraction.training.wording import label, said

LOOKS = {"ruled": 22, "rows": 16, "plain": 34, "zebra": 8, "upright": 8, "head only": 12}
VALUES = {"first row": 88, "last row": 7, "middle row": 5}
PIECES = {
    "QUANTITY UNIT": (("QUANTITY", "UNIT"), 1),
    "UNIT QUANTITY": (("UNIT", "QUANTITY"), -1),
}


class Table:
    """One table while it is drawn."""

    def __init__(self, made: Making) -> None:
        self.made, self.s = made, made.surface
        knobs = made.knobs
        self.style: Style = style_of(made)
        habits = habits_of(made)
        self.look = knobs.pick("table", LOOKS)
        self.lines = [
            printed(made, self.style, habits, item, n) for n, item in enumerate(made.order.items, 1)
        ]
        self.edges = self._edges()
        self.first = self.s.top
        self.gap = made.r.choice((0.0, 0.2, 0.5, 1.0))
        self.repeated = made.r.random() < 0.75
        self.cut = knobs.has("lines cut by page break", 0.25)
        self.carried = knobs.has("carried forward", 0.25) and "amount" in self.style.roles
        self.values = knobs.pick("values stand in", VALUES)
        self.sections = knobs.has("section rows", 0.06) and len(self.lines) > 1
        self.section_sums = self.sections and "amount" in self.style.roles and made.r.random() < 0.5
        self.taxed = (
            bool(made.order.tax)
            and "amount" in self.style.roles
            and knobs.has("tax row in the table", 0.08)
        )
        self.done = Decimal(0)

    def _edges(self) -> list[float]:
        widest: dict[str, float] = {}
        for line in self.lines:
            for role, rows in line.cells.items():
                widest[role] = max(
                    widest.get(role, 0.0), *(self.s.measure(text) for text, _ in rows)
                )
        return edges_of(self.made, self.style.columns, widest)

    def draw(self) -> None:
        before = self.s.page
        self.s.room(120)
        self.first = self.s.top
        self._head()
        section, since = "", Decimal(0)
        for number, (line, item) in enumerate(zip(self.lines, self.made.order.items, strict=True)):
            if self.sections and number % 3 == 0:
                if section and self.section_sums:
                    self._sum_row(
                        said(self.made.facts, "section_sum").replace("{s}", section), since
                    )
                section, since = self._section(number // 3 + 1), Decimal(0)
            self._line(line)
            self.done += item.amount
            since += item.amount
            self.made.lines.append(line.truth)
        if self.taxed:
            self._tax_row()
        self._close()
        knobs = self.made.knobs
        if self.s.page == before:
            for name in ("lines cut by page break", "carried forward"):
                knobs.drop(name)
        else:
            knobs.used.add("table over pages")
            knobs.used.add("head repeated" if self.repeated else "head not repeated")
        self.s.next()

    def _head(self) -> None:
        depth = max(len(c.titles) for c in self.style.columns)
        top, bottom = self.s.top, self.s.top + depth * self.s.size * 1.35
        if self.look in ("zebra", "head only"):
            self.s.fill(self.edges[0], top - 2, self.edges[-1], bottom, 0.85)
        for column, left, right in zip(
            self.style.columns, self.edges, self.edges[1:], strict=False
        ):
            start = bottom - len(column.titles) * self.s.size * 1.35
            for n, title in enumerate(column.titles):
                place = start + n * self.s.size * 1.35
                self.s.write(
                    right - 4 if column.right else left + 3,
                    title,
                    bold=True,
                    right=column.right,
                    top=place,
                )
        self.s.top = bottom + 3
        if self.look != "plain":
            self.s.rule(self.edges[0], self.s.top - 2, self.edges[-1], self.s.top - 2)

    def _section(self, number: int) -> str:
        name = said(self.made.facts, "section").replace("{n}", str(number))
        at = self.made.r.choice((self.edges[0], self.edges[self.style.roles.index("description")]))
        self._room(3)
        self.s.write(at + 3, name, bold=True)
        self.s.next(1.2)
        return name

    def _tax_row(self) -> None:
        """The tax among the lines, in their columns."""
        self._room(2)
        order = self.made.order
        at = self.edges[self.style.roles.index("amount") + 1] - 4
        text = label(self.made.facts, "TAX", order.tax_rate)
        self.s.write(self.edges[self.style.roles.index("description")] + 3, text)
        self.s.write(at, order.figure(order.tax), "TAX", right=True)
        self.made.truth["tax"] = str(order.tax)
        self.s.next(1.2)

    def _sum_row(self, text: str, value: Decimal) -> None:
        at = self.style.roles.index("amount")
        left = self.edges[self.style.roles.index("description")] + 3
        self.s.write(left, text, bold=True)
        self.s.write(self.edges[at + 1] - 4, self.made.order.figure(value), bold=True, right=True)
        self.s.next(1.2)

    def _room(self, rows: float) -> None:
        if self.s.top + rows * self.s.size * 1.35 > self.s.height - self.s.margin - 30:
            self._break()

    def _break(self) -> None:
        if self.carried and self.done:
            self._sum_row(said(self.made.facts, "carried"), self.done)
        self._close()
        self.s.new_page()
        self.first = self.s.top
        if self.repeated:
            self._head()
        if self.carried and self.done:
            self._sum_row(said(self.made.facts, "carried"), self.done)

    def _line(self, line: Printed) -> None:
        goods_at = self.style.roles.index("description")
        width = self.edges[goods_at + 1] - self.edges[goods_at] - 6
        rows = self._goods_rows(line, width)
        below = [
            piece
            for text, entity in line.below
            for piece in _wrapped_note(self.s.wrapped(text, max(width, 150)), entity)
        ]
        depth = max(len(rows), *(len(cells) for cells in line.cells.values()))
        shift = {"first row": 0, "last row": len(rows) - 1, "middle row": len(rows) // 2}[
            self.values
        ]
        depth = max(depth, shift + max(len(cells) for cells in line.cells.values()))
        if not self.cut:
            self._room(depth + len(below))
        for n in range(depth):
            if self.cut:
                self._room(1)
            for column, left, right in zip(
                self.style.columns, self.edges, self.edges[1:], strict=False
            ):
                moved = column.right or column.role in ("uom", "requested_date", "extra")
                cells = rows if column.role == "description" else line.cells[column.role]
                at = n - (shift if moved else 0)
                if 0 <= at < len(cells):
                    self._cell(cells[at], left, right, column.right)
            self.s.next()
        for text, entity in below:
            if self.cut:
                self._room(1)
            self._pieces(self.edges[goods_at] + 3, text, entity)
            self.s.next()
        if self.look == "rows" or (self.look == "ruled" and self.gap > 0.1):
            self.s.rule(self.edges[0], self.s.top, self.edges[-1], self.s.top)
        if self.look == "zebra" and len(self.made.lines) % 2:
            self.s.fill(
                self.edges[0],
                self.s.top - depth * self.s.size * 1.35,
                self.edges[-1],
                self.s.top,
                0.94,
            )
        self.s.next(self.gap + 0.15)

    def _goods_rows(self, line: Printed, width: float) -> list[Shown]:
        """The goods in rows; the part number in them keeps its own entity in the first or last."""
        text, entity = line.cells["description"][0]
        rows = self.s.wrapped(text, width)
        if entity == "DESCRIPTION":
            return [(row, "DESCRIPTION") for row in rows]
        last = entity == "SKU last"
        return [
            (row, entity if n == (len(rows) - 1 if last else 0) else "DESCRIPTION")
            for n, row in enumerate(rows)
        ]

    def _cell(self, shown: Shown, left: float, right: float, to_right: bool) -> None:
        text, entity = shown
        x = right - 4 - self.s.measure(text) if to_right else left + 3
        self._pieces(x, text, entity)

    def _pieces(self, x: float, text: str, entity: str) -> None:
        """A cell of several meanings is written in pieces, so that each keeps its own."""
        if entity in PIECES:
            names, side = PIECES[entity]
            one, _, two = text.partition(" ") if side == 1 else text.rpartition(" ")
            x = self.s.write(x, one + " ", names[0])
            self.s.write(x, two, names[1])
        elif entity in ("SKU first", "SKU last", "SKU"):
            before, code, after = _around_code(text, last=entity != "SKU first")
            x = self.s.write(x, before, "DESCRIPTION" if entity == "SKU last" else "")
            x = self.s.write(x, code, "SKU")
            self.s.write(x, after, "DESCRIPTION" if entity == "SKU first" else "")
        else:
            self.s.write(x, text, entity)

    def _close(self) -> None:
        bottom = self.s.top
        if self.look in ("ruled", "upright"):
            for x in self.edges:
                self.s.rule(x, self.first - 2, x, bottom)
        if self.look in ("ruled", "rows", "head only"):
            self.s.rule(self.edges[0], bottom, self.edges[-1], bottom)
        if self.look == "ruled":
            self.s.rule(self.edges[0], self.first - 2, self.edges[-1], self.first - 2)


def _around_code(text: str, last: bool) -> tuple[str, str, str]:
    """(before, part number, behind): the first or the last word of a text."""
    if last:
        before, gap, code = text.rpartition(" ")
        return before + gap, code, ""
    code, gap, rest = text.partition(" ")
    return "", code, gap + rest


def _wrapped_note(rows: list[str], entity: str) -> list[Shown]:
    return [(row, entity if n == len(rows) - 1 else "") for n, row in enumerate(rows)]
