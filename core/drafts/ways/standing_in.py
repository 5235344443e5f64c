"""Which items may be sent instead of the one on a line, and what they would cost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item, ItemUnit, Substitute
from core.drafts.case import Case, UnitFacts
from core.drafts.dates import substitutes_of
from core.drafts.prices import price_lines
from core.drafts.tables import DraftLine
from core.promising.stand_in import StandIn


def stand_ins_of(session: Session, case: Case, line: DraftLine) -> tuple[StandIn, ...]:
    """What superseded the item, then its substitutes that are valid on the day of the order for this customer."""
    if line.item_id is None or line.ordered_item_id is not None:
        return ()
    if substitutes_of(case, line) == "never":
        return ()
    newer = case.items[line.item_id].superseded_by_id
    found = {newer: StandIn(newer, 1, 1)} if newer is not None else {}
    for way in approved_stand_ins(session, case, line):
        found.setdefault(way.item_id, way)
    return _for_sale(session, tuple(found.values()))


def approved_stand_ins(session: Session, case: Case, line: DraftLine) -> tuple[StandIn, ...]:
    """Those that are listed as substitutes, in the order of the list."""
    item_id = line.item_id or 0
    found: dict[int, StandIn] = {}
    rows = session.scalars(
        select(Substitute)
        .where((Substitute.item_id == item_id) | (Substitute.substitute_id == item_id))
        .order_by(Substitute.id)
    )
    for row in rows:
        if _counts(row, item_id, case):
            way = _directed(row, item_id)
            found.setdefault(way.item_id, way)
    return _for_sale(session, tuple(found.values()))


def _counts(row: Substitute, item_id: int, case: Case) -> bool:
    day = case.draft.order_date or case.today
    valid = (row.valid_from or date.min) <= day <= (row.valid_to or date.max)
    ours = row.customer_id in (None, case.draft.customer_id)
    return valid and ours and (row.item_id == item_id or row.both_ways)


def _directed(row: Substitute, item_id: int) -> StandIn:
    if row.item_id == item_id:
        return StandIn(row.substitute_id, row.numerator, row.denominator)
    return StandIn(row.item_id, row.denominator, row.numerator)


def _for_sale(session: Session, found: tuple[StandIn, ...]) -> tuple[StandIn, ...]:
    active = set(
        session.scalars(
            select(Item.id).where(
                Item.id.in_([row.item_id for row in found]), Item.sale_state == "active"
            )
        )
    )
    return tuple(row for row in found if row.item_id in active)


def price_of(session: Session, case: Case, line: DraftLine, instead: StandIn) -> Decimal | None:
    """Our price of the substitute for one unit as ordered; None when there is none."""
    factor = Fraction(line.factor_numerator, line.factor_denominator)
    factor *= Fraction(instead.numerator, instead.denominator)
    asked = DraftLine(
        item_id=instead.item_id,
        ordered_item_id=line.item_id,
        unit=line.unit,
        factor_numerator=factor.numerator,
        factor_denominator=factor.denominator,
        quantity=line.quantity,
    )
    item = session.get_one(Item, instead.item_id)
    units: dict[int, list[UnitFacts]] = defaultdict(list)
    for row in session.scalars(select(ItemUnit).where(ItemUnit.item_id == item.id)):
        units[item.id].append(UnitFacts(row.unit, row.numerator, row.denominator))
    held = {item_id: tuple(found) for item_id, found in units.items()}
    price_lines(session, replace(case, lines=[asked], items={item.id: item}, item_units=held))
    return asked.agreed_price
