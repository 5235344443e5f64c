"""The sums under a table: rows, a small table of its own, labels below, amounts in words."""

from __future__ import annotations

from decimal import Decimal

from extraction.training.paper.making import Making
from extraction.training.purchase import SIGNS
from extraction.training.wording import headings, label, said

STYLES = {
    "right": 50,
    "boxed": 14,
    "left": 6,
    "in the table": 10,
    "in a row": 8,
    "label below": 4,
    "far apart": 8,
}
Sum = tuple[str, str, Decimal]


def sums(made: Making) -> None:
    """Only where the lines have prices."""
    if not any("amount" in line or "unit_price" in line for line in made.lines):
        return
    s = made.surface
    s.room(100)
    found = sums_of(made)
    style = made.knobs.pick("totals", STYLES)
    {"in a row": _in_a_row, "label below": _in_a_row}.get(style, _rows)(made, found, style)
    if made.knobs.has("amount in words", 0.06):
        digits = headings()[made.facts.language]["digits"]
        spelled = " ".join(digits[int(d)] for d in str(int(made.order.total)))
        s.write(s.margin, f"{said(made.facts, 'in_words')}: {spelled} {made.order.currency}")
        s.next(1.4)
    s.next()


def sums_of(made: Making) -> list[Sum]:
    order, r = made.order, made.r
    found: list[tuple[str, str, Decimal]] = []
    if order.tax or order.freight or r.random() < 0.3:
        found.append(("SUBTOTAL", "subtotal", order.subtotal))
    if order.freight and r.random() < 0.5:
        found.append(("FREIGHT", "freight", order.freight))
    if order.tax and "tax" not in made.truth:
        found.append(("TAX", "tax", order.tax))
    if order.freight and not any(name == "FREIGHT" for name, _, _ in found):
        found.append(("FREIGHT", "freight", order.freight))
    found.append(("TOTAL", "total", order.total))
    for _, field_name, value in found:
        made.truth[field_name] = str(value)
    return found


def _shown(made: Making, value: Decimal, money: str) -> str:
    return money.format(made.order.figure(value))


def _money(made: Making) -> str:
    code, sign = made.order.currency, SIGNS[made.order.currency]
    return made.r.choice(
        ("{}", "{}", "{}", code + " {}", "{} " + code, sign + "{}", sign + " {}", "{} " + sign)
    )


def _rows(made: Making, found: list[Sum], style: str) -> None:
    s, r, money = made.surface, made.r, _money(made)
    right = s.right - 4
    widest = max(s.measure(_shown(made, value, money), True) for _, _, value in found)
    gap = 330 if style == "far apart" else widest + r.choice((8, 20, 40))
    counted = made.knobs.has("quantity in the total row", 0.05)
    top, colon = s.top, r.choice((":", ":", ""))
    labels = [label(made.facts, name, made.order.tax_rate) + colon for name, _, _ in found]
    broadest = max(s.measure(text, True) for text in labels)
    even = r.random() < 0.4
    if style == "left":
        right = s.margin + broadest + gap
    for (name, _, value), said_now in zip(found, labels, strict=True):
        if style == "far apart":
            s.write(s.margin + 4, said_now, bold=name == "TOTAL")
        elif style == "left" or even:
            s.write(right - gap - broadest, said_now, bold=name == "TOTAL")
        else:
            s.write(right - gap, said_now, bold=name == "TOTAL", right=True)
        if counted and name == "TOTAL":
            s.write(
                right - gap - broadest - 40,
                str(sum(i.quantity for i in made.order.items)),
                right=True,
            )
        s.write(right, _shown(made, value, money), name, bold=name == "TOTAL", right=True)
        s.next(1.25)
        if style in ("boxed", "in the table"):
            s.rule(
                right - gap - 90 if style == "boxed" else s.margin, s.top - 2, right + 4, s.top - 2
            )
    if style == "boxed":
        s.rule(right - gap - 90, top - 2, right - gap - 90, s.top - 2)
        s.rule(right + 4, top - 2, right + 4, s.top - 2)


def _in_a_row(made: Making, found: list[Sum], style: str) -> None:
    """A small table on its side: labels over or under their sums."""
    s, money = made.surface, _money(made)
    step = min((s.right - s.margin) / len(found), 140.0)
    start = s.right - step * len(found)
    depth = s.size * 1.35
    for n, (name, _, value) in enumerate(found):
        x = start + n * step + 4
        said_now = label(made.facts, name, made.order.tax_rate)
        while s.measure(said_now, True) > step - 6 and " " in said_now:
            said_now = label(made.facts, name, made.order.tax_rate).split(" ")[0]
        below = style == "label below"
        s.write(x, said_now, bold=True, top=s.top + (depth if below else 0))
        s.write(x, _shown(made, value, money), name, top=s.top + (0 if below else depth))
    if made.r.random() < 0.6:
        s.frame(start, s.top - 3, s.right, s.top + 2 * depth + 1)
    s.next(2.6)
