"""What one order line shows in each column, row by row, and the reading that it should give."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from extraction.training import words
from extraction.training.paper.columns import Style
from extraction.training.paper.making import Making
from extraction.training.purchase import SIGNS, Item
from extraction.training.wording import said

ENTITY = {
    "sku": "SKU",
    "theirs": "SKU",
    "description": "DESCRIPTION",
    "quantity": "QUANTITY",
    "uom": "UNIT",
    "unit_price": "PRICE",
}
_MAKER = re.compile(r"mfr|herstell|fabric", re.IGNORECASE)
Shown = tuple[str, str]


@dataclass
class Printed:
    """cells: role -> rows of (text, entity). below: rows under the goods. truth: line fields as Candidate values are written."""

    cells: dict[str, list[Shown]] = field(default_factory=dict)
    below: list[Shown] = field(default_factory=list)
    truth: dict[str, str] = field(default_factory=dict)
    goods: str = ""


@dataclass(frozen=True)
class Habits:
    """What this customer does in every line; chosen once a document."""

    step: int
    padded: bool
    money: str
    places: int
    notes: int
    wordy: bool
    part_label: str
    label_mark: str
    first_mark: str
    last_form: str
    date_label: str


def habits_of(made: Making) -> Habits:
    r, knobs, facts = made.r, made.knobs, made.facts
    sign = SIGNS[made.order.currency]
    money = "{}"
    if knobs.has("currency in cells", 0.12):
        money = r.choice(
            (
                sign + "{}",
                sign + " {}",
                "{} " + sign,
                made.order.currency + " {}",
                "{} " + made.order.currency,
            )
        )
    whole = all(i.quantity == int(i.quantity) for i in made.order.items)
    places = 0 if whole else 1
    if knobs.has("quantity with decimals", 0.1):
        places = r.choice((2, 3))
    notes = r.choice((1, 1, 2)) if knobs.has("notes under lines", 0.12) else 0
    if knobs.has("specification text", 0.04):
        notes = r.randint(4, 9)
    label = r.choice(("note_theirs", "note_ours", "note_part"))
    return Habits(
        r.choice((1, 1, 10)), r.random() < 0.12, money, places, notes, knobs.has("long descriptions", 0.25),
        f"{label}|{said(facts, label)}", r.choice((": ", ": ", " ")), r.choice((" ", " - ", ", ", ": ")), r.choice(("{}", "({})", "[{}]", "- {}")), said(facts, "note_date"),
    )  # fmt: skip


def printed(made: Making, style: Style, habits: Habits, item: Item, number: int) -> Printed:
    """The cells of one line."""
    order, r = made.order, made.r
    line = Printed(goods=_goods(made, habits, item))
    position = str(number * habits.step).zfill(5 if habits.padded else 1)
    quantity = order.figure(item.quantity, habits.places)
    shown: dict[str, str] = {
        "line_no": position,
        "sku": item.sku,
        "theirs": item.theirs,
        "description": line.goods,
        "quantity": quantity,
        "uom": item.unit,
        "unit_price": habits.money.format(order.price(item.net)),
        "list_price": habits.money.format(order.price(item.printed)),
        "discount": f"{item.discount}{r.choice(('%', ' %', ''))}" if item.discount else "",
        "per": str(item.per),
        "amount": habits.money.format(order.figure(item.amount)),
        "requested_date": order.day(item.wanted),
        "extra": str(r.randint(1, 9999)),
    }
    for role in style.roles:
        line.cells[role] = [(shown[role], ENTITY.get(role, ""))]
    line.truth = _truth(style, item, line.goods)
    if style.day != "none":
        made.hint("requested_date", item.wanted.isoformat())
    _place_unit(made, style, line, item, quantity)
    _place_part(style, line, item, habits)
    if style.price_unit == "in the cell" and "unit_price" in line.cells:
        line.cells["unit_price"][0] = (
            f"{shown['unit_price']}{r.choice(('/', ' / ', ' per '))}{item.per}",
            "",
        )
    elif style.price_unit == "below" and "unit_price" in line.cells:
        line.cells["unit_price"].append((f"{r.choice(('per', 'pro', '/'))} {item.per}", ""))
    if style.day == "below":
        line.below.append(
            (f"{habits.date_label}{r.choice((': ', ': ', ' '))}{order.day(item.wanted)}", "")
        )
    for _ in range(habits.notes):
        line.below.append((_note(made), ""))
    return line


def _truth(style: Style, item: Item, goods: str) -> dict[str, str]:
    truth = {"description": goods, "quantity": _plain(item.quantity)}
    if "uom" in style.roles:
        truth["uom"] = item.unit
    if "list_price" in style.roles:
        truth["unit_price"] = _plain(item.printed / item.per)
    elif "unit_price" in style.roles:
        truth["unit_price"] = _plain(item.price)
    if "amount" in style.roles:
        truth["amount"] = str(item.amount)
    if "sku" in style.roles:
        truth["sku"] = item.sku
    if "theirs" in style.roles:
        titles = style.columns[style.roles.index("theirs")].titles
        truth[_owner(" ".join(titles), "supplier_sku")] = item.theirs
    if style.day != "none":
        truth["requested_date"] = item.wanted.isoformat()
    return truth


def _owner(label: str, field: str) -> str:
    """The field of a part number by its label: makers have numbers of their own."""
    return "manufacturer_sku" if _MAKER.search(label) else field


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _goods(made: Making, habits: Habits, item: Item) -> str:
    r, facts = made.r, made.facts
    if not habits.wordy:
        return item.goods
    more = [r.choice((words.goods(r, facts.language), words.name(r), f"{r.randint(2, 90)} x {r.randint(2, 900)} mm", f"DN{r.randint(10, 300)}"))
            for _ in range(r.randint(1, 4))]  # fmt: skip
    return ", ".join([item.goods, *more])


def _place_unit(made: Making, style: Style, line: Printed, item: Item, quantity: str) -> None:
    cells, unit = line.cells, item.unit
    if style.unit == "behind the quantity":
        cells["quantity"] = [(f"{quantity} {unit}", "QUANTITY UNIT")]
    elif style.unit == "before the quantity":
        cells["quantity"] = [(f"{unit} {quantity}", "UNIT QUANTITY")]
    elif style.unit == "below the quantity":
        cells["quantity"].append((unit, "UNIT"))
    elif style.unit == "with the price" and "unit_price" in cells:
        price = cells["unit_price"][0][0]
        cells["unit_price"][0] = (f"{price}{made.r.choice(('/', ' / ', ' per '))}{unit}", "")
    else:
        return
    line.truth["uom"] = unit


def _place_part(style: Style, line: Printed, item: Item, habits: Habits) -> None:
    goods = line.goods
    owner, _, label = habits.part_label.partition("|")
    if style.part == "under the description":
        line.below.insert(0, (f"{label}{habits.label_mark}{item.sku}", "SKU"))
        field = {"note_theirs": "supplier_sku", "note_ours": "buyer_sku"}.get(owner, "sku")
        line.truth[_owner(label, field)] = item.sku
    elif style.part == "first word":
        line.cells["description"] = [(f"{item.sku}{habits.first_mark}{goods}", "SKU first")]
        line.truth["sku"] = item.sku
    elif style.part == "last word":
        line.cells["description"] = [(f"{goods} {habits.last_form.format(item.sku)}", "SKU last")]
        line.truth["sku"] = item.sku


def _note(made: Making) -> str:
    r, facts = made.r, made.facts
    what = said(facts, "note_other")
    value = r.choice(
        (
            words.name(r),
            f"{r.choice('ABDKZ')}-{r.randint(10, 9999)}",
            f"{r.randint(1, 500)} {r.choice(('mm', 'kg', 'g', 'bar'))}",
            f"{r.randint(1, 99)}/{r.randint(1, 99)}",
        )
    )
    return f"{what}{r.choice((': ', ': ', ' '))}{value}"
