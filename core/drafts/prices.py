"""Our price for a line: of the quote or blanket it is ordered under, else the agreement, else the list; for one unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import ListPrice, PriceAgreement
from core.drafts.case import Case
from core.drafts.tables import DraftLine
from core.drafts.typed import LARGEST, SIX_PLACES
from core.values import plain

SOURCES = ("list", "agreement", "blanket", "quote")
"""The later ones count before the earlier ones."""


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price for one `unit`, from `minimum_quantity` of that unit on. source: of SOURCES. reference: "" for the list."""

    item_id: int
    unit: str
    price: Decimal
    minimum_quantity: Decimal
    valid_from: date | None
    valid_to: date | None
    reference: str
    source: str


def price_lines(session: Session, case: Case) -> None:
    """Sets agreed_price and price_reason of every line with an item, a unit and a quantity. Two queries."""
    rows = _rows(session, case)
    for line in case.lines:
        line.agreed_price, line.price_reason = None, {}
        if line.item_id is None or line.quantity is None or not line.unit:
            continue
        found = _best(rows.get(line.item_id, ()), line, case)
        if found is not None:
            row, price = found
            line.agreed_price = price
            facts = {**_facts(row), **_ended(rows[line.item_id], row, line, case)}
            line.price_reason = {"code": row.source, "facts": facts}


def _rows(session: Session, case: Case) -> dict[int, list[PriceRow]]:
    found: dict[int, list[PriceRow]] = defaultdict(list)
    ids, currency = set(case.items), case.draft.currency
    for row in _cited(case):
        found[row.item_id].append(row)
    if case.customer is not None:
        for a in session.scalars(
            select(PriceAgreement).where(
                PriceAgreement.customer_id == case.customer.id,
                PriceAgreement.item_id.in_(ids),
                PriceAgreement.currency == currency,
            )
        ):
            days = a.valid_from, a.valid_to
            found[a.item_id].append(
                PriceRow(
                    a.item_id, a.unit, a.price, a.minimum_quantity, *days, a.reference, "agreement"
                )
            )
    for p in session.scalars(
        select(ListPrice).where(ListPrice.item_id.in_(ids), ListPrice.currency == currency)
    ):
        found[p.item_id].append(
            PriceRow(p.item_id, p.unit, p.price, Decimal(0), None, None, "", "list")
        )
    return found


def _cited(case: Case) -> Iterator[PriceRow]:
    """Prices of the quote and the blanket that the draft names, in its currency."""
    quote, blanket, known = case.known.quote, case.known.blanket, case.known
    if quote is not None and quote.currency == case.draft.currency:
        days = quote.valid_from, quote.valid_to
        for q in (row for rows in known.quote_lines.values() for row in rows):
            yield PriceRow(
                q.item_id, q.unit, q.price, q.minimum_quantity, *days, quote.number, "quote"
            )
    if blanket is not None and blanket.currency == case.draft.currency:
        days, zero = (blanket.valid_from, blanket.valid_to), Decimal(0)
        for b in known.blanket_lines.values():
            yield PriceRow(b.item_id, b.unit, b.price, zero, *days, blanket.number, "blanket")


def _best(rows: Sequence[PriceRow], line: DraftLine, case: Case) -> tuple[PriceRow, Decimal] | None:
    """The strongest source first, the ordered unit before others, the highest quantity step reached before lower."""
    day = _day(case)
    usable = []
    for row in rows:
        ratio = _ratio(case, line, row.unit)
        if ratio is None or not _valid(row, day):
            continue
        if Fraction(line.quantity or 0) * ratio < Fraction(row.minimum_quantity):
            continue
        rank = SOURCES.index(row.source)
        usable.append((rank, row.unit == line.unit, row.minimum_quantity, row, ratio))
    if not usable:
        return None
    _, _, _, row, ratio = max(usable, key=lambda u: u[:3])
    return row, _rounded(Fraction(row.price) * ratio)


def price_in(case: Case, line: DraftLine, unit: str) -> Decimal | None:
    """Our price for one of another unit of the line's item, exactly converted."""
    ratio = _ratio(case, line, unit)
    if line.agreed_price is None or not ratio:
        return None
    return _rounded(Fraction(line.agreed_price) / ratio)


def _ended(
    rows: Sequence[PriceRow], taken: PriceRow, line: DraftLine, case: Case
) -> dict[str, str]:
    """The agreement that would have counted before the price that was taken, had it not ended."""
    day, rank = _day(case), SOURCES.index(taken.source)
    over = [
        row
        for row in rows
        if SOURCES.index(row.source) > rank and row.valid_to is not None and row.valid_to < day
    ]
    if not over:
        return {}
    last = max(over, key=lambda row: row.valid_to or date.min)
    ratio = _ratio(case, line, last.unit)
    if ratio is None or last.valid_to is None:
        return {}
    price = _rounded(Fraction(last.price) * ratio)
    return {"ended": last.valid_to.isoformat(), "ended_price": plain(price)}


def _day(case: Case) -> date:
    return case.draft.order_date or case.today


def _ratio(case: Case, line: DraftLine, unit: str) -> Fraction | None:
    """How many of the price's unit one ordered unit holds."""
    ordered = Fraction(line.factor_numerator, line.factor_denominator)
    if unit == line.unit and line.ordered_item_id is None:
        return Fraction(1)
    item = case.items.get(line.item_id or 0)
    if item is not None and unit == item.stock_unit:
        return ordered
    for known in case.item_units.get(line.item_id or 0, ()):
        if known.unit == unit:
            return ordered / Fraction(known.numerator, known.denominator)
    return None


def _valid(row: PriceRow, day: date) -> bool:
    return (row.valid_from or date.min) <= day <= (row.valid_to or date.max)


def _rounded(value: Fraction) -> Decimal:
    value = min(value, Fraction(LARGEST))
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(
        SIX_PLACES, ROUND_HALF_UP
    )


def _facts(row: PriceRow) -> dict[str, str]:
    facts = {"price": plain(row.price), "unit": row.unit, "reference": row.reference}
    if row.valid_to is not None:
        facts["valid_to"] = row.valid_to.isoformat()
    return facts


def line_amount(line: DraftLine) -> Decimal | None:
    """Quantity times the customer's price, else ours; rounded to the cent."""
    price = line.unit_price if line.unit_price is not None else line.agreed_price
    if price is None or line.quantity is None:
        return None
    return (price * line.quantity).quantize(Decimal("0.01"), ROUND_HALF_UP)
