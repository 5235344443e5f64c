"""The whole order that a draft leads to: a change is judged by what the order will be, and against what it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.drafts.case import Case
from core.drafts.tables import DraftLine
from core.orders.revise import terms_of
from core.orders.tables import OrderLine

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class WholeLine:
    """quantity in the ordered unit, price for one of it; None while nobody has one."""

    item_id: int | None
    quantity: Decimal
    stock_quantity: Decimal
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class Sent:
    """Goods that go to the draft's place. line_id None: a line of the order that the change does not name but sends there."""

    line_id: int | None
    item_id: int
    field: str = "item_id"


def sent_there(case: Case) -> list[Sent]:
    """The draft's lines, and those of the order that a new place takes along."""
    told = [Sent(line.id, line.item_id) for line in case.lines if line.item_id is not None]
    if not case.moved:
        return told
    along = (line for line in case.others if line.stock_quantity > _gone(line))
    return [*told, *(Sent(None, x.item_id, f"order-line:{x.position}") for x in along)]


def _gone(line: OrderLine) -> Decimal:
    return line.cancelled_quantity + line.shipped_quantity


def as_it_was(case: Case) -> list[WholeLine]:
    """What is agreed now, without what was cancelled; nothing for a new order."""
    return [_agreed(line) for line in case.revised.lines] if case.revised is not None else []


def as_it_will_be(case: Case) -> list[WholeLine]:
    """The lines of the draft, and of a change those that it leaves alone."""
    told = [_told(line, case.ours.get(line.id)) for line in case.lines]
    return [*told, *(_agreed(line) for line in case.others)]


def worth(lines: Iterable[WholeLine]) -> Decimal:
    """Each line rounded to the cent."""
    return sum(((line.quantity * (line.price or ZERO)).quantize(CENT) for line in lines), ZERO)


def _agreed(line: OrderLine) -> WholeLine:
    terms = terms_of(line)
    return WholeLine(line.item_id, terms.quantity, terms.stock_quantity, terms.price)


def _told(line: DraftLine, ours: OrderLine | None) -> WholeLine:
    """What a change does not say stays as it was agreed."""
    if ours is None or ours.item_id != line.item_id:
        price = line.unit_price if line.unit_price is not None else line.agreed_price
        return WholeLine(line.item_id, line.quantity or ZERO, line.stock_quantity or ZERO, price)
    terms = terms_of(ours)
    said = line.quantity is not None
    return WholeLine(
        line.item_id,
        line.quantity or ZERO if said else terms.quantity,
        line.stock_quantity or ZERO if said else terms.stock_quantity,
        line.unit_price if line.unit_price is not None else terms.price,
    )
