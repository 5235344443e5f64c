"""What each other way to promise a line is called, what the draft keeps of it, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.drafts.case import Case
from core.drafts.dates import group_terms
from core.drafts.tables import DraftLine
from core.drafts.ways.standing_in import price_of, stand_ins_of
from core.promising.promise import answer_of_json
from core.promising.question import Alternative
from core.promising.sentences import day_text
from core.supply.tables import ItemSource, Receipt, Site, Supplier, WorkCentre
from core.values import plain

SUPPLIER_OF_RECEIPT = or_(
    Supplier.id == Receipt.supplier_id,
    and_(Receipt.supplier_id.is_(None), Supplier.name == Receipt.supplier),
)

Described = tuple[str, dict[str, Any], Decimal | None]


def _all_at_once(_s: Session, _c: Case, _l: DraftLine, _way: Alternative) -> Described:
    return "All in one delivery", {}, Decimal(0)


def _in_parts(_s: Session, case: Case, line: DraftLine, _way: Alternative) -> Described:
    together = group_terms(case, line.group_name).complete
    words = "This line in parts, the others without waiting" if together else "In parts as it comes"
    return words, {}, Decimal(0)


def _substitute(session: Session, case: Case, line: DraftLine, way: Alternative) -> Described:
    item = session.get_one(Item, way.id)
    instead = next(x for x in stand_ins_of(session, case, line) if x.item_id == way.id)
    price = price_of(session, case, line, instead)
    now = line.unit_price if line.unit_price is not None else line.agreed_price
    difference = None
    if price is not None and now is not None and line.quantity is not None:
        difference = ((price - now) * line.quantity).quantize(Decimal("0.01"), ROUND_HALF_UP)
    last = answer_of_json(case.draft.promise).last_date(line.id)
    choice = {
        "item_id": item.id,
        "ordered_item_id": line.item_id,
        "numerator": instead.numerator,
        "denominator": instead.denominator,
        "ordered_date": last.isoformat() if last else "",
    }
    return f"{item.number} instead: {item.description}", choice, difference


def _from_site(session: Session, _c: Case, _l: DraftLine, way: Alternative) -> Described:
    code = session.get_one(Site, way.id).code
    return f"All of it from {code}", {"site_id": way.id}, Decimal(0)


def _brought_forward(session: Session, _c: Case, _l: DraftLine, way: Alternative) -> Described:
    receipt = session.get_one(Receipt, way.id)
    due = way.due_date or receipt.expected_date
    days = f"{way.days} working day{'' if way.days == 1 else 's'}"
    words = f"{receipt.number} {days} sooner, due {day_text(due)}"
    choice = {"receipt_id": way.id, "due_date": due.isoformat()}
    return f"Bring forward {words}", choice, Decimal(0)


def _served_first(_s: Session, _c: Case, _l: DraftLine, way: Alternative) -> Described:
    later = [
        [slip.schedule_line_id, slip.to_date.isoformat()] for slip in way.slips if slip.to_date
    ]
    return "Serve it before earlier promises", {"slips": later}, Decimal(0)


def _express(session: Session, _c: Case, _l: DraftLine, way: Alternative) -> Described:
    number = session.get_one(Item, way.id).number
    due = way.due_date or date.max
    days = f"{way.days} working day{'' if way.days == 1 else 's'}"
    choice = {"item_id": way.id, "due_date": due.isoformat()}
    supplier = session.get(Supplier, way.supplier_id)
    whose = f" from {supplier.name}" if supplier else ""
    return f"Buy {number}{whose} by express, {days} less, here {day_text(due)}", choice, Decimal(0)


def _other_supplier(session: Session, _c: Case, _l: DraftLine, way: Alternative) -> Described:
    source = session.get_one(ItemSource, way.id)
    supplier = session.get_one(Supplier, way.supplier_id)
    number = session.get_one(Item, source.item_id).number
    due = way.due_date or date.max
    days = f"{way.days} day{'' if way.days == 1 else 's'} sooner"
    choice = {
        "item_id": source.item_id,
        "supplier_id": supplier.id,
        "due_date": due.isoformat(),
    }
    pegs = (peg for parts in way.answer.lines.values() for part in parts for peg in part.pegging)
    lots = (peg.quantity for peg in pegs if (peg.kind, peg.id) == ("buy", source.item_id))
    what = f"{plain(sum(lots, Decimal(0)))} {number} from {supplier.name}"
    return f"Buy {what}, {days}, here {day_text(due)}", choice, Decimal(0)


def _overtime(session: Session, _c: Case, _l: DraftLine, way: Alternative) -> Described:
    code = session.get_one(WorkCentre, way.id).code
    told = ", ".join(f"{plain(minutes)} min on {day_text(day)}" for day, minutes in way.minutes)
    days = [[day.isoformat(), plain(minutes)] for day, minutes in way.minutes]
    return f"Overtime at {code}: {told}", {"work_centre_id": way.id, "days": days}, Decimal(0)


def cost_of(session: Session, way: Alternative) -> Decimal | None:
    """What having it sooner costs, in the company's currency."""
    if way.kind == "expedite":
        return session.scalar(
            select(Supplier.rush_cost)
            .join(Receipt, SUPPLIER_OF_RECEIPT)
            .where(Receipt.id == way.id)
        )
    if way.kind == "express":
        supplier = session.get(Supplier, way.supplier_id)
        return supplier.express_cost if supplier else None
    if way.kind == "supplier":
        return None if way.price is None else way.price.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if way.kind == "overtime":
        hour = session.get_one(WorkCentre, way.id).overtime_cost
        minutes = sum((minutes for _, minutes in way.minutes), Decimal(0))
        if hour is not None:
            return (hour * minutes / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return None


DESCRIBED: dict[str, Callable[[Session, Case, DraftLine, Alternative], Described]] = {
    "complete": _all_at_once,
    "split": _in_parts,
    "substitute": _substitute,
    "site": _from_site,
    "expedite": _brought_forward,
    "express": _express,
    "supplier": _other_supplier,
    "overtime": _overtime,
    "first": _served_first,
}
