"""The labelled values of an order's head: beside, above, below, in dotted forms, in a running row, or without labels."""

from __future__ import annotations

from extraction.training import words
from extraction.training.paper.making import Making, Pair
from extraction.training.wording import decoy, label

STYLES = {
    "beside": 26,
    "beside wide": 14,
    "above": 18,
    "boxed": 14,
    "below": 5,
    "dotted": 6,
    "in a row": 7,
    "two columns": 10,
}
OPTIONAL = ("REQUESTED_DATE", "TERMS", "INCOTERMS", "SHIP_VIA", "CONTACT", "CURRENCY")


def head(made: Making) -> None:
    """Number and date with what else the customer prints above his table."""
    pairs = [number_pair(made)]
    if pairs[0][2] != "both":
        pairs.append(pair_of(made, "ORDER_DATE"))
    first = [n for n in OPTIONAL if made.r.random() < 0.45]
    if made.knobs.has("terms in a row of their own", 0.2):
        made.surface.next(0)
        _grid(made, [*pairs, *decoys(made)], made.knobs.pick("head", STYLES))
        if first:
            _grid(
                made,
                [pair_of(made, n) for n in first],
                "boxed" if made.r.random() < 0.6 else "above",
            )
        return
    pairs += [pair_of(made, name) for name in first]
    pairs += decoys(made)
    if made.knobs.has("head shuffled", 0.3):
        made.r.shuffle(pairs)
    _grid(made, pairs, made.knobs.pick("head", STYLES))


def decoys(made: Making) -> list[Pair]:
    return [decoy_pair(made) for _ in range(made.r.choice((0, 0, 1, 2)))]


def number_pair(made: Making) -> Pair:
    """The purchase order number, now and then with its day in the same cell or with no label at all."""
    order, facts = made.order, made.facts
    made.truth["po_number"] = facts.po
    if made.knobs.has("number and date in one cell", 0.04):
        day = order.day(order.ordered)
        made.truth["order_date"] = order.ordered.isoformat()
        between = made.r.choice((" / ", "/", " - "))
        return (
            f"{label(facts, 'PO_NUMBER')} / {label(facts, 'ORDER_DATE')}",
            f"{facts.po}{between}{day}",
            "both",
        )
    if made.knobs.has("number behind the title", 0.06):
        return made.title, facts.po, "PO_NUMBER"
    return label(facts, "PO_NUMBER"), facts.po, "PO_NUMBER"


def pair_of(made: Making, name: str) -> Pair:
    order, facts = made.order, made.facts
    known: dict[str, tuple[str, str, str]] = {
        "ORDER_DATE": ("order_date", order.day(order.ordered), order.ordered.isoformat()),
        "REQUESTED_DATE": ("requested_date", order.day(order.wanted), order.wanted.isoformat()),
        "TERMS": ("payment_terms", facts.terms, facts.terms),
        "INCOTERMS": ("incoterms", facts.incoterms, facts.incoterms),
        "SHIP_VIA": ("ship_via", facts.ship_via, facts.ship_via),
        "CONTACT": ("buyer_contact", facts.contact, facts.contact),
        "CURRENCY": ("currency", order.currency, order.currency),
    }
    field_name, shown, value = known[name]
    made.truth[field_name] = value
    made.lenient.discard(field_name)
    return label(facts, name), shown, name


def decoy_pair(made: Making) -> Pair:
    r, facts = made.r, made.facts
    value = r.choice(
        (
            words.phone(r),
            str(r.randint(100, 999999)),
            words.sku(r),
            words.name(r),
            f"{r.choice('ABCK')}{r.randint(100, 99999)}",
        )
    )
    return decoy(facts), value, ""


def _grid(made: Making, pairs: list[Pair], style: str) -> None:
    {"beside": _beside, "beside wide": _beside_wide, "above": _above, "boxed": _boxed, "below": _below, "dotted": _dotted,
     "in a row": _in_a_row, "two columns": _two_columns}[style](made, pairs)  # fmt: skip
    made.surface.next(0.8)


def write_value(
    made: Making, x: float, pair: Pair, top: float | None = None, bold: bool = False
) -> float:
    """A value where it stands, with what it is; two values in one cell are two pieces."""
    s = made.surface
    if pair[2] != "both":
        return s.write(x, pair[1], pair[2], bold=bold, top=top)
    number, day = made.facts.po, pair[1][len(made.facts.po) :]
    x = s.write(x, number, "PO_NUMBER", bold=bold, top=top)
    return s.write(x, day, "", bold=bold, top=top)


def _beside(made: Making, pairs: list[Pair]) -> None:
    s, r = made.surface, made.r
    left = r.choice((s.margin, s.margin, s.width / 2))
    colon = r.choice((":", ":", ":", " :", "", "#"))
    for pair in pairs:
        x = s.write(left, pair[0] + colon, bold=r.random() < 0.3)
        write_value(made, x + s.measure("  " if not colon else " "), pair)
        s.next()


def _beside_wide(made: Making, pairs: list[Pair]) -> None:
    s, r = made.surface, made.r
    left, colon = r.choice((s.margin, s.width / 2)), r.choice((":", "", ""))
    bold, right = r.random() < 0.5, r.random() < 0.2
    gap = max(s.measure(p[0] + colon, bold) for p in pairs) + r.choice((8, 20, 40))
    boxed = made.knobs.has("head lines", 0.2)
    for pair in pairs:
        if right:
            s.write(left + gap - 8, pair[0] + colon, bold=bold, right=True)
        else:
            s.write(left, pair[0] + colon, bold=bold)
        write_value(made, left + gap, pair)
        if boxed:
            s.rule(left - 3, s.top + s.size * 1.2, left + gap + 130, s.top + s.size * 1.2)
        s.next()


def _columns(made: Making, pairs: list[Pair]) -> list[list[tuple[float, float, Pair]]]:
    """Pairs in rows of cells: (left, width, pair), as many a row as fit."""
    s, count = made.surface, made.r.choice((2, 3, 4, 5))
    rows: list[list[tuple[float, float, Pair]]] = []
    waiting = list(pairs)
    while waiting:
        count = min(count, len(waiting))
        step = (s.right - s.margin) / count
        widest = max(max(s.measure(p[0], True), s.measure(p[1])) for p in waiting[:count])
        if widest > step - 8 and count > 1:
            count -= 1
            continue
        rows.append([(s.margin + n * step, step, p) for n, p in enumerate(waiting[:count])])
        waiting = waiting[count:]
    return rows


def _above(made: Making, pairs: list[Pair], boxed: bool = False) -> None:
    s = made.surface
    bold = made.r.random() < 0.7
    for row in _columns(made, pairs):
        top, depth = s.top, s.size * LINE
        for x, width, pair in row:
            s.write(x + 4, pair[0], bold=bold)
            write_value(made, x + 4, pair, top=top + depth)
            if boxed:
                s.frame(x, top - 2, x + width, top + 2 * depth + 1)
        s.next(2.4)


LINE = 1.35


def _boxed(made: Making, pairs: list[Pair]) -> None:
    _above(made, pairs, boxed=True)


def _below(made: Making, pairs: list[Pair]) -> None:
    """Values with small labels under them, as forms have."""
    s = made.surface
    for row in _columns(made, pairs):
        top = s.top
        for x, width, pair in row:
            write_value(made, x + 4, pair)
            s.rule(x + 4, top + s.size * 1.25, x + width - 10, top + s.size * 1.25)
            s.write(x + 4, pair[0], top=top + s.size * LINE, size=s.size - 2)
        s.next(2.6)


def _dotted(made: Making, pairs: list[Pair]) -> None:
    s = made.surface
    mark = made.r.choice((".", "_", ". "))
    width = made.r.choice((150, 220))
    for pair in pairs:
        x = s.write(s.margin, pair[0] + " ")
        dots = mark * int(max(width - (x - s.margin), 20) / s.measure(mark) / 2)
        x = s.write(x, dots.strip() + " ")
        x = write_value(made, x, pair)
        if made.r.random() < 0.4:
            s.write(x, " " + mark * 8)
        s.next(1.2)


def _in_a_row(made: Making, pairs: list[Pair]) -> None:
    """Several labels and values on each row, as far as they fit."""
    s, gap = made.surface, made.r.choice((14, 26))
    x, colon = s.margin, made.r.choice((":", ":", "."))
    for pair in pairs:
        width = s.measure(f"{pair[0]}{colon} {pair[1]}", True)
        if x > s.margin and x + width > s.right:
            s.next()
            x = s.margin
        x = s.write(x, f"{pair[0]}{colon} ")
        x = write_value(made, x, pair) + gap
    s.next()


def _two_columns(made: Making, pairs: list[Pair]) -> None:
    s, half = made.surface, made.surface.width / 2
    colon, wide = made.r.choice((":", "")), made.r.random() < 0.6
    for first in range(0, len(pairs), 2):
        for n, pair in enumerate(pairs[first : first + 2]):
            x = s.margin + n * (half - s.margin)
            after = s.write(x, pair[0] + colon) + s.measure("   ")
            write_value(made, max(after, x + 105) if wide else after, pair)
        s.next()
